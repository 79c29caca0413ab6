"""Books as EPUB files: what the package says of them, their chapters in order, and the notes of each."""
