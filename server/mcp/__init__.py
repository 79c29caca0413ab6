"""For models: the knowledge base over the Model Context Protocol, by its official SDK (`kb mcp`)."""
