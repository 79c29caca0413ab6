"""Sources: adding one, telling which one it is, what it points to, what is said in it."""
