"""The verbs of the command line, a module for each group of them. They parse, call and print."""
