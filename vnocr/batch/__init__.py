"""Many documents: find work, skip done work, run it in isolation."""
