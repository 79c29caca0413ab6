"""What the map formats share: layers, places, shapes, labels."""
