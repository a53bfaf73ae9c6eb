"""What no line may do, whoever wrote it: the vetoes that need no judgement, and the statement that passed them.

Length, one sentence, balanced marks, repetition; every number, date, name, quotation and negation borne out by
the sentences that it stands on; scripture word for word. Whether a line reads well and is true is learned
(``briefing.acceptance``).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from summarizer.arabic.scripture import quotes_scripture
from summarizer.arabic.spelling import mend_spelling, part_scripts
from summarizer.briefing.claims.check import check
from summarizer.briefing.draft import Draft
from summarizer.briefing.house import House
from summarizer.briefing.polish import polish
from summarizer.briefing.rules import HARD, fault
from summarizer.briefing.source import Surroundings, introducing
from summarizer.config import EditorialLimits
from summarizer.schema import Candidate, Passage, Refusal, Sentence, Span, Statement, Task

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
        written = part_scripts(candidate.text, sentence.text)
        text = spelt(polish(written, task, self.words, self.house), sentence.text)
        if lifted and self._is_spoken(candidate.spans):
            text = f"«{text.rstrip('.')}»"
        draft = Draft(text, task, lifted, self.limits, self.house.style)
        introduced = () if lifted else introducing(text, passage, self.article.sentences)
        source = self.article.source(passage, introduced)
        cut = candidate.text.rstrip(" .").endswith((":", "،"))
        if reason := "ends in mid-sentence" if cut else fault(draft, source, HARD):
            return Refusal(text, method, reason)
        support = check(text, source.index)
        if support.missing:
            return Refusal(text, method, support.missing)
        sources = tuple(sorted({sentence.span, *introduced}))
        return Statement(text, task, sources, method, support, score=candidate.score)

    def _is_spoken(self, spans: Sequence[Span]) -> bool:
        """True where each of ``spans``, sentences or parts of one, lies in somebody's answers."""
        return all(any(map(span.overlaps, self.spoken)) for span in spans)


def spelt(line: str, source: str) -> str:
    """``line`` with the slips mended that counts tell; as it stands where ``source`` has scripture, word for word."""
    return line if quotes_scripture(source) else mend_spelling(line).text
