"""Spoken words with their times: subtitles, transcripts of video sites, and what recognisers of speech write."""
