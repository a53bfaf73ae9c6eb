"""A constant of the rooms that read Arabic has one meaning: no two modules give one name to two things."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def _constants(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Name and value, as source, of each constant that a module defines."""
    for node in tree.body:
        pairs: list[tuple[ast.expr, ast.expr]] = []
        if isinstance(node, ast.AnnAssign) and node.value:
            pairs = [(node.target, node.value)]
        elif isinstance(node, ast.Assign):
            target = node.targets[0]
            both = isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple)
            pairs = list(zip(target.elts, node.value.elts, strict=True)) if both else [(target, node.value)]  # type: ignore[attr-defined]
        for name, value in pairs:
            if isinstance(name, ast.Name) and name.id.lstrip("_").isupper():
                yield name.id, ast.unparse(value)


def defined_twice(folder: Path) -> dict[str, list[str]]:
    """Each private constant to its modules, where these give it different values."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for path in sorted(folder.rglob("*.py")):
        for name, value in _constants(ast.parse(path.read_text("utf-8"))):
            if name.startswith("_"):
                found[name][str(path.relative_to(folder))] = value
    return {name: sorted(where) for name, where in found.items() if len(set(where.values())) > 1}


def test_no_name_means_two_things() -> None:
    rooms = ("arabic", "article", "briefing")
    found = defined_twice(ROOT / "summarizer")
    here = {name: [one for one in where if one.startswith(rooms)] for name, where in found.items()}
    assert {name: where for name, where in here.items() if len(where) > 1} == {}


@pytest.mark.parametrize(("other", "found"), [("_A = 1", {}), ("_B, _A = 0, 2", {"_A": ["one.py", "two.py"]})])
def test_two_meanings_are_found(tmp_path: Path, other: str, found: dict[str, list[str]]) -> None:
    (tmp_path / "one.py").write_text("_A: int = 1", "utf-8")
    (tmp_path / "two.py").write_text(other, "utf-8")
    assert defined_twice(tmp_path) == found
