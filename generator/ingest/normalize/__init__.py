"""A record -> the cells of its row in works.csv: dates, the owner's vocabulary, clean text."""
