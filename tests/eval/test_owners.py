from __future__ import annotations

from pathlib import Path

import pytest

from eval.owners import Found, main, table


def found(wanted: str, added: str, *, offered: bool = True) -> Found:
    return Found("", "", "", frozenset(wanted.split()), frozenset(added.split()), offered)


@pytest.mark.parametrize(
    ("wanted", "added", "kind"),
    [
        ("معيط", "معيط", "right"),
        ("معيط", "مدبولي", "wrong"),
        ("معيط", "", "none"),
        ("", "معيط", "needless"),
        ("", "", "quiet"),
    ],
)
def test_kinds(wanted: str, added: str, kind: str) -> None:
    assert found(wanted, added).kind == kind


def test_shares_of_all_and_of_what_is_offered() -> None:
    lines = [found("معيط", "معيط"), found("معيط", "مدبولي", offered=False), found("معيط", ""), found("", "")]
    rows = table(lines).splitlines()
    assert rows[2] == "| all | 3 | 33 % | 33 % | 33 % | 50 % | 1 | 0 |"
    assert rows[3] == "| offered | 2 | 50 % | 0 % | 50 % | 0 % | 1 | 0 |"


def test_a_model_that_does_not_edit_is_refused(tmp_path: Path) -> None:
    from summarizer.errors import BackendError

    with pytest.raises(BackendError, match="a model that edits"):
        main(["--data", str(tmp_path), "--model", "extractive"])
