"""The tables of ``summarizer.arabic.spelling``, counted in news: ``python -m training.spelling``. No article text.

``counts.py`` counts words in what newsrooms spell well and in everything, ``kinds.py`` says how two spellings differ
and how common a slip of that kind is, ``pairs.py`` finds rare forms that are slips of a common one, ``neighbours.py``
those that only their neighbours tell apart.
"""
