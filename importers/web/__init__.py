"""The web: one polite client, and a fetcher for each kind of place."""
