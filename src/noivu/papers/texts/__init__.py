"""The words of a file, read in a child process that can do nothing else."""
