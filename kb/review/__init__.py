"""Going through suggestions: in which order, in what context, and what a decision does."""
