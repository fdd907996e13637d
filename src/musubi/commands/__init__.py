"""The verbs of the command line, one a module. Only musubi.cli imports them."""
