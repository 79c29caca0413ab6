"""Conversations out of files: subtitles and transcripts, chats with models, Slack, Discord, mail, posts on X."""
