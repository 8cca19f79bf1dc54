"""Hostile documents, made by ourselves: what an archive may hold that nobody wants to open."""
