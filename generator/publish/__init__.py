"""What is done with a finished site: the output folder, its size, its search index, a server to look at it."""
