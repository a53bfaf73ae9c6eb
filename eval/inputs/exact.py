"""Does a brief hold a number, a letter or a mark that its article does not? An independent check, by digits alone.

    python -m eval.inputs.exact corpora/benchmarks/bbc-2018h2.jsonl --articles 300 --backend extractive --show
    python -m eval.inputs.exact ../shared/cases

It knows nothing of units, number words or rounding: digits are folded to 0-9, separators and invisible characters are
left out, and every run of digits in a statement has to be a run of digits in the article's body. Beside the numbers it
counts statements with presentation forms or invisible characters, and articles on which the pipeline fails with
anything but its own errors. ``foreign`` are rows to read: a number word may have been written in digits.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from eval.command import guarded, positive
from eval.jsonl import read_lines, text_field
from summarizer import Brief, brief, load_backend
from summarizer.errors import DataError, MujazError

_DIGITS = re.compile(r"\d+(?:[.,\u060c\u066b\u066c'’\u00a0\u202f]\d+)*")
_INVISIBLE = ("Cf", "Cc", "Co", "Cs")
_FILLERS = frozenset("\u034f\u115f\u1160\u3164\uffa0")
"""Default_Ignorable_Code_Point (Unicode) beside ``_INVISIBLE``."""
_TOLD_EVERY = 10


def plain(text: str) -> str:
    """``text`` in compatibility form, with digits 0-9 and without invisible characters."""
    # Half a surrogate pair is no character: it is read, and shown, as what stands for one.
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    seen = "".join(char for char in whole if char in "\n\t" or not _is_invisible(char))
    folded = unicodedata.normalize("NFKC", seen.replace("\u00a0", " "))
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in folded)


def numbers(text: str) -> set[str]:
    """The runs of digits in ``text``, separators left out: «1,250» and «1250» are one, «23.4» is «234»."""
    return {re.sub(r"\D", "", run) for run in _DIGITS.findall(plain(text))}


def faults(written: Brief, body: str) -> list[tuple[str, str]]:
    """What the statements hold that ``body`` does not: kind and statement, in order."""
    known = numbers(re.sub(r"(?<=\d)[\u00a0\u202f\u2009](?=\d{3}(?!\d))", "", body)) | numbers(body)
    found = []
    for said in written.statements:
        if numbers(said.text) - known:
            found.append(("foreign", said.text))
        if any(map(_is_unprintable, said.text)):
            found.append(("unprintable", said.text))
    return found


def _is_unprintable(char: str) -> bool:
    """True for what nobody sees, and for a presentation form of an Arabic letter."""
    form = 0xFB50 <= ord(char) <= 0xFEFC and unicodedata.normalize("NFKC", char) != char
    return form or _is_invisible(char)


def _is_invisible(char: str) -> bool:
    return unicodedata.category(char) in _INVISIBLE or char in _FILLERS


def main(argv: Sequence[str] | None = None) -> int:
    """Print counts of texts, refusals, crashes and faulty statements; exit code 1 when there is any of the last two."""
    return guarded("eval.inputs.exact", _main, argv)


def _main(argv: Sequence[str] | None) -> int:
    parser = argparse.ArgumentParser(prog="eval.inputs.exact", description=__doc__.partition("\n")[0])
    parser.add_argument("texts", nargs="*", type=Path, help="JSONL (body) or Parquet files, or folders of files")
    parser.add_argument("--articles", type=positive, default=300, help="at most so many of each file")
    parser.add_argument("--backend", default="extractive")
    parser.add_argument("--show", action="store_true", help="print the faulty statements")
    arguments = parser.parse_args(argv)
    write = partial(brief, backend=load_backend(arguments.backend))
    counts = dict.fromkeys(("texts", "statements", "refused", "crashed", "foreign", "unprintable"), 0)
    for text in texts(arguments.texts, arguments.articles):
        if counts["texts"] and not counts["texts"] % _TOLD_EVERY:
            print(json.dumps(counts), file=sys.stderr, flush=True)  # a run of hours may be stopped
        counts["texts"] += 1
        try:
            written = write(text)
        except MujazError:
            counts["refused"] += 1
            continue
        except Exception as error:
            counts["crashed"] += 1
            print(f"crashed: {type(error).__name__}: {text[:80]!r}", file=sys.stderr)
            continue
        counts["statements"] += len(written.statements)
        for kind, said in faults(written, text):
            counts[kind] += 1
            if arguments.show:
                print(f"{kind}: {said}", flush=True)
    print(json.dumps({"backend": arguments.backend, **counts}))
    return int(any(counts[kind] for kind in ("crashed", "foreign", "unprintable")))


def texts(paths: Iterable[Path], most: int) -> Iterator[str]:
    """At most ``most`` articles of each file or folder, evenly drawn; ``DataError`` for what is missing."""
    for path in paths:
        if not path.exists():
            raise DataError(expected="a file or folder of articles", got=str(path), hint="check the path")
        bodies = _bodies(path)
        yield from bodies[:: max(1, len(bodies) // most)][:most]


def _bodies(path: Path) -> list[str]:
    if path.is_dir():
        return [file.read_text(encoding="utf-8") for file in sorted(path.glob("*.txt"))]
    if path.suffix == ".parquet":
        from pyarrow import parquet

        return [str(body) for body in parquet.read_table(path, columns=["body"]).column("body").to_pylist()]
    return [text_field(line, "body") for line in read_lines(path)]


if __name__ == "__main__":
    raise SystemExit(main())
