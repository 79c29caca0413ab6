"""Texts as people have them: notes, transcripts, archives, shortform pages, plain text."""
