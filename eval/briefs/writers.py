"""Who writes the briefs: a backend through the pipeline, a file of briefs, and those that need no model."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from eval.benchmarks.briefs import Places, Reference
from eval.benchmarks.rows import Row
from eval.briefs.printed import Printed, Statement, as_json, from_json, read_printed
from eval.systems.articles import read_articles
from eval.systems.backed import folder_digest
from eval.systems.outputs import Ledger, Output
from summarizer import __version__, schema
from summarizer.backends.base import BACKENDS, Backend, load_backend
from summarizer.config import BriefOptions
from summarizer.errors import ConfigError, UnknownName
from summarizer.pipeline import briefs
from training.corpora.annotated.briefs import PRINTED, EditedBrief


@dataclass(frozen=True, slots=True)
class Collected:
    """What one system wrote: its briefs by id, how they were made, and why some articles have none."""

    name: str
    config: Mapping[str, Any]
    printed: Mapping[str, Printed]
    failed: Mapping[str, str]
    commits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Calls:
    """How a backend is called: ``batch`` articles at a time; ``told`` hears how many are done, ``benchmark`` is the
    digest of what they are of.
    """

    benchmark: str
    batch: int
    told: Callable[[int], object]


def from_backend(name: str, references: Sequence[Reference], ledger: Ledger, calls: Calls) -> Collected:
    """The briefs of a backend, a checkpoint folder, or ``LABEL=EITHER``, through the pipeline with its defaults.

    What ``ledger`` has is not written again. ``UnknownName`` when it is neither; ``ConfigError`` when the ledger's were
    made otherwise.
    """
    label, _, target = name.rpartition("=")
    if target not in BACKENDS and not Path(target).is_dir():
        raise UnknownName("system or checkpoint folder", target, BACKENDS)
    label = label or (target if target in BACKENDS else Path(target).resolve().name)
    backend, options = load_backend(target), BriefOptions()
    files = "" if target in BACKENDS else folder_digest(Path(target))
    config = {"backend": backend.name, "files": files, "options": asdict(options), "version": __version__}
    done = ledger.begin(label, {"kind": "brief", "benchmark": calls.benchmark, **config})
    todo = [found for found in references if found.brief.id not in done]
    calls.told(len(references) - len(todo))
    for start in range(0, len(todo), calls.batch):
        some = todo[start : start + calls.batch]
        ledger.append(label, _outputs(some, backend, options))
        calls.told(len(some))
    return _collected(label, config, references, done)


def _collected(
    label: str, config: Mapping[str, Any], references: Sequence[Reference], done: Mapping[str, Output]
) -> Collected:
    sizes = {found.brief.id: len(found.brief.sentences) for found in references}
    own = {key: output for key, output in done.items() if key in sizes}
    printed = {
        key: from_json(output.text, output.place or label, sizes[key]) for key, output in own.items() if output.text
    }
    failed = {key: output.error for key, output in own.items() if not output.text}
    commits = tuple(sorted({output.commit for output in own.values() if output.commit}))
    return Collected(label, config, printed, failed, commits)


def _outputs(references: Sequence[Reference], backend: Backend, options: BriefOptions) -> Iterator[Output]:
    """One output an article, its text a brief as JSON; an article that cannot be read has the reason instead."""
    articles, failures = read_articles([Row(found.brief.id, found.body, ()) for found in references])
    written = briefs(list(articles.values()), backend, options) if articles else []
    by_id = dict(zip(articles, written, strict=True))
    for found in references:
        key = found.brief.id
        if key in failures:
            yield failures[key]
        else:
            printed = printed_brief(by_id[key], articles[key], found.brief)
            methods = tuple(line.method for line in printed.statements)
            yield Output(key, as_json(printed), methods, seconds=printed.seconds)


def printed_brief(brief: schema.Brief, article: schema.Article, edited: EditedBrief) -> Printed:
    """The pipeline's brief, its sources told as indices of the edited brief's sentences."""
    places = Places(edited.sentences, article.text)

    def line(said: schema.Statement) -> Statement:
        found = sorted({place for span in said.sources for place in places.of(span)})
        return Statement(said.text, tuple(found), said.method)

    bullets = tuple(line(said) for said in brief.bullets)
    return Printed(edited.id, line(brief.headline), line(brief.standfirst), bullets, round(brief.timing_s, 4))


def from_file(name: str, references: Sequence[Reference]) -> Collected:
    """The briefs of ``NAME=FILE`` or ``FILE``; ``references`` are all of the benchmark.

    ``DataError`` as in :func:`read_printed`.
    """
    label, _, target = name.rpartition("=")
    path = Path(target)
    sizes = {found.brief.id: len(found.brief.sentences) for found in references}
    printed = read_printed(path, sizes)
    return Collected(label or path.stem, {"kind": "file", "file": path.name}, printed, {})


def from_cuts(references: Sequence[Reference]) -> Collected:
    """The references' own cuts as a system: the best that deleting can do."""
    printed = {}
    for found in references:
        brief, cuts = found.brief, found.brief.cuts
        lines = zip(brief.printed, cuts.bullets, strict=False)
        bullets = tuple(Statement(cut, bullet.sentences) for bullet, cut in lines if cut)
        printed[brief.id] = Printed(brief.id, Statement(cuts.headline), Statement(cuts.standfirst), bullets)
    return Collected("reference cuts", {"kind": "cuts"}, printed, {})


def from_first_sentences(references: Sequence[Reference]) -> Collected:
    """The first sentence as headline and as standfirst, the first five as bullets, as they stand."""
    printed = {}
    for found in references:
        lines = tuple(Statement(text, (place,)) for place, text in enumerate(found.brief.sentences))
        printed[found.brief.id] = Printed(found.brief.id, lines[0], lines[0], lines[:PRINTED])
    return Collected("first sentences", {"kind": "first", "sentences": PRINTED}, printed, {})


def only_once(systems: Sequence[Collected]) -> None:
    """``ConfigError`` when two systems have one name."""
    names = [system.name for system in systems]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ConfigError(expected="a name for each system", got=", ".join(twice), hint="rename one: NAME=SYSTEM")
