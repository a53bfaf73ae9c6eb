"""What is asked behind the reading of an article, as rows and as ids.

    {"task": "bullet", "about": "SENTENCE", "manner": "light", "text": "LINE"}       headline and standfirst alike
    {"task": "rank", "about": "SENTENCE", "text": "2 as it is"}
    {"task": "reached", "about": "SENTENCE", "text": "yes"}
    {"task": "judge", "of": "bullet", "about": "SENTENCE", "line": "LINE", "text": "false"}

``summarizer.backends.asks`` says what an answer may be and how it is asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from summarizer.backends.asks import LABELS, MANNERS, RANKS, REACHED, Asker, Ids
from training.prompts import CONTROL_TOKENS

ANSWERED = ("rank", "reached", "judge")
"""Tasks that are answered with one token."""
WRITTEN = ("headline", "standfirst", "bullet")

_MAY = {"rank": RANKS, "reached": REACHED, "judge": LABELS}


@dataclass(frozen=True, slots=True)
class Ask:
    """One question. ``line`` and ``of`` (its task) are set where a line is judged."""

    task: str
    about: str
    text: str
    manner: str = "light"
    of: str = ""
    line: str = ""


def read_ask(record: Mapping[str, Any]) -> Ask:
    """An ask of a row; ``ValueError`` when it is none."""
    ask = Ask(**record)
    if not all(isinstance(value, str) for value in record.values()):
        raise ValueError(f"an ask that holds more than texts: {dict(record)}")
    known = ask.task in (*ANSWERED, *WRITTEN) and ask.manner in MANNERS
    judged = ask.task != "judge" or (ask.of in WRITTEN and bool(ask.line.strip()))
    if not (known and judged and ask.about.strip() and ask.text.strip()):
        raise ValueError(f"an ask that is none: {dict(record)}")
    if ask.task in _MAY and ask.text not in _MAY[ask.task]:
        raise ValueError(f"answer {ask.text!r} to {ask.task!r}, which may be {', '.join(_MAY[ask.task])}")
    return ask


def asker_of(tokenizer: Any) -> Asker:
    """Questions in the ids of a transformers tokenizer."""
    return Asker(
        lambda text: tokenizer(text, add_special_tokens=False).input_ids,
        tokenizer.convert_tokens_to_ids,
        CONTROL_TOKENS,
        (tokenizer.bos_token,),
    )


def encode_ask(ask: Ask, asker: Asker, end: Ids) -> tuple[Ids, Ids]:
    """The ids before an answer or line, and its own."""
    about = asker.words(ask.about)
    if ask.task == "judge":
        before = asker.judge(ask.of, about, asker.words(ask.line))
        return before, (asker.answers(asker.asks.labels)[LABELS.index(ask.text)],)
    if ask.task == "rank":
        return asker.rank(about), (asker.answers(asker.asks.ranks)[RANKS.index(ask.text)],)
    if ask.task == "reached":
        return asker.reached(about), (asker.answers(asker.asks.reaches)[REACHED.index(ask.text)],)
    return asker.write(ask.task, about, ask.manner), (*asker.words(ask.text), *end)


def beside(prefix: str, about: str, reading: str) -> str:
    """What an encoder-decoder reads: the sentences, and behind a mark the article that they stand in."""
    return f"{prefix}{about}\n◊\n{reading}"
