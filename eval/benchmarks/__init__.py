"""Test sets by name, and their rows."""
