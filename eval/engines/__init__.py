"""Exports of one checkpoint on different engines."""
