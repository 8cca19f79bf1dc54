"""Draws lines with handwritten numbers and dates, and trains the network that reads them."""
