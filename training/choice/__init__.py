"""Fits which sentences matter, may stand and bear the news (``summarizer.briefing.choice``) to the labels."""
