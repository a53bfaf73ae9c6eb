"""Candidates become accepted statements, or are refused with a reason."""
