"""Inputs that real users meet, written again by hand: what their briefs say and what stays out of them.

``cases.jsonl`` holds a file's name, its text, what the statements hold (``has``) and what neither they nor the warnings
hold (``lacks``), or the ``error`` that refuses it; ``wrong`` says what is known to be wrong still. The texts are our
own.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from summarizer import brief
from summarizer.article.read import read_bytes
from summarizer.errors import MujazError

CASES = [json.loads(line) for line in (Path(__file__).parent / "cases.jsonl").read_text(encoding="utf-8").splitlines()]


def _param(case: dict[str, Any]) -> Any:
    known = [pytest.mark.xfail(reason=case["wrong"], strict=True)] if "wrong" in case else []
    return pytest.param(case, id=case["name"], marks=known)


@pytest.mark.parametrize("case", [_param(case) for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    data = case["text"].encode()
    if "error" in case:
        with pytest.raises(MujazError) as caught:
            read_bytes(data, name=case["name"])
        assert type(caught.value).__name__ == case["error"]
        assert "\n" not in str(caught.value)
        return
    written = brief(read_bytes(data, name=case["name"]), "extractive")
    statements = (written.headline, written.standfirst, *written.bullets)
    said = "".join(f"\n{statement.text}" for statement in statements) + "\n"
    told = "\n".join([said, *(warning.code for warning in written.warnings)])
    assert [part for part in case["has"] if part not in said] == []
    assert [part for part in case["lacks"] if part in told] == []
    assert all(statement.support.supported for statement in statements)
    assert all(span.of(written.article.text).strip() for statement in statements for span in statement.sources)
