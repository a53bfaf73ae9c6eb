"""The plan of docs/batch.md is computed from the README's table of speeds."""

from __future__ import annotations

import re
import shlex
from itertools import pairwise

import pytest

from eval import scaling
from tests.documents.commands import ROOT, commands


def batched() -> dict[str, float]:
    """Articles a second in a batch, by system, as the README states them."""
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    head = next(line for line in lines if line.startswith("| system |") and "articles/s batched" in line)
    place = [cell.strip() for cell in head.split("|")].index("articles/s batched")
    rows = (re.split(r"\s*\|\s*", line) for line in lines if re.match(r"\| `(embedded|extractive)`", line))
    return {cells[1].split("`")[1]: float(cells[place].replace(",", "")) for cells in rows}


def test_the_rates_are_those_of_the_table_and_the_plan_is_what_they_give(capsys: pytest.CaptureFixture[str]) -> None:
    (words,) = [shlex.split(one.text) for one in commands() if "python -m eval.scaling" in one.text]
    given = dict(rate.split("=") for flag, rate in pairwise(words) if flag == "--rate")
    assert {name: float(rate) for name, rate in given.items()} == batched(), "docs/batch.md plans with other rates"
    assert scaling.main(words[3:]) == 0
    told = capsys.readouterr().out
    assert told in (ROOT / "docs/batch.md").read_text(encoding="utf-8"), f"docs/batch.md should have\n{told}"
