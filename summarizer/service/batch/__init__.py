"""Many articles to many briefs: ``mujaz batch``."""
