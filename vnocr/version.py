"""The version, in the one place that package, records and command line read it from."""

__version__ = "0.1.0"
