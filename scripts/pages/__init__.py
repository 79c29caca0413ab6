"""What is generated of the documentation, a module a page."""
