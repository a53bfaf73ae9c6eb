"""The paper's slips of spelling, mended as well-edited news spells them: by counts, not by rules.

:func:`mend_spelling` is the way in (``mend.py``); ``slips.py`` reads the table of slips that ``training.spelling``
counts, ``blanks.py`` finds blanks that are lost or too many by the counts of whole words.
"""

from summarizer.arabic.spelling.blanks import part_scripts
from summarizer.arabic.spelling.mend import Mend, Mended, mend_spelling

__all__ = ["Mend", "Mended", "mend_spelling", "part_scripts"]
