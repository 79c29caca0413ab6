"""Chats with language models, as their providers export them."""
