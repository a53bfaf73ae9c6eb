"""Backends write candidates: one small file a family, one line in the table in ``base``."""
