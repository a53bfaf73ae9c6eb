"""The model card, written from what the export and the run recorded; scores come from ``eval.run``.

    python -m training.card MODEL_FOLDER --scores RUN/results.json …

writes ``MODEL_CARD.md`` of an export again with the scores in it. No number of the card is typed by hand.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from summarizer.backends.files.tokens import TextTokenizer
from summarizer.backends.files.weights import Manifest, read_file, read_manifest
from summarizer.backends.prompt import PromptFormat, read_prompt
from summarizer.errors import DataError, MujazError

CARD = "MODEL_CARD.md"
_PATHS = ("checkpoint", "train", "heldout", "out")
"""Settings of a recipe that name places on one machine."""
_ROUGE = ("rouge1", "rouge2", "rougeL")

_LIMITS = """\
- It reads the beginning of an article: at most {budget} tokens, about {words} words. What comes later is only in the
  bullets, which are written from single passages.
- It may swap who did what to whom, drop a subject, or join two facts into a third. The checks of `mujaz` (numbers,
  dates, names, quotations, negation) refuse much of that, not all of it: a brief is a draft for an editor.
- It learned from Modern Standard Arabic news{dates}. Dialect, poetry, opinion and other domains come out
  worse; later names and facts are unknown to it.
- It writes in the habits of the newsrooms that it learned from, their framing and blind spots included.
"""


def about_run(run: Mapping[str, Any]) -> dict[str, Any]:
    """What of ``run.json`` goes into the manifest: the recipe without its paths, the place, the learning curve."""
    recipe = {key: value for key, value in run.get("recipe", {}).items() if key not in _PATHS}
    if recipe.get("extra"):
        recipe["extra"] = [PurePosixPath(path).name for path in recipe["extra"]]
    base = str(run.get("recipe", {}).get("checkpoint", ""))
    return {
        "base": PurePosixPath(base).name,
        "recipe": recipe,
        "place": dict(run.get("place", {})),
        "curve": [{key: value for key, value in point.items() if key != "time"} for point in run.get("curve", [])],
    }


def about_data(statistics: Mapping[str, Any]) -> dict[str, Any]:
    """What of ``statistics.json`` goes into the manifest: corpora with licences, targets by publisher, dates."""
    try:
        corpora = {
            PurePosixPath(str(corpus["options"].get("path", corpus["reader"]))).stem: str(corpus["licence"])
            for corpus in statistics["recipe"]["corpora"]
        }
        return {
            "corpora": corpora,
            "targets": statistics["by_publisher"]["train"],
            "rows": statistics["rows"]["train"],
            "dates": statistics["dates"]["train"],
        }
    except (KeyError, TypeError, AttributeError) as error:
        raise DataError(
            expected="statistics.json of training.prepare", got=repr(error), hint="name the one beside train.jsonl"
        ) from error


def write(manifest: Manifest, prompt: PromptFormat, scores: Sequence[Mapping[str, Any]] = ()) -> str:
    """The card as Markdown. ``scores``: the content of ``results.json`` files, each one table."""
    sections = (
        f"# {manifest.name}\n\n" + _opening(manifest, prompt),
        "## Data\n\n" + _data(manifest.source.get("data", {})),
        "## Training\n\n" + _training(manifest.source.get("run", {})),
        "## Scores\n\n" + ("\n\n".join(map(_scores, scores)) or "Not measured yet: `python -m eval.run`."),
        "## The export\n\n" + _export(manifest),
        *(["## The judge\n\n" + _judge(manifest.source["judge"])] if "judge" in manifest.source else []),
        "## Limits\n\n" + _limits(manifest, prompt),
    )
    return "\n\n".join(section.strip() for section in sections) + "\n"


def _opening(manifest: Manifest, prompt: PromptFormat) -> str:
    model = manifest.source.get("model", {})
    size = sum(stored.bytes for stored in manifest.files.values()) / 1e6
    licence = (
        "Weights: a derivative of Google's Gemma 3 270M under the Gemma Terms of Use (`GEMMA_TERMS.html`, `NOTICE`)."
        if str(model.get("type", "")).startswith("gemma")
        else f"Weights: under the licence of the {model.get('type')} checkpoint that they were made from (`NOTICE`)."
    )
    return (
        f"Writes Arabic news {', '.join(sorted(prompt.tasks))} texts from the body of an article. "
        f"A {prompt.family} model of type `{model.get('type')}` with {model.get('parameters', 0) / 1e6:.0f} million "
        f"parameters and {model.get('vocabulary')} tokens, {manifest.quantization} for {manifest.engine}: "
        f"{size:.0f} MB. Its files together have the digest `{manifest.digest}`.\n\n{licence}"
    )


def _data(data: Mapping[str, Any]) -> str:
    if not data:
        return "Not stated: the export was given no `--statistics`."
    corpora = table(("corpus", "stated licence"), sorted(data.get("corpora", {}).items()))
    if "statement" in data:
        return f"{data['statement']}\n\n{corpora}" if data.get("corpora") else str(data["statement"])
    tasks = sorted({task for row in data["targets"].values() for task in row})
    rows = [(name, *(row.get(task, 0) for task in tasks)) for name, row in sorted(data["targets"].items())]
    return (
        f"{data['rows']} rows from articles of {' to '.join(data['dates'])}, headlines and standfirsts by the papers' "
        "editors. The texts belong to the papers and are not part of this package.\n\n"
        f"{corpora}\n\n{table(('publisher', *(f'{task} targets' for task in tasks)), rows)}"
    )


def _training(run: Mapping[str, Any]) -> str:
    if not run:
        return "Not stated: the checkpoint has no `run.json`."
    place, curve = run["place"], run["curve"]
    names = [name for name in dict.fromkeys(key for point in curve for key in point) if name != "event"]
    points = [tuple(_number(point.get(name)) for name in names) for point in curve]
    return (
        f"From `{run['base']}`: {place.get('trained_s', 0) / 3600:.2f} hours, {place.get('step')} steps, held-out loss "
        f"{_number(place.get('best_loss'))}.\n\n```json\n{json.dumps(run['recipe'], ensure_ascii=False)}\n```\n\n"
        f"{table(names, points)}"
    )


def _scores(results: Mapping[str, Any]) -> str:
    try:
        benchmark = results["benchmark"]
        rows = [
            (system, *(_interval(record["xlsum-stem"][metric]) for metric in _ROUGE), _interval(record.get("support")))
            for system, record in sorted(results["systems"].items())
        ]
        signature = next(iter(results["systems"].values()))["xlsum-stem"]["rouge1"]["signature"]
        title = f"{benchmark['name']}, {benchmark['task']}, {benchmark['rows']} articles ({benchmark['digest'][:12]})"
    except (KeyError, TypeError, StopIteration) as error:
        raise DataError(expected="results.json of eval.run", got=repr(error), hint="run eval.run") from error
    return f"{title}\n\n{table(('system', 'ROUGE-1', 'ROUGE-2', 'ROUGE-L', 'support'), rows)}\n\n`{signature}`"


def _export(manifest: Manifest) -> str:
    found, versions = manifest.source.get("agreement", {}), manifest.source.get("versions", {})
    if not found:
        return "Not compared with its checkpoint."
    lost = found["checkpoint_f1"] - found["export_f1"]
    return (
        f"Greedy texts of the export and of its checkpoint (transformers, float32) on {found['articles']} held-out "
        f"articles: {100 * found['same_texts']:.1f} % of {found['texts']} texts are the same token by token, "
        f"{100 * found['same_tokens']:.1f} % of tokens stand before the first difference. Bigram F1 with the editors' "
        f"texts {found['checkpoint_f1']:.2f} before and {found['export_f1']:.2f} after ({lost:+.2f} lost, standard "
        f"error {found['loss_error']:.2f}). "
        f"Versions: {', '.join(f'{name} {value}' for name, value in versions.items())}."
    )


def _judge(about: Mapping[str, Any]) -> str:
    edited, averaged = about.get("edited"), about.get("averaged")
    first = f", and once from {edited} lines that editors had left as they were or mended" if edited else ""
    mean = f"It is the mean of {averaged} judges, the last of which had learned so much. " if averaged else ""
    return (
        "A judge of lines is in the graph (`training.judge`): adapters that are off while a text is written. It "
        f"learned from {about['lines']} lines in {about['epochs']} epochs{first} (held-out loss "
        f"{about['held_out_loss']}). {mean}A large language model labelled, left and mended them in the part of a "
        f"strict editor, and no human editor read them. It was put into the export `{about['of']}`, whose weights are "
        "unchanged."
    )


def _limits(manifest: Manifest, prompt: PromptFormat) -> str:
    dates = manifest.source.get("data", {}).get("dates")
    return _LIMITS.format(
        budget=prompt.max_source_tokens,
        words=prompt.max_source_tokens // 2,
        dates=f" of {' to '.join(day[:4] for day in dates)}" if dates else "",
    )


def _interval(score: Mapping[str, float] | None) -> str:
    return f"{score['value']:.1f} [{score['low']:.1f}, {score['high']:.1f}]" if score else "-"


def _number(value: Any) -> str:
    return f"{value:.4g}" if isinstance(value, float) else "-" if value is None else str(value)


def table(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """A table in Markdown."""
    lines = (head, ["---"] * len(head), *rows)
    return "\n".join("| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |" for line in lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; its exit code."""
    parser = argparse.ArgumentParser(prog="training.card", description="Write a model card again, with scores.")
    parser.add_argument("folder", type=Path, help="an export")
    parser.add_argument("--scores", type=Path, nargs="+", required=True, help="results.json of eval.run")
    options = parser.parse_args(arguments)
    try:
        manifest = read_manifest(options.folder)
        tokenizer = TextTokenizer(read_file(options.folder, manifest, "tokenizer.json"))
        prompt = read_prompt(read_file(options.folder, manifest, "prompt.json"), tokenizer)
        scores = [json.loads(path.read_text(encoding="utf-8")) for path in options.scores]
        (options.folder / CARD).write_text(write(manifest, prompt, scores), encoding="utf-8")
    except MujazError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code
    except (OSError, ValueError) as error:
        print(f"error: {DataError(expected='results.json', got=str(error), hint='check the path')}", file=sys.stderr)
        return DataError.exit_code
    return 0
