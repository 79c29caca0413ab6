"""Discussions and reviews out of files: what a site sends of one as JSON, a source for each post."""
