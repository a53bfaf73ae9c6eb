"""The parts of an article told apart: title and standfirst, dateline, paragraphs, furniture."""
