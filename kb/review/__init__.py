"""What a person says of what was found: decisions and credences, and the lists and calculations that follow them."""
