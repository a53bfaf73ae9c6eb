"""A batch to standard output: briefs as their shards are done, in order; nothing is kept, so nothing can be resumed."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import BinaryIO, TextIO

from summarizer.service.batch.engines import Engine
from summarizer.service.batch.manifest import make_plan
from summarizer.service.batch.progress import Progress, standard_error
from summarizer.service.batch.run import Job, Summary
from summarizer.service.batch.work import DoneShard, Tally


def stream_batch(job: Job, engine: Engine, output: BinaryIO, said: TextIO) -> Summary:
    """Write the briefs to ``output``, a line each, and a line on every rejected row to ``said``.

    Raises as :func:`summarizer.service.batch.run.run_batch` does; what was written stays written.
    """
    plan = make_plan(job.source, job.work, job.model, "jsonl")
    progress = Progress(plan.rows, 0, None if job.quiet else standard_error())
    total, waiting = Tally(), dict[int, DoneShard]()
    try:
        turn = 0
        for shard in engine(job.source, frozenset(range(len(plan.digests))), job.work, progress.tick):
            waiting[shard.number] = shard
            while turn in waiting:
                total.add(_write(waiting.pop(turn), output, said.write))
                turn += 1
    finally:
        progress.close()
    return Summary(total, progress.done, progress.seconds, job.output, job.source.keep)


def _write(shard: DoneShard, output: BinaryIO, say: Callable[[str], object]) -> Tally:
    *lines, trailer = shard.text.splitlines(keepends=True)
    for line in lines:
        if line[:1] == b"+":
            output.write(line[1:])
        else:
            row = json.loads(line[1:])
            say(f"mujaz: row {row['row']} ({row['id']}) rejected: {row['error']}: {row['reason']}\n")
    output.flush()
    return Tally.of_json(json.loads(trailer[1:]))
