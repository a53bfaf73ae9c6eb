"""The word lists of the product: one folder, one reader, no list that nobody reads and none in code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from summarizer.arabic.lexicon import entries, rows, sections, word_list

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(path.stem for path in (ROOT / "summarizer" / "arabic" / "data").glob("*.txt"))
ARABIC = re.compile("[\u0620-\u064a]{2}")


def test_a_section_is_read_as_written_and_folded() -> None:
    assert entries("particles", "objects")[:2] == ("على", "عن")
    assert word_list("particles", "objects") == {"علي", "عن", "في", "مع", "الي", "من"}
    assert ("2", "فبراير", "شباط", "فيفري") in rows("calendar", "gregorian")


def test_an_underscore_is_a_space() -> None:
    assert "المملكه العربيه السعوديه" in word_list("places")


def test_a_list_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError, match="nothing"):
        word_list("particles", "nothing")


@pytest.mark.parametrize("name", FILES)
def test_every_section_has_entries_and_every_file_says_what_it_is(name: str) -> None:
    assert all(sections(name).values())
    path = ROOT / "summarizer" / "arabic" / "data" / f"{name}.txt"
    assert path.read_text("utf-8").startswith("# ")


def _trees() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted((ROOT / "summarizer").rglob("*.py")):
        yield path, ast.parse(path.read_text("utf-8"))


def test_every_section_is_read_somewhere() -> None:
    """By its name as a string of the code; levels and shares, prepositions and kinds of slips are read in a loop."""
    said = {node.value for _, tree in _trees() for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    looped = ("common_words", "needs", "rarer_words", "sentence_openers", "slips", "word_counts")
    listed = {(name, section) for name in FILES if name not in looped for section in sections(name)}
    assert [pair for pair in sorted(listed) if not set(pair) <= said] == []


def test_no_word_list_is_spelt_out_in_code() -> None:
    """A string of Arabic words that is split where it stands belongs into ``data``."""
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path, tree in _trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "split"
        and ARABIC.search(_spelt(node.func.value))
    ]  # fmt: skip
    assert found == []


def _spelt(node: ast.expr) -> str:
    """The string that stands there, folded or not."""
    inside = node.args[0] if isinstance(node, ast.Call) and node.args and isinstance(node.func, ast.Name) else node
    return inside.value if isinstance(inside, ast.Constant) and isinstance(inside.value, str) else ""
