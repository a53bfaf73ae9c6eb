"""The digest, and a backend's answers kept in a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from eval.digest import main as digest
from eval.digest.main import main, plain
from eval.digest.recorded import NotRecorded, Recorded
from summarizer.article.read import read_text
from summarizer.backends.base import Backend, load_backend
from summarizer.backends.scripted import Scripted
from summarizer.errors import DataError
from summarizer.pipeline import brief
from summarizer.schema import Task
from tests.eval.conftest import ARTICLES

TEXT = "\n\n".join(one[3] for one in ARTICLES)
SAYS = {
    Task.HEADLINE: ["حريق كبير في مصنع للنسيج بمدينة طنجة"],
    Task.STANDFIRST: ["اندلع حريق كبير فجر الأحد في مصنع للنسيج بمدينة طنجة."],
    Task.BULLET: ["أغلقت الشرطة الشوارع القريبة من المصنع"],
}


@pytest.mark.parametrize("odds", [None, {}], ids=["no verifier", "a verifier"])
def test_a_replay_says_what_was_recorded_without_the_backend(tmp_path: Path, odds: dict[str, float] | None) -> None:
    path, article = tmp_path / "answers.jsonl", read_text(TEXT)
    written = plain(brief(article, Scripted(SAYS, odds)))
    assert plain(brief(article, Recorded(path, lambda: Scripted(SAYS, odds)))) == written
    kept = path.read_bytes()
    assert plain(brief(article, Recorded(path))) == written
    assert path.read_bytes() == kept


def test_what_was_not_recorded_is_named(tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    brief(read_text(TEXT), Recorded(path, lambda: Scripted(SAYS)))
    with pytest.raises(NotRecorded, match=r"«افتتح نص آخر"):
        Recorded(path).count_tokens("افتتح نص آخر")
    with pytest.raises(NotRecorded, match=r"answers\.jsonl"):
        brief(read_text("قال الوزير إن المدرسة الجديدة فتحت أبوابها صباح اليوم."), Recorded(path))


@pytest.mark.parametrize("content", ["", "{}\n", '{"key": "a", "said": 1}\n'])
def test_a_file_that_is_no_record_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "answers.jsonl"
    path.write_text(content, "utf-8")
    with pytest.raises(DataError, match=r"answers\.jsonl"):
        Recorded(path)


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, jsonl: Callable[..., Path]) -> list[Any]:
    """The arguments of a digest of one small benchmark and a folder of two inputs, one of them empty."""
    rows = [{"id": one[0], "title": one[1], "body": one[3]} for one in ARTICLES]
    data = jsonl("argen-headlines.jsonl", rows).parent
    cases = tmp_path / "cases"
    cases.mkdir()
    (cases / "a.txt").write_text(TEXT, "utf-8")
    (cases / "b.txt").write_text("", "utf-8")
    monkeypatch.setattr(digest, "SETS", {"argen-headlines": 2})
    return ["--data", str(data), "--cases", str(cases), "--statements", str(tmp_path / "told.jsonl")]


def test_the_command_prints_the_same_again(
    few: list[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def load(name: str) -> Backend:
        return Scripted(SAYS) if name == "embedded" else load_backend(name)

    monkeypatch.setattr(digest, "load_backend", load)
    assert main([*few, "--record", str(tmp_path / "answers.jsonl")]) == 0
    first = capsys.readouterr().out
    assert [line.split()[:3] for line in first.splitlines()] == [
        [backend, name, "2"] for backend in ("extractive", "embedded") for name in ("argen-headlines", "cases")
    ]
    told = (tmp_path / "told.jsonl").read_text("utf-8").splitlines()
    assert len(told) == 8
    assert '"EmptyInput: expected an article; got /b.txt' in told[3]
    assert main([*few, "--replay", str(tmp_path / "answers.jsonl")]) == 0
    assert capsys.readouterr().out == first
