"""True statements made false, kind by kind, for a verifier to learn from."""
