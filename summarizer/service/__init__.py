"""Thin ways in: the command line. No logic of their own."""
