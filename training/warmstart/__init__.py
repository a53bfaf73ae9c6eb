"""Checkpoints that training starts from: other models' weights, fewer tokens."""
