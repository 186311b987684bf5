"""Resonanz: an organisation takes part in the social web as people among people."""

__version__ = "0.1.0"
