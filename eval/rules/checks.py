"""The checks that a line may fail, by name: why it is not to be printed, or the empty string."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from eval.rules.cases import Case
from summarizer.arabic.clauses import ends_weakly, is_balanced
from summarizer.arabic.scripture import is_scripture
from summarizer.arabic.sentences.split import split_sentences
from summarizer.briefing import completeness, editorial, labels, openings, overstated, written
from summarizer.briefing.actors import moved_name, wrong_actor
from summarizer.briefing.alignment import copied_end, is_stretch
from summarizer.briefing.beginnings import lost_beginning
from summarizer.briefing.endings import finish
from summarizer.briefing.predicate import has_predicate, is_unfinished
from summarizer.briefing.referents import bare_role
from summarizer.briefing.source_index import SourceIndex
from summarizer.briefing.subjects import says_not_who
from summarizer.briefing.word_forms import wrong_form
from summarizer.config import EditorialLimits
from summarizer.schema import ClaimKind, Task

Check = Callable[[Case], str]
LIMITS = EditorialLimits(max_long_bullet_words=26)
_OPENED = {
    "opening: points back": ("opens by pointing back", "points back"),
    "opening: somebody's": ("opens with somebody's",),
    "opening: no speaker": ("says without a speaker",),
}
_HEAD, _BULLET, _NO_STANDFIRST = {Task.HEADLINE}, {Task.BULLET}, {Task.HEADLINE, Task.BULLET}


def _form() -> dict[str, Check]:
    """Of any line, by its form alone."""
    return {
        "length": lambda c: editorial._wrong_length(c.text, c.task, LIMITS, c.lifted),
        "balance": lambda c: "" if is_balanced(c.text) else "open",
        "one sentence": lambda c: "more" if len(split_sentences(c.text)) > 1 else "",
        "question": lambda c: "a question" if c.task is not Task.HEADLINE and c.text.endswith("؟") else "",
        "first person": lambda c: _only("first person", editorial._out_of_voice(c.text)),
        "to the reader": lambda c: _only("reader", editorial._out_of_voice(c.text)),
        "repetition": lambda c: editorial._stutter(c.text, c.passage.texts),
        "scripture": lambda c: "scripture" if not c.lifted and is_scripture(c.passage.text) else "",
    }


def _language() -> dict[str, Check]:
    """Of any line, by its language."""
    return {
        **{name: _opening(begun) for name, begun in _OPENED.items()},
        "no subject": lambda c: "who?" if c.task is not Task.STANDFIRST and says_not_who(c.text) else "",
        "weak end": lambda c: "ends weakly" if ends_weakly(c.text) else "",
        "bare role": lambda c: "who?" if c.task is Task.BULLET and bare_role(c.text) else "",
        "cut badly": lambda c: written.cut_badly(c.text, c.passage.texts) if _is_beginning(c) else "",
    }


def _of_written() -> dict[str, Check]:
    """Of what a model wrote, by the sentences that it shortens."""
    checks: dict[str, tuple[set[Task], Check]] = {
        "open parenthesis": (_NO_STANDFIRST, _line(0)),
        "label: not said": (_NO_STANDFIRST, lambda c: labels.false_label(c.text, c.source)),
        "speaker: not said": (_NO_STANDFIRST, lambda c: labels.false_speaker(c.text, c.passage.text)),
        "label: accusative": (_NO_STANDFIRST, _line(2)),
        "no predicate": (_BULLET, lambda c: "" if has_predicate(c.text) else "none"),
        "no main clause": (_NO_STANDFIRST, lambda c: "none" if is_unfinished(c.text) else ""),
        "label: no sentence": (_NO_STANDFIRST, lambda c: "none" if written._begins_nothing(c.text) else ""),
        "told twice": (_NO_STANDFIRST, lambda c: written._told_twice(c.text, c.passage.texts)),
        "done twice": (_BULLET, lambda c: written._done_twice(c.text)),
        "deed not in source": (_HEAD, lambda c: written._never_done(c.text, c.passage.texts)),
        "slip": (set(Task), lambda c: written._slip(c.text, c.passage.text)),
        "denied in source": (set(Task), lambda c: overstated.lost_negation(c.text, c.passage.texts)),
        "lost beginning": (set(Task), lambda c: "lost" if lost_beginning(c.text, c.passage.texts) else ""),
        "wrong actor": (set(Task), lambda c: wrong_actor(c.text, c.passage.texts)),
        "moved name": (set(Task), lambda c: moved_name(c.text, " ".join(c.passage.texts))),
        "lost modality": (set(Task), lambda c: overstated.lost_modality(c.text, c.passage.texts)),
        "wider rank": (set(Task), lambda c: overstated.wider_rank(c.text, c.passage.texts)),
        "another's rank": (set(Task), lambda c: overstated.held_by_another(c.text, c.passage.texts)),
        "word form": (set(Task), lambda c: wrong_form(c.text, c.passage.texts)),
        "object missing": (set(Task), lambda c: completeness.lacks_its_object(c.text)),
        "miscounted": (set(Task), lambda c: overstated.miscounted(c.text, c.passage.texts)),
        "death": (set(Task), lambda c: overstated.unheard_death(c.text, c.passage.texts)),
        "asks": (_BULLET, lambda c: written._asks(c.text, copied_end(c.text, c.passage.texts))),
        "somebody's words": (_BULLET, lambda c: written._borrows_a_voice(c.text, copied_end(c.text, c.passage.texts))),
        "before its clause": (
            _BULLET,
            lambda c: completeness.before_its_clause(c.text, copied_end(c.text, c.passage.texts)),
        ),
        "of nobody": (_BULLET, lambda c: completeness.of_nobody(c.text)),
        "I": (_BULLET, lambda c: completeness.in_the_first_person(c.text, copied_end(c.text, c.passage.texts))),
        "stops in a phrase": (_BULLET, lambda c: "" if finish(c.text, c.passage.texts, 18) else "stops"),
        "misspelt name": (set(Task), lambda c: written.misspelt(c.text, _near(c))),
        "support": (_BULLET, _support),
        "strange word": (_BULLET, lambda c: written.strange_word(c.text, _near(c))),
    }
    return {name: _only_written(tasks, check) for name, (tasks, check) in checks.items()}


def _claims() -> dict[str, Check]:
    """What the source does not bear out."""
    kinds: tuple[ClaimKind, ...] = ("number", "date", "name", "quote", "negation")
    return {f"claim: {kind}": _unborne(kind) for kind in kinds}


def _unborne(kind: ClaimKind) -> Check:
    return lambda c: next((claim.text for claim in c.support.unsupported if claim.kind == kind), "")


def _only_written(tasks: set[Task], check: Check) -> Check:
    return lambda c: check(c) if not c.lifted and c.task in tasks else ""


def _near(case: Case) -> SourceIndex:
    article = case.body.article
    return (article.near if case.task is Task.BULLET else article.of)(case.passage, case.introduced)


def _support(case: Case) -> str:
    score = case.support.score
    return f"{score:.2f}" if score < LIMITS.min_bullet_support and not is_stretch(case.text, case.passage.texts) else ""


def _line(place: int) -> Check:
    return lambda c: written._of_the_line(c.text, c.task, c.passage)[place]


def _only(word: str, reason: str) -> str:
    return reason if word in reason else ""


def _opening(begun: tuple[str, ...]) -> Check:
    return lambda c: reason if (reason := openings.dangling_opening(c.text)).startswith(begun) else ""


def _is_beginning(case: Case) -> bool:
    text = case.text.rstrip(".")
    return any(one.startswith(text) and one.rstrip(".") != text for one in case.passage.texts)


CHECKS: Mapping[str, Check] = {**_form(), **_language(), **_of_written(), **_claims()}
HARD = frozenset(
    {"length", "balance", "one sentence", "repetition", "scripture"}
    | {f"claim: {kind}" for kind in ("number", "date", "name", "quote", "negation")}
)
"""They stay whatever they score."""
