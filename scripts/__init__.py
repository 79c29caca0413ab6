"""Programs for whoever works on kb."""
