"""Files to page images: load, decide the source of the text, clean."""
