"""What all studies share: the machine they ran on, memory, report pages, files."""
