"""Quality floors, and whether the systems still reach them."""
