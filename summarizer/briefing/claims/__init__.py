"""What a statement claims, looked up in its source: numbers, dates, names, quotations, negations; one kind a file.

``check.py`` finds them all and gives the report; ``source_index.py`` is a source read once.
"""
