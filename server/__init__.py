"""The browser: a local web page over the same functions as the terminal. It parses, calls and shows."""
