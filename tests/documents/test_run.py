"""The commands of the documents that are cheap are typed: in a shell, in their order, with the extractive backend."""

from __future__ import annotations

import gzip
import json
import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest

from summarizer.backends.extractive import Extractive
from summarizer.service.settings import ServiceSettings
from tests.documents.commands import ROOT, Command, commands
from tests.documents.known import RUN
from tests.service.conftest import SEED_TEXT, serving

ARTICLE = json.dumps(SEED_TEXT, ensure_ascii=False)
_FILLED = {'"text": "…"': f'"text": {ARTICLE}', '"statements": ["…", "…"]': '"statements": ["تحاصر القوات التنظيم"]'}
"""What stands for the dots of a request."""

WRITTEN = {
    "docs/ar/quickstart.md": ("brief.docx", "keys.txt", "briefs.jsonl"),
    "docs/command.md": ("brief.docx", "briefs/article.md", "briefs/other.md", "briefs.jsonl"),
    "docs/batch.md": ("briefs.jsonl", "briefs.jsonl.gz", "feed.jsonl", "pages.jsonl", "briefs.parquet"),
    "README.md": ("briefs.jsonl",),
    "README.ar.md": ("briefs.jsonl",),
}
"""What lies there once the commands of a document are done."""

MUJAZ = f"""#!/bin/sh
case "$1 $* " in *" --backend "*) ;; brief*|headline*|batch*) set -- "$@" --backend extractive ;; esac
exec {shlex.quote(sys.executable)} -m summarizer "$@"
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A reader's folder, with the files that the documents speak of."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/mujaz").write_text(MUJAZ, encoding="utf-8")
    (tmp_path / "bin/mujaz").chmod(0o755)
    (tmp_path / "bin/python").symlink_to(sys.executable)
    desk = tmp_path / "desk"
    (desk / "pages").mkdir(parents=True)
    (desk / "seeds").symlink_to(ROOT / "seeds")
    for name in ("article.txt", "other.txt", "pages/page.txt"):
        (desk / name).write_text(SEED_TEXT, encoding="utf-8")
    row = {"id": "1", "body": SEED_TEXT, "category": "عرب", "url": "https://news.example/1"}
    (desk / "articles.jsonl").write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    table = "id,category,url,body\n" + f'1,عرب,{row["url"]},"{SEED_TEXT.replace(chr(34), chr(34) * 2)}"\n'
    (desk / "archive.csv").write_text(table, encoding="utf-8")
    (desk / "archive.csv.gz").write_bytes(gzip.compress(table.encode()))
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist([row]), desk / "archive.parquet")
    item = f"<item><title>خبر</title><description>{SEED_TEXT.replace('&', '&amp;')}</description></item>"
    (desk / "feed.xml").write_text(f'<rss version="2.0"><channel>{item}</channel></rss>', encoding="utf-8")
    return desk


def typed(text: str, place: Path, address: str = "") -> subprocess.CompletedProcess[str]:
    """``text`` as bash runs it there, without a network; requests go to ``address``."""
    for dots, filled in _FILLED.items():
        text = text.replace(dots, filled)
    text = text.replace("localhost:8000", address).replace("curl -s", "curl --fail-with-body -s")
    path = f"{place.parent / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "-euo", "pipefail", "-c", text],
        cwd=place, capture_output=True, text=True, timeout=120, check=False,
        env={**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "HF_HUB_OFFLINE": "1"},
    )  # fmt: skip


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where requests go instead of port 8000."""
    with serving(ServiceSettings(backend="extractive", page=False), Extractive) as url:
        yield url.removeprefix("http://")


DOCUMENTED = [one for one in commands() if one.text in RUN]


@pytest.mark.parametrize("document", dict.fromkeys(one.place.partition(":")[0] for one in DOCUMENTED))
def test_the_commands_of_a_document_do_what_it_says(document: str, place: Path, address: str) -> None:
    for one in dict.fromkeys(one for one in DOCUMENTED if one.place.startswith(f"{document}:")):
        done = typed(one.text, place, address)
        assert done.returncode == 0, (one, done.stderr)
        assert "Traceback" not in done.stderr, one
        assert RUN[one.text] in done.stdout, (one, done.stdout)
    assert [name for name in WRITTEN.get(document, ()) if not (place / name).is_file()] == []


@pytest.mark.parametrize("one", [one for one in commands() if one.shown], ids=lambda one: one.place)
def test_what_a_document_shows_is_what_comes(one: Command, place: Path) -> None:
    done = typed(one.text, place)
    assert done.stdout + done.stderr == one.shown
