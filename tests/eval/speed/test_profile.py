"""The profile of a brief: what a stage is charged with, the table, and a run of the embedded model."""

from __future__ import annotations

import pytest

from eval.speed import profile as profiling
from eval.speed.main import main
from eval.speed.profile import Profile, Stage, table
from summarizer.schema import Candidate, Refusal


class Clock:
    """Seconds that go on by one with every look."""

    def __init__(self) -> None:
        self.now = 0.0

    def perf_counter(self) -> float:
        self.now += 1
        return self.now

    def process_time(self) -> float:
        return self.now / 2


def test_a_stage_is_not_charged_with_the_stages_inside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(profiling, "time", Clock())
    found = Profile(1)
    with found.timed("outer"):
        for tokens in (3, 4):
            with found.timed("inner", tokens):
                pass
    assert found.stages["inner"] == Stage(2.0, 1.0, 2, 7)
    assert found.stages["outer"] == Stage(3.0, 1.5, 1, 0)


def test_the_table_has_a_line_a_stage_each_number_an_article_s() -> None:
    found = Profile(2, {"prefill": Stage(3.0, 2.0, 4, 100), "vet": Stage(1.0, 2.0, 6)})
    long, short = (Candidate("سطر", -0.1, "causal", log_probs=(-0.1,) * size) for size in (6, 2))
    found.vetted(long, Refusal("سطر", "model", "too long"))
    found.vetted(short, Refusal("سطر", "model", "too short"))
    found.vetted(Candidate("جملة", 0.0, "extractive"), Refusal("جملة", "extractive", "too long"))
    lines = table(found).splitlines()
    assert lines[2] == "| prefill | 1.000 | 50% | 1.500 | 2 | 50 | 20.00 |"
    assert lines[3] == "| vet | 1.000 | 50% | 0.500 | 3 | 0 | - |"
    assert lines[4].startswith("| all | 2.000 | 100% | 2.000 |")
    assert lines[-1] == "4 tokens of candidates an article, 100% of them refused"


@pytest.mark.slow
def test_the_embedded_model_is_profiled(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--profile", "--count", "1", "--words", "60"]) == 0
    told = capsys.readouterr().out
    for stage in ("read a source", "read what a text begins with", "write", "vet", "count and weigh"):
        assert f"| {stage} |" in told
