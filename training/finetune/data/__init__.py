"""From prepared rows to batches of token ids."""
