"""Verbs of saying, folded, in one place: three sets, the first two within the third, by what is asked of them."""

from __future__ import annotations

import re

from summarizer.arabic.lexicon import word_list

SAYING = word_list("saying", "saying")
"""Somebody speaks: what opens with one of them names the speaker, or its sentence leans on the one before."""

UNFINISHED = word_list("saying", "unfinished")
"""A beginning of a sentence with one of them needs what was said."""

SPEAKING = SAYING | UNFINISHED | word_list("saying", "speaking")
"""Words whose subject may stand before the colon of a headline («فلان: …»)."""

LABEL = re.compile(r"^([^:؛،]{2,60}):\s+(?=\S)")
"""What stands before the colon of «فلان: …», its first group."""
