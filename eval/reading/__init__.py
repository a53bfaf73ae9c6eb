"""Briefs to read line by line."""
