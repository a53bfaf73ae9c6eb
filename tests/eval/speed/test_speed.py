"""The articles that speed is measured on, the table, and scaling on paper."""

from __future__ import annotations

import subprocess
import sys

import pytest

from eval.scaling import Machine, report, simulate
from eval.scaling import main as scaling
from eval.speed.articles import shuffled_articles, shuffled_bodies
from eval.speed.bars import bars_of, memory_bar
from eval.speed.main import main
from eval.speed.measure import Measured
from eval.speed.shapes import Prompt, prompts_of
from summarizer.arabic.words import count_words


@pytest.mark.parametrize("words", [60, 150, 400, 1500])
def test_articles_have_the_words_asked_for_and_are_always_the_same(words: int) -> None:
    bodies = list(shuffled_bodies(5, words))
    assert bodies == list(shuffled_bodies(5, words))
    assert len(set(bodies)) == 5
    assert all(words <= count_words(body) <= words + 90 for body in bodies)


def test_a_shape_is_asked_for_the_same_parts_as_we_are() -> None:
    (article,) = shuffled_articles(1, 400)
    prompts = prompts_of(article, 4, {"headline": 10, "standfirst": 30, "bullet": 15}, 1.5)
    assert [prompt.new_tokens for prompt in prompts] == [10, 30, 15, 15, 15, 15]
    assert prompts[0] == Prompt(round(count_words(article.body) * 1.5), 10)
    assert all(prompt.source_tokens < prompts[0].source_tokens for prompt in prompts[2:])


def test_the_table_names_what_was_measured(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--systems", "extractive", "--count", "2", "--words", "80"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("2 articles of ")
    assert "MISSED" not in "".join(lines)
    cells = [cell.strip() for cell in lines[-1].strip("|").split("|")]
    assert cells[0] == "extractive"
    assert all(float(cell) > 0 for cell in cells[1:7])


def test_a_batch_is_measured_to_its_last_row() -> None:
    # In a process of its own: the peak is that of the largest child, and these tests have had larger ones.
    code = "from eval.speed.batch import measure_batch; print(*measure_batch(20, 60, 1, 'extractive', None), sep='|')"
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=True)
    told, peak = made.stdout.strip().split("|")
    assert "20 articles" in told
    assert 10 < float(peak) < 1000


def measured(system: str, p50_s: float, batched: float) -> Measured:
    return Measured(system, "", "cpu", 8, [400], 1.0, p50_s, p50_s, 1 / p50_s, batched, 100.0)


@pytest.mark.parametrize(
    ("p50_s", "batched", "reached"),
    [(2.0, 0.8, [True, True, True]), (3.5, 0.8, [False, True, True]), (2.0, 0.6, [True, False, False])],
)
def test_every_bar_of_speed_can_be_missed(p50_s: float, batched: float, reached: list[bool]) -> None:
    found = [measured("embedded", p50_s, batched), measured("arabart-shape", 9.0, 0.15)]
    assert [bar.reached for bar in bars_of(found, "arabart-shape")] == reached
    assert len(list(bars_of(found[:1], "arabart-shape"))) == 2
    assert list(bars_of(found[1:], "arabart-shape")) == []
    assert "5.3 times" in list(bars_of(found, "arabart-shape"))[2].line() or batched != 0.8


def test_the_bar_of_memory_can_be_missed() -> None:
    assert [memory_bar(peak, 100_000).reached for peak in (120.0, 301.0)] == [True, False]


def test_more_machines_are_faster_until_the_driver_is_full() -> None:
    machine = Machine("m", 10.0, 0.08)
    one, ten, many = (simulate(100_000, machine, count, 500.0) for count in (1, 10, 1_000))
    assert one.seconds == pytest.approx(10_000, rel=0.05)
    assert one.seconds / 10.5 < ten.seconds < one.seconds / 9
    assert (one.bottleneck, ten.bottleneck, many.bottleneck) == ("model", "model", "driver")
    assert many.seconds >= 200
    assert one.dollars == pytest.approx(10_000 / 3600 * 0.08, rel=0.05)


def test_the_report_has_a_line_a_system_and_size(capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        scaling(["--rate", "a=50", "--gpu-rate", "b=400", "--driver-rate", "2000", "--articles", "1000", "9000"]) == 0
    )
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2 + 4
    assert "| b, GPU | 9,000 |" in lines[-1]
    assert report([Machine("c", 1.0, 1.0)], [3600], [1], 100.0).count("| $1.00 |") == 1
