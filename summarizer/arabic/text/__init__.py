"""Characters and the rules of normalisation; normalised copies map back to the original."""
