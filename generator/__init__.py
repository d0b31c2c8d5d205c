"""Tesserae: a folder of artworks -> a static site that links each work to its closest analogs."""

__version__ = "0.1.0"
