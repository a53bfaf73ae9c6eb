"""A brief in one generation against a brief in parts: what passes the checks, what it covers, how long it takes.

    python -m eval.one_pass MODEL_FOLDER --benchmark easc --limit 20

MODEL_FOLDER is an export of a decoder-only model that learned the task ``brief`` (``training.brief_rows``). Both ways
write greedily, one candidate a statement, with the same weights and engine, and climb the same ladder; nothing is
lifted from the article, so that what a way does not write is missing. In one pass the model reads the beginning of the
article and writes headline, standfirst and bullets, each behind the first words of its passage; in parts it is asked
for each of them over its own passage.

Printed: the share of articles with a headline and with a standfirst that passed, bullets an article that were written
and that passed, words of the bullets, content words of the reference that they have (where there is one), seconds.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from eval.benchmarks.table import load_benchmark
from eval.command import guarded, positive
from summarizer.arabic.words import content_keys, count_words, folded_words
from summarizer.article.read import read_text
from summarizer.backends.engines.base import Prompt
from summarizer.backends.files.exported import open_export
from summarizer.backends.model import ModelBackend
from summarizer.config import BriefOptions, Decoding
from summarizer.errors import BackendError
from summarizer.plan import Plan, plan_for
from summarizer.schema import Article, Candidate, Passage, Request, Statement, Task

BRIEF = "<unused4>"
"""The control token of the task (``training.prompts``)."""
POINTER = " | "
"""Between the first words of a passage and its bullet (``training.brief_rows``)."""
_GREEDY = Decoding(candidates=1, beam=1)
_ONE_PASS = replace(_GREEDY, no_repeat_ngram=0)
"""A bullet begins as its pointer does."""
_MOST_TOKENS = 230


@dataclass(slots=True)
class Way:
    """What one way of writing did with the articles so far."""

    name: str
    headlines: int = 0
    standfirsts: int = 0
    written: int = 0
    bullets: list[Statement] = field(default_factory=list)
    covered: list[float] = field(default_factory=list)
    seconds: float = 0.0

    def add(self, said: Sequence[Statement], written: int, reference: str, seconds: float) -> None:
        """Count one article."""
        bullets = [one for one in said if one.task is Task.BULLET]
        self.headlines += any(one.task is Task.HEADLINE for one in said)
        self.standfirsts += any(one.task is Task.STANDFIRST for one in said)
        self.written, self.seconds = self.written + written, self.seconds + seconds
        self.bullets += bullets
        wanted = set(content_keys(reference))
        if wanted:
            found = {key for one in bullets for key in content_keys(one.text)}
            self.covered.append(len(wanted & found) / len(wanted))

    def row(self, articles: int) -> str:
        """Its line of the table."""
        words = sum(count_words(one.text) for one in self.bullets) / max(1, len(self.bullets))
        covered = f"{100 * sum(self.covered) / len(self.covered):.1f}" if self.covered else "-"
        return (
            f"| {self.name} | {100 * self.headlines / articles:.0f} | {100 * self.standfirsts / articles:.0f} "
            f"| {self.written / articles:.1f} | {len(self.bullets) / articles:.1f} | {words:.1f} | {covered} "
            f"| {self.seconds / articles:.2f} |"
        )


def in_one_pass(backend: ModelBackend, plan: Plan) -> tuple[list[Statement], int]:
    """The statements of one generation that pass, and how many bullets it wrote."""
    lead = plan.singles[0]
    prompt = backend.make_prompt(lead, backend.prompt, backend.tokenizer, _MOST_TOKENS)
    asked = replace(prompt, start=(backend.tokenizer.id_of(BRIEF),))
    written = backend.engine.write([_within(asked)], _ONE_PASS)[0]
    lines = backend.tokenizer.decode(written[0].ids).strip().splitlines() if written else []
    requests = [(request, line) for request, line in zip(plan.singles, lines, strict=False)]
    requests += [found for line in lines[2:] if (found := _pointed(plan.article, line))]
    return _climb(plan, requests), max(0, len(lines) - 2)


def _within(prompt: Prompt) -> Prompt:
    """The prompt with so much of its source that a whole brief has room behind it."""
    return replace(prompt, source=prompt.source[: 512 - _MOST_TOKENS], max_new_tokens=_MOST_TOKENS)


def _pointed(article: Article, line: str) -> tuple[Request, str] | None:
    """The bullet of a line, over the sentence that begins with the words before the bar."""
    pointer, bar, text = line.partition(POINTER.strip())
    opening = folded_words(pointer)
    for sentence in article.sentences:
        if bar and opening and folded_words(sentence.text)[: len(opening)] == opening:
            return Request(Task.BULLET, Passage((sentence,))), text
    return None


def in_parts(backend: ModelBackend, plan: Plan) -> tuple[list[Statement], int]:
    """The statements that pass of those asked for one by one, and how many bullets were written."""
    requests = plan.open_requests("model")
    answers = backend.generate(requests, _GREEDY)
    pairs = [(request, found[0].text) for request, found in zip(requests, answers, strict=True) if found]
    said = _climb(plan, pairs)
    bullets = [one for one in said if one.task is Task.BULLET][: plan.wanted]
    return [one for one in said if one.task is not Task.BULLET] + bullets, len(requests) - 2


def _climb(plan: Plan, pairs: Sequence[tuple[Request, str]]) -> list[Statement]:
    found = [plan.ladder.climb(request, [Candidate(text.strip(), 0.0, "model")], "model") for request, text in pairs]
    return [one for one in found if one]


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; the exit code."""
    return guarded("eval.one_pass", _main, argv)


def _main(argv: Sequence[str] | None) -> int:
    arguments = _parser().parse_args(argv)
    backend = open_export(arguments.model)
    if backend.prompt.family != "causal":
        raise BackendError(expected="a decoder-only model", got=backend.prompt.family, hint="name another export")
    rows = load_benchmark(arguments.benchmark, Task.BULLET, arguments.data).first(arguments.limit).rows
    ways = Way("one pass"), Way("in parts")
    for row in rows:
        for way, write in zip(ways, (in_one_pass, in_parts), strict=True):
            plan = plan_for(read_text(row.body), backend, BriefOptions())
            began = time.perf_counter()
            said, written = write(backend, plan)
            way.add(said, written, " ".join(row.references), time.perf_counter() - began)
    print(
        "| way | headline, % | standfirst, % | bullets written | passed | words | covered, % | s an article |\n"
        "|---|---:|---:|---:|---:|---:|---:|---:|",
        *(way.row(len(rows)) for way in ways),
        sep="\n",
    )
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval.one_pass", description=__doc__.splitlines()[0])
    parser.add_argument("model", type=Path, help="an export of a model that learned the task «brief»")
    parser.add_argument("--benchmark", default="easc", help="default: %(default)s")
    parser.add_argument("--data", type=Path, help="folder of the corpora (default: MUJAZ_DATA)")
    parser.add_argument("--limit", type=positive, default=20, help="articles (default: %(default)s)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
