"""Building the language model and the channels from text that the caller brings."""
