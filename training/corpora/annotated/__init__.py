"""Briefs and labels written for this project, as frozen values: the one room of ``training`` that ``eval`` reads too.

``briefs.py`` and ``labels.py`` read the files of ``$MUJAZ_DATA/briefs`` and ``$MUJAZ_DATA/labels``; ``lines.py`` is
what they share. A row that cannot be used is refused with its file, line and reason, all of them counted; no reader
passes one over. ``python -m training.corpora.annotated`` checks every file at once.
"""
