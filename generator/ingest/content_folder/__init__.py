"""Rows and pictures -> a content folder, written whole or not at all; the only writer of works.csv."""
