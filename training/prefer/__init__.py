"""Preferences: of two lines about one sentence the one that an editor prints."""
