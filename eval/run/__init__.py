"""One run on a benchmark: written, paired, scored, saved."""
