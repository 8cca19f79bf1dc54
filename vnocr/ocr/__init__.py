"""Page images to words: engines, reading order and regions."""
