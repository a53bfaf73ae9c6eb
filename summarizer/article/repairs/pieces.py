"""Words that a tokenizer cut and nobody put together: «ال+ نقل» (Farasa, D3), «نقل ##ها» (WordPiece), «▁وزارة».

The signs are those of the tools; what is joined is what they say belongs together. «ل+ ال+» is written «لل», as the
tools' own ways back do.
"""

from __future__ import annotations

import re

from summarizer.notices import Notice, notice

_PIECE_LETTER = r"[\u0620-\u065f\u066e-\u06d3\u06d5]"
_FARASA = re.compile(rf"(?<={_PIECE_LETTER})\+(?=\s|{_PIECE_LETTER})|(?<![^\s])\+(?={_PIECE_LETTER})")
_WORDPIECE = re.compile(rf"[ \t]+##(?={_PIECE_LETTER})")
_SENTENCEPIECE = re.compile(rf"▁(?={_PIECE_LETTER})")
_FEW_SIGNS, _SIGNS_SHARE = 3, 0.03
_LAM_AL = re.compile(r"(?<!\S)([وف]\+\s*)?ل\+\s*ال\+\s*")
_BEFORE_MARK = re.compile(r"[ \t]+(?=[،؛؟.,:!])")


def join_pieces(text: str) -> tuple[str, Notice | None]:
    """``text`` with its pieces put together, and a warning; as it is and None when it is not cut."""
    words = len(text.split())
    for sign, join in ((_FARASA, _of_farasa), (_WORDPIECE, _of_wordpiece), (_SENTENCEPIECE, _of_sentencepiece)):
        found = len(sign.findall(text))
        if found >= _FEW_SIGNS and found >= _SIGNS_SHARE * words:
            return _BEFORE_MARK.sub("", join(text)), notice("pieces-of-words")
    return text, None


def _of_farasa(text: str) -> str:
    text = _LAM_AL.sub(lambda match: f"{match[1] or ''}لل", text)
    text = re.sub(rf"(?<={_PIECE_LETTER})\+[ \t]*(?={_PIECE_LETTER})", "", text)
    return re.sub(rf"(?<={_PIECE_LETTER})[ \t]*\+(?={_PIECE_LETTER})", "", text)


def _of_wordpiece(text: str) -> str:
    return _WORDPIECE.sub("", text)


def _of_sentencepiece(text: str) -> str:
    return re.sub(r"[ \t]*▁[ \t]*", " ", re.sub(r"(?<=[^\s▁])[ \t]+(?=[^\s▁])", "", text))
