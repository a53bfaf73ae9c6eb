"""Rows of readings, made from the briefs and labels that were written for this project.

``main.py`` is the command; ``briefs.py`` and ``labels.py`` turn the files of ``training.corpora.annotated`` into what
is asked about an article (``article.py``), which becomes rows. ``likeness.py`` says where a line stands and how much of
its sentences it keeps.
"""
