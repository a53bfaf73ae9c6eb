"""Imports go one way. The table says what each room may import; anything else fails with the file and line."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LEAVES = {
    "summarizer.schema",
    "summarizer.config",
    "summarizer.errors",
    "summarizer.libraries",
    "summarizer.notices",
    "summarizer",
}
TEXT = LEAVES | {"summarizer.arabic.text"}
SENTENCES = TEXT | {"summarizer.arabic.sentences", "summarizer.arabic.lexicon"}
ARABIC = SENTENCES | {"summarizer.arabic", "summarizer.arabic.numbers"}
PARTS = ARABIC | {"summarizer.article.parts"}
ARTICLE = PARTS | {"summarizer.article", "summarizer.article.formats"}
FILES = {"summarizer.backends.files.weights", "summarizer.backends.files.tokens"}
BACKENDS = ARABIC | FILES | {"summarizer.backends", "summarizer.backends.files", "summarizer.backends.engines"}
ROOMS = ARTICLE | BACKENDS | {"summarizer.briefing"}
MAP = ROOMS | {"summarizer.plan", "summarizer.pipeline"}
SERVICE = MAP | {"summarizer.service"}
QUEUE = SERVICE | {"summarizer.service.queue"}
PAGE = QUEUE | {"summarizer.service.page"}
WEB = PAGE | {"summarizer.service.web"}
BATCH = SERVICE | {"summarizer.service.batch"}
#: Readers of the project's own files, the one room that training and eval share: it leans on no other.
ANNOTATED = LEAVES | {"training.corpora.annotated"}
CORPORA = MAP | ANNOTATED | {"training.corpora"}
TASKS = MAP | ANNOTATED | {"training.recipe", "training.tasks"}
WARMSTART = MAP | {"training.command", "training.prompts", "training.warmstart"}
FINETUNE = WARMSTART | {"training.recipe", "training.finetune"}
TRAINING = FINETUNE | CORPORA | TASKS | {"training", "training.prepare", "training.falsify", "training.export"}
METRICS = MAP | {"eval.jsonl", "eval.metrics"}
BENCHMARKS = MAP | ANNOTATED | {"eval.jsonl", "eval.benchmarks"}
SYSTEMS = METRICS | BENCHMARKS | {"eval.systems"}
RUN = SYSTEMS | {"eval.command", "eval.tables", "eval.run"}
EVAL = RUN | {"eval", "eval.calibrate", "eval.speed", "eval.engines", "eval.load", "eval.gate", "eval.briefs"}

#: A room → what it may import. The longest row that a module falls under is its own.
ALLOWED = {
    "summarizer": MAP,
    "summarizer.__main__": {"summarizer.service.cli"},
    "summarizer.schema": LEAVES,
    "summarizer.config": LEAVES,
    "summarizer.errors": LEAVES,
    "summarizer.libraries": LEAVES,
    "summarizer.notices": LEAVES,
    "summarizer.arabic": ARABIC,
    "summarizer.arabic.text": TEXT,
    "summarizer.arabic.lexicon": TEXT,
    "summarizer.arabic.sentences": SENTENCES,
    "summarizer.arabic.numbers": TEXT | {"summarizer.arabic.lexicon", "summarizer.arabic.numbers"},
    "summarizer.article": ARTICLE,
    "summarizer.article.parts": PARTS,
    "summarizer.article.formats": ARTICLE,
    "summarizer.backends": BACKENDS,
    "summarizer.backends.engines": LEAVES | {"summarizer.backends", "summarizer.backends.engines"},
    "summarizer.backends.files": BACKENDS,
    "summarizer.backends.files.weights": LEAVES,
    "summarizer.backends.files.tokens": LEAVES,
    "summarizer.briefing": ARABIC | {"summarizer.briefing"},
    "summarizer.plan": ROOMS,
    "summarizer.pipeline": MAP,
    "summarizer.service": SERVICE,
    "summarizer.service.queue": QUEUE,
    "summarizer.service.page": PAGE,
    "summarizer.service.web": WEB,
    "summarizer.service.batch": BATCH,
    "summarizer.service.cli": WEB | BATCH | {"summarizer.service.cli"},
    "training": TRAINING,
    "training.command": LEAVES,
    "training.prompts": LEAVES,
    "training.recipe": LEAVES,
    "training.corpora": CORPORA,
    "training.corpora.annotated": ANNOTATED,
    "training.tasks": TASKS,
    "training.prepare": CORPORA | TASKS | {"training.command", "training.prepare"},
    "training.falsify": TASKS | {"training.falsify"},
    "training.warmstart": WARMSTART,
    "training.finetune": FINETUNE,
    "training.export": FINETUNE | {"training.export"},
    "eval": EVAL,
    "eval.command": LEAVES,
    "eval.jsonl": LEAVES,
    "eval.metrics": METRICS,
    "eval.benchmarks": BENCHMARKS,
    "eval.systems": SYSTEMS,
    "eval.tables": RUN,
    "eval.run": RUN,
    "eval.calibrate": RUN | {"eval.calibrate"},
    "eval.briefs": RUN | {"eval.briefs"},
    "eval.gate": RUN | {"eval.briefs", "eval.gate"},
    "eval.report": RUN | {"eval.report"},
    "eval.reading": RUN | {"eval.briefs", "eval.reading"},
    "eval.digest": RUN | {"eval.digest"},
    "eval.speed": MAP | {"eval.jsonl", "eval.speed"},
    "eval.engines": METRICS | {"eval.speed", "eval.engines"},
    "eval.load": MAP | {"eval.speed", "eval.load"},
}

MOST_MODULES = 15
CROWDED: set[str] = set()
"""Folders that have more modules still."""


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


def modules(root: Path) -> dict[str, Path]:
    """Every module of the three rooms by its dotted name."""
    paths = [path for room in ("summarizer", "training", "eval") for path in sorted((root / room).rglob("*.py"))]
    return {".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__"): path for path in paths}


def circles(root: Path) -> list[str]:
    """The modules that import themselves by way of others."""
    found = modules(root)
    arrows = {
        module: {name for _, name in imported(ast.parse(path.read_text("utf-8"))) if name in found} - {module}
        for module, path in found.items()
    }
    # A package is its ``__init__``: it stands for no module inside it.
    while leaves := [module for module, targets in arrows.items() if not targets & arrows.keys()]:
        for module in leaves:
            del arrows[module]
    while unused := arrows.keys() - set().union(*arrows.values()):
        for module in unused:
            del arrows[module]
    return sorted(arrows)


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
        ("summarizer/arabic/words.py", "import summarizer.briefing.headline"),
        ("summarizer/article/formats/plain.py", "from summarizer.backends.base import Backend"),
        ("summarizer/backends/causal.py", "from summarizer.pipeline import brief"),
        ("summarizer/pipeline.py", "def f():\n    from summarizer.service import cli"),
        ("summarizer/briefing/bullets.py", "from training.prepare import x"),
        ("training/finetune/main.py", "from eval.metrics import rouge"),
        ("eval/run/main.py", "from training import finetune"),
        ("eval/benchmarks/briefs.py", "from training.corpora import read_corpus"),
        ("training/corpora/annotated/briefs.py", "from training.corpora.record import Record"),
        ("training/corpora/annotated/briefs.py", "from summarizer.arabic.words import count_words"),
        ("summarizer/briefing/bullets.py", "from .. import pipeline"),
    ],
)
def test_an_import_the_wrong_way_is_reported(tmp_path: Path, file: str, line: str) -> None:
    path = tmp_path / file
    path.parent.mkdir(parents=True)
    path.write_text(line, "utf-8")
    assert len(violations(tmp_path)) >= 1
    assert violations(tmp_path)[0].startswith(file)


def test_no_module_imports_itself_by_way_of_others() -> None:
    assert circles(ROOT) == []


def test_a_circle_is_found(tmp_path: Path) -> None:
    (tmp_path / "eval").mkdir()
    for name, line in {
        "a": "from eval import b",
        "b": "def f():\n    import eval.c",
        "c": "from eval.a import x",
    }.items():
        (tmp_path / "eval" / f"{name}.py").write_text(line, "utf-8")
    (tmp_path / "eval" / "d.py").write_text("import eval.a", "utf-8")
    assert circles(tmp_path) == ["eval.a", "eval.b", "eval.c"]


def test_no_folder_is_crowded() -> None:
    folders = Counter(str(path.relative_to(ROOT).parent) for path in modules(ROOT).values() if path.stem[:2] != "__")
    assert {folder for folder, count in folders.items() if count > MOST_MODULES} <= CROWDED


def test_no_module_is_called_utils() -> None:
    assert not [p for room in ("summarizer", "training", "eval") for p in (ROOT / room).rglob("util*.py")]


SERVING_MUST_NOT_IMPORT = {"torch", "transformers", "datasets", "pyarrow"}


def test_serving_imports_no_training_library_at_module_level() -> None:
    found = []
    for path in sorted((ROOT / "summarizer").rglob("*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            names = [name for _, name in imported(node)] if isinstance(node, ast.Import | ast.ImportFrom) else []
            found += [f"{path.name}: {name}" for name in names if name.split(".")[0] in SERVING_MUST_NOT_IMPORT]
    assert found == []
