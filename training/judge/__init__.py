"""A judge that reads: adapters on the upper layers of the embedded model, which are switched on where a line is judged.

``python -m training.judge`` trains them on labelled lines, ``attach.py`` puts them into an exported graph.
"""
