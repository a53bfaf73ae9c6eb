"""A data set out of corpora: read, deduplicated, split, counted and written."""
