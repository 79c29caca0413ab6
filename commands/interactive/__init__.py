"""What talks back on a terminal: the screen of `kb search -i`, the sitting of `kb review`, keys and questions."""
