"""The server: questions answered over HTTP from one release. Importing this package loads nothing else."""
