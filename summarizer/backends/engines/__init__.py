"""What runs a model: token ids in, scored token ids out."""
