"""All bullets of an article in one text: rows of the task ``bullets``, for encoder-decoders that write them in one go.

The source is a body from its start; the target its bullets, a line each, every one with its final mark: tokenizers of
encoder-decoders have no line breaks, and a text is parted at its sentences again (``summarizer.backends.candidates``).
"""

from __future__ import annotations

from typing import Any

from summarizer.briefing.house import House
from summarizer.schema import Task
from training.corpora.annotated.briefs import PRINTED, EditedBrief
from training.edit_rows.article import Count

TASK = "bullets"
MAX_BODY_TOKENS = 600
FEWEST = 2


def bullets_row(brief: EditedBrief, source_name: str, count: Count) -> dict[str, Any] | None:
    """A row of the printed bullets, mended or cut, whose sentences are read; None when there are fewer than two."""
    sentences, room = 0, MAX_BODY_TOKENS
    for sentence in brief.sentences:
        room -= count(" " + sentence)
        if room < 0:
            break
        sentences += 1
    texts = (brief.lines or brief.cuts).bullets[:PRINTED]
    kept = [
        House("plain").set_type(text, Task.BULLET)
        for bullet, text in zip(brief.printed, texts, strict=True)
        if text and bullet.sentences[-1] < sentences
    ]
    if len(kept) < FEWEST:
        return None
    origin = {"id": f"{brief.id}~{TASK}", "group": brief.id, "source_name": source_name}
    return {**origin, "source": " ".join(brief.sentences[:sentences]), "targets": {TASK: "\n".join(kept)}}
