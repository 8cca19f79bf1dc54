"""Lines of a dispatch to fields, directives and references."""
