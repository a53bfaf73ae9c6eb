"""Many articles to many briefs: nothing lost, nothing twice, and the same bytes whatever happened on the way.

1. lock     one job an output
2. plan     read the input once: its rows, its digest; go on from the finished shards, or refuse another job's
3. work     an engine briefs the shards that are missing; each is written whole, synced and renamed
4. finish   the shards in order become the output, then the manifest; then the shards go
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from summarizer.errors import ConfigError, DataError
from summarizer.service.batch.engines import Engine
from summarizer.service.batch.files import Parts, write_json, writing
from summarizer.service.batch.input import Source
from summarizer.service.batch.manifest import Plan, make_plan, read_manifest, require_same, sha256_of_file
from summarizer.service.batch.opening import STANDARD
from summarizer.service.batch.output import assemble, format_of, rejected_path
from summarizer.service.batch.progress import Progress, duration, standard_error
from summarizer.service.batch.work import Tally, Work


@dataclass(frozen=True, slots=True)
class Job:
    """A batch: what is read, how it becomes briefs, where they go.

    ``model`` is ``Backend.name``; ``quiet`` says nothing of progress.
    """

    source: Source
    work: Work
    output: Path
    model: str
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Summary:
    """How a batch ended. ``rows_here`` were done in this run, in ``seconds``; the rest by earlier ones."""

    tally: Tally
    rows_here: int
    seconds: float
    output: Path
    keep: tuple[str, ...] = ()

    def lines(self) -> Iterator[str]:
        """For a reader: briefs, rejected rows, rungs, speed."""
        tally, streamed = self.tally, self.output == STANDARD
        yield f"{tally.briefs:,} briefs {'written' if streamed else f'in {self.output}'}"
        if tally.rejected:
            kinds = ", ".join(f"{name} {count:,}" for name, count in tally.errors.most_common())
            where = "above" if streamed else f"in {rejected_path(self.output)}"
            yield f"{tally.rejected:,} of {tally.rows:,} rows rejected ({kinds}), with reasons {where}"
        for name in self.keep:
            if not tally.kept[name]:
                yield f"no row has a column {name!r}"
        rungs = ", ".join(f"{name} {count:,}" for name, count in tally.rungs.most_common())
        yield f"statements by rung: {rungs or 'none'}"
        before = tally.rows - self.rows_here
        earlier = f"; {before:,} rows were finished before" if before else ""
        if self.rows_here:
            rate = self.rows_here / max(self.seconds, 1e-9)
            yield f"{self.rows_here:,} rows in {duration(self.seconds)}, {rate:.3g} articles a second{earlier}"
        else:
            yield "nothing was left to do"


def run_batch(job: Job, engine: Engine) -> Summary:
    """Run a batch to its end, or go on with an interrupted one.

    ``InputError`` when the input cannot be read, ``ConfigError`` for another job's output or a second job on one,
    ``DataError`` when the output cannot be written or the input changed meanwhile, ``BackendError`` when the model
    fails. After each of them finished shards are kept, and the same command goes on.
    """
    kind = format_of(job.output)
    parts = Parts(job.output)
    with parts.locked():
        if job.source.path == STANDARD:
            parts.keep_input(sys.stdin.buffer)
            job = replace(job, source=replace(job.source, path=parts.input, name="standard input"))
        plan = make_plan(job.source, job.work, job.model, kind)
        finished = _finished_before(job, parts, plan)
        if finished is not None:
            return finished
        write_json(parts.manifest, plan.as_json())
        progress = _work(job, engine, parts, plan)
        tally = _total(parts, plan)
        assemble(parts, len(plan.digests), job.output, kind, job.source.keep)
        with writing(job.output):
            digest = sha256_of_file(job.output)
        write_json(_manifest_of(job.output), plan.finished_json(tally, digest))
        parts.remove()
        return Summary(tally, progress.done - progress.before, progress.seconds, job.output, job.source.keep)


def _manifest_of(output: Path) -> Path:
    return output.with_name(output.name + ".manifest.json")


def _finished_before(job: Job, parts: Parts, plan: Plan) -> Summary | None:
    """The summary when this very job is finished; None when it may begin or go on; ``ConfigError`` otherwise."""
    begun = read_manifest(parts.manifest)
    if begun is not None:
        require_same(plan, begun, parts.folder)
        return None
    if not job.output.exists():
        return None
    manifest = read_manifest(_manifest_of(job.output))
    if manifest is None:
        raise ConfigError(
            expected="an output that is not there yet, or one of this very batch",
            got=f"{job.output}, which has no manifest",
            hint="choose another output, or remove it",
        )
    require_same(plan, manifest, job.output)
    if sha256_of_file(job.output) != manifest.get("output_sha256"):
        raise DataError(
            expected="the output as it was written",
            got=f"{job.output}, changed since",
            hint="remove it to make it again",
        )
    parts.remove()
    result = manifest.get("result")
    tally = Tally.of_json({**result, "digest": ""}) if isinstance(result, dict) else Tally()
    return Summary(tally, 0, 0.0, job.output, job.source.keep)


def _work(job: Job, engine: Engine, parts: Parts, plan: Plan) -> Progress:
    """Brief and keep every shard that is not there yet, or was made of other rows."""
    tallies = [parts.tally(index) for index in range(len(plan.digests))]
    done = {
        index
        for index, (tally, digest) in enumerate(zip(tallies, plan.digests, strict=True))
        if tally is not None and tally.digest == digest
    }
    rows = sum(tally.rows for index, tally in enumerate(tallies) if tally is not None and index in done)
    progress = Progress(plan.rows, rows, None if job.quiet else standard_error())
    todo = frozenset(range(len(plan.digests))) - done
    try:
        for shard in engine(job.source, todo, job.work, progress.tick) if todo else ():
            parts.write(shard)
    finally:
        progress.close()
    return progress


def _total(parts: Parts, plan: Plan) -> Tally:
    """All shards counted together; ``DataError`` when one was made of other rows than those of the plan."""
    total = Tally()
    for index, digest in enumerate(plan.digests):
        tally = parts.tally(index)
        if tally is None or tally.digest != digest:
            raise DataError(
                expected="an input that stays as it is",
                got=f"other rows in part {index + 1} of {len(plan.digests)} than when the job began",
                hint=f"put the input back and run the same command again, or remove {parts.folder} to start anew",
            )
        total.add(tally)
    return total
