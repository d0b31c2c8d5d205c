"""A record's words -> the cells of works.csv: dates, vocabulary, rights."""
