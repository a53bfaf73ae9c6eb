"""The timing command: its pairs are repeatable and all different, and it prints every setting."""

from __future__ import annotations

import pytest

from eval.metric_speed import main, pairs
from summarizer.errors import ConfigError

BODY = " ".join(f"كلمة{number}" for number in range(100))


def test_pairs_are_the_same_each_time_and_no_two_alike() -> None:
    items = pairs([BODY], 50)
    assert items == pairs([BODY], 50)
    assert len({item.output for item in items} | {item.references[0] for item in items}) == 100


def test_bodies_must_be_long_enough() -> None:
    with pytest.raises(ConfigError, match="bodies above 56 words"):
        pairs(["قصير"], 5)


def test_the_command_times_every_setting(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--benchmark", "seeds", "--pairs", "20"]) == 0
    text = capsys.readouterr().out
    for line in ("xlsum: ROUGE-1/2/L: ", "xlsum-stem: ", "normalized: ", "bootstrap of the three"):
        assert line in text
