"""Files are read in a child process with limits; the parent receives plain rows and never parses a foreign file."""
