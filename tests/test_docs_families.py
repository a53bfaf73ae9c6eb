"""docs/families.md says what is proven: every family has its row, every test that it cites exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.tiny_seq2seq import FAMILIES

TEXT = Path("docs/families.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FAMILIES)
def test_every_family_has_a_row(name: str) -> None:
    assert re.search(rf"^\| `{re.escape(name)}`", TEXT, re.MULTILINE)


def test_every_cited_test_exists() -> None:
    cited = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", TEXT)
    assert len(cited) >= 7
    for path, name in cited:
        assert f"def {name}(" in Path(path).read_text(encoding="utf-8"), (path, name)
