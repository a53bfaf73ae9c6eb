"""What takes the package's model minutes: what the README shows, and lines to be labelled."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.documents.commands import ROOT
from training.acceptance import offers

SHOWN = re.search(
    r"<!-- brief:begin -->\n```\n(.*?)```\n<!-- brief:end -->", (ROOT / "README.md").read_text("utf-8"), re.DOTALL
)


def texts(brief: str) -> list[str]:
    """The statements of a brief, and what is said below them but for the seconds; without marks of Markdown."""
    lines = (re.sub(r"^[>\s]*(?:[•-] )?|\*\*", "", line) for line in brief.splitlines())
    return [re.sub(r"في [\d.]+ ثانية", "في", line) for line in lines if line]


def test_both_pages_show_the_same_brief_of_the_model_in_the_package() -> None:
    arabic = (ROOT / "README.ar.md").read_text("utf-8").partition("<!-- brief:begin -->\n")[2]
    assert SHOWN
    assert texts(SHOWN[1]) == texts(arabic.partition("<!-- brief:end -->")[0])
    card = (ROOT / "summarizer/model/MODEL_CARD.md").read_text("utf-8")
    version = re.search(r"\((mujaz-\w+)@(\w+)\)", SHOWN[1])
    assert version
    assert f"# {version[1]}\n" in card
    assert f"digest `{version[2]}`" in card


@pytest.mark.slow
def test_the_first_command_prints_what_the_readme_shows() -> None:
    command = [sys.executable, "-m", "summarizer", "brief", "seeds/islamic-state-last-pocket.txt"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600, check=True)
    assert SHOWN
    assert texts(done.stdout) == texts(SHOWN[1])


@pytest.mark.slow
def test_lines_are_offered_to_be_labelled(tmp_path: Path) -> None:
    """As ``python -m training.acceptance.offers --articles FILE --out offers.jsonl``."""
    sentences = ["أعلنت وزارة الصحة افتتاح مستشفى جديد في المدينة.", "وقال الوزير إن المستشفى يضم مئتي سرير."]
    articles, out = tmp_path / "articles.jsonl", tmp_path / "offers.jsonl"
    articles.write_text(json.dumps({"id": "a", "sentences": sentences}, ensure_ascii=False), encoding="utf-8")
    assert offers.main(["--articles", str(articles), "--out", str(out)]) == 0
    (row,) = map(json.loads, out.read_text(encoding="utf-8").splitlines())
    assert row["candidates"]
