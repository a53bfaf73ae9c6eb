"""The articles that speed is measured on, the table, and scaling on paper."""

from __future__ import annotations

import pytest

from eval.scaling import Machine, report, simulate
from eval.scaling import main as scaling
from eval.speed import main
from eval.speed_articles import shuffled_articles, shuffled_bodies
from eval.speed_batch import measure_batch
from eval.speed_shapes import Prompt, prompts_of
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
    cells = [cell.strip() for cell in lines[-1].strip("|").split("|")]
    assert cells[0] == "extractive"
    assert all(float(cell) > 0 for cell in cells[1:7])


def test_a_batch_is_measured_to_its_last_row() -> None:
    assert "20 articles" in measure_batch(20, 60, 1, "extractive", None)


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
    assert report([Machine("c", 1.0, 1.0)], [3600], [1], 100.0).count("$1 ") == 1
