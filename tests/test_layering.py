"""Imports go one way. The table says what each room may import; anything else fails with the file and line."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LEAVES = {"summarizer.schema", "summarizer.config", "summarizer.errors", "summarizer"}
ARABIC = LEAVES | {"summarizer.arabic"}
ROOMS = ARABIC | {"summarizer.article", "summarizer.backends", "summarizer.brief"}
ALLOWED = {
    "summarizer.schema": LEAVES,
    "summarizer.config": LEAVES,
    "summarizer.errors": LEAVES,
    "summarizer.arabic": ARABIC,
    "summarizer.article": ARABIC | {"summarizer.article"},
    "summarizer.backends": ARABIC | {"summarizer.backends"},
    "summarizer.brief": ARABIC | {"summarizer.brief"},
    "summarizer.planning": ROOMS,
    "summarizer.pipeline": ROOMS | {"summarizer.planning"},
    "summarizer.service": ROOMS | {"summarizer.planning", "summarizer.pipeline", "summarizer.service"},
    "summarizer": LEAVES,
    "training": ROOMS | {"summarizer.planning", "summarizer.pipeline", "training"},
    "eval": ROOMS | {"summarizer.planning", "summarizer.pipeline", "eval"},
}


def room_of(module: str) -> str:
    """The longest row of the table that the module falls under; empty for a foreign module."""
    rooms = [room for room in ALLOWED if module == room or module.startswith(room + ".")]
    return max(rooms, key=len, default="")


def imported(tree: ast.AST) -> list[tuple[int, str]]:
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(node.lineno, name.name) for name in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.append((node.lineno, node.module))
            found += [(node.lineno, f"{node.module}.{name.name}") for name in node.names]
        elif isinstance(node, ast.ImportFrom):
            found.append((node.lineno, "a relative import"))
    return found


def violations(root: Path) -> list[str]:
    found = []
    for path in sorted(root.rglob("*.py")):
        module = ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")
        room = room_of(module)
        for line, name in imported(ast.parse(path.read_text("utf-8"))) if room else []:
            target = room_of(name)
            if name == "a relative import" or (target and target not in ALLOWED[room]):
                found.append(f"{path.relative_to(root)}:{line}: {room} imports {name}")
    return found


def test_imports_go_one_way() -> None:
    assert violations(ROOT) == []


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("summarizer/schema.py", "from summarizer.arabic import words"),
        ("summarizer/arabic/words.py", "import summarizer.brief.headline"),
        ("summarizer/article/plain.py", "from summarizer.backends.base import Backend"),
        ("summarizer/backends/causal.py", "from summarizer.pipeline import brief"),
        ("summarizer/pipeline.py", "def f():\n    from summarizer.service import cli"),
        ("summarizer/brief/bullets.py", "from training.prepare import x"),
        ("training/finetune.py", "from eval.metrics import rouge"),
        ("eval/run.py", "from training import finetune"),
        ("summarizer/brief/bullets.py", "from .. import pipeline"),
    ],
)
def test_an_import_the_wrong_way_is_reported(tmp_path: Path, file: str, line: str) -> None:
    path = tmp_path / file
    path.parent.mkdir(parents=True)
    path.write_text(line, "utf-8")
    assert len(violations(tmp_path)) >= 1
    assert violations(tmp_path)[0].startswith(file)


def test_no_module_is_called_utils() -> None:
    assert not [p for room in ("summarizer", "training", "eval") for p in (ROOT / room).rglob("util*.py")]


SERVING_MUST_NOT_IMPORT = {"torch", "transformers", "peft", "datasets", "pyarrow"}


def test_serving_imports_no_training_library_at_module_level() -> None:
    found = []
    for path in sorted((ROOT / "summarizer").rglob("*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            names = [name for _, name in imported(node)] if isinstance(node, ast.Import | ast.ImportFrom) else []
            found += [f"{path.name}: {name}" for name in names if name.split(".")[0] in SERVING_MUST_NOT_IMPORT]
    assert found == []
