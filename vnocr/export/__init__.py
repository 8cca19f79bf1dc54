"""Records written for people and programs."""
