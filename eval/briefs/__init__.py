"""Whole briefs against edited ones: ``python -m eval.briefs``.

``printed.py`` what a brief is here; ``writers.py`` who writes; ``measures.py`` the measures;
``table.py`` what is shown; ``main.py`` the command.
"""
