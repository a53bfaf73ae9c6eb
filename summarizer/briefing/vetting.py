"""What no line may do, whoever wrote it: the vetoes that need no judgement, and the statement that passed them.

Length, one sentence, balanced marks, voice, repetition; every number, date, name, quotation and negation borne out by
the sentences that it stands on; scripture word for word. Whether a line reads well and is true is learned
(``briefing.acceptance``).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from summarizer.arabic.scripture import is_scripture
from summarizer.arabic.spelling import mend_spelling
from summarizer.arabic.words import content_keys
from summarizer.briefing.editorial import polish, veto
from summarizer.briefing.faithfulness import check
from summarizer.briefing.house import House
from summarizer.briefing.surroundings import Surroundings
from summarizer.config import EditorialLimits
from summarizer.schema import Candidate, Passage, Refusal, Sentence, Span, Statement, Task

_MAX_INTRODUCING = 2
"""Sentences beside its own that may say who or what a line is about."""
MODEL, LIFTED = "model", "extractive"


@dataclass(slots=True)
class Vetting:
    """The vetoes for one article's lines."""

    limits: EditorialLimits
    house: House
    words: Collection[str]
    """The folded words of the body."""
    article: Surroundings = field(default_factory=Surroundings)
    spoken: frozenset[Span] = frozenset()
    """Sentences of somebody's answers: lifted, they stand in quotation marks."""

    def vet(self, candidate: Candidate, task: Task, sentence: Sentence) -> Statement | Refusal:
        """A candidate about ``sentence`` as it would be printed, or why it cannot be."""
        lifted = bool(candidate.spans)
        method, passage = LIFTED if lifted else MODEL, Passage((sentence,))
        text = mend_spelling(polish(candidate.text, task, self.words, self.house)).text
        if lifted and self.spoken.issuperset(candidate.spans):
            text = f"«{text.rstrip('.')}»"
        reason = "ends in mid-sentence" if candidate.text.rstrip(" .").endswith((":", "،")) else ""
        reason = reason or ("scripture is not paraphrased" if not lifted and is_scripture(sentence.text) else "")
        reason = reason or veto(text, task, self.limits, lifted=lifted, style=self.house.style, sentence=sentence.text)
        if reason:
            return Refusal(text, method, reason)
        introduced = () if lifted else introducing(text, sentence, self.article.sentences)
        support = check(text, self.article.of(passage, introduced))
        if not support.supported:
            found = "; ".join(f"{claim.kind} «{claim.text}» not in the source" for claim in support.unsupported)
            return Refusal(text, method, found)
        sources = tuple(sorted({sentence.span, *introduced}))
        return Statement(text, task, sources, method, support, score=candidate.score)


def introducing(text: str, sentence: Sentence, sentences: Sequence[Sentence]) -> tuple[Span, ...]:
    """The sentences, at most two, where words of ``text`` stand that ``sentence`` does not have: who is meant.

    Those that have most of them, the nearest before ``sentence`` first.
    """
    missing = set(content_keys(text)) - set(content_keys(sentence.text))
    before = [one for one in sentences if one.span < sentence.span][::-1]
    others = [*before, *(one for one in sentences if one.span > sentence.span)]
    keys = {one.span: set(content_keys(one.text)) for one in others} if missing else {}
    chosen: list[Span] = []
    while missing and keys and len(chosen) < _MAX_INTRODUCING:
        best = max(keys, key=lambda span: len(keys[span] & missing))
        gain = keys.pop(best) & missing
        if not gain:
            break
        chosen.append(best)
        missing -= gain
    return tuple(chosen)
