"""Known errors put into headlines: what is spoiled, what is found, and how shares are told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.probe import KINDS, main, probe
from eval.shares import Share

PAIRS = [
    (
        "ترامب يلتقي 12 وزيرا في واشنطن",
        "التقى الرئيس دونالد ترامب في واشنطن 12 وزيرا من دول مختلفة. وقال البيت الأبيض إن اللقاء استمر ساعة.",
    ),
    (
        "تعلن أوكرانيا تصدير 40 سفينة من القمح",
        "تعلن أوكرانيا الثلاثاء تصدير 40 سفينة محملة بالقمح. وتقول كييف إن الشحنات ستصل خلال أسبوع.",
    ),
]


def test_clean_headlines_pass_and_each_changed_fact_is_found() -> None:
    found = probe(PAIRS)
    assert found["untouched"] == Share(0, 2)
    assert {kind: found[kind].of > 0 and found[kind].value == 1.0 for kind in KINDS} == dict.fromkeys(KINDS, True)


def test_a_flagged_headline_is_counted_and_not_spoiled() -> None:
    found = probe([("بوتين يزور 5 دول", "لا علاقة لهذا النص بذلك العنوان.")])
    assert found["untouched"] == Share(1, 1)
    assert all(found[kind].of == 0 for kind in KINDS)


def test_wilson_interval_by_hand() -> None:
    low, high = Share(8, 10).interval
    assert (low, high) == (pytest.approx(0.490, abs=0.001), pytest.approx(0.943, abs=0.001))


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "rows.jsonl"
    rows = [json.dumps({"title": title, "body": body}, ensure_ascii=False) for title, body in PAIRS]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert main(["--data", str(path)]) == 0
    assert "as the editor wrote it" in capsys.readouterr().out
    path.write_text('{"title": "بلا متن"}\n', encoding="utf-8")
    assert main(["--data", str(path)]) == 6
    assert "title and body" in capsys.readouterr().err
