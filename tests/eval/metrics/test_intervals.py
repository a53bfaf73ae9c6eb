"""Bootstrap and permutation: known cases and slow twins."""

from __future__ import annotations

import numpy as np
import pytest

from eval.metrics.base import mean_of
from eval.metrics.intervals import paired_difference, resampled_sums, scores
from eval.metrics.score import Score, Signature


def test_sums_are_those_of_drawn_rows() -> None:
    statistics = np.array([[1.0, 100.0], [2.0, 200.0], [4.0, 400.0]])
    sums = resampled_sums(statistics, resamples=200)
    assert sums.shape == (200, 2)
    assert np.allclose(sums[:, 1], 100 * sums[:, 0])
    assert {float(value) for value in sums[:, 0]} <= {
        float(a + b + c) for a in (1, 2, 4) for b in (1, 2, 4) for c in (1, 2, 4)
    }
    assert len(set(sums[:, 0])) > 3


def test_the_same_seed_draws_the_same_articles_and_chunks_do_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    statistics = np.arange(30.0).reshape(10, 3)
    whole = resampled_sums(statistics, resamples=50)
    assert np.array_equal(whole, resampled_sums(statistics, resamples=50))
    assert not np.array_equal(whole, resampled_sums(statistics, resamples=50, seed=1))


def test_interval_has_the_width_of_the_theory() -> None:
    values = np.random.default_rng(1).normal(50, 10, size=400)
    score = scores({"x": (mean_of(values), Signature.of("x"))})["x"]
    assert score.value == pytest.approx(values.mean())
    half_width = 1.96 * values.std() / 20
    assert score.low == pytest.approx(score.value - half_width, abs=0.25)
    assert score.high == pytest.approx(score.value + half_width, abs=0.25)


def test_items_a_metric_does_not_apply_to_are_left_out_of_value_and_interval() -> None:
    values = [40.0, float("nan"), 60.0, float("nan")]
    measurement = mean_of(values)
    score = scores({"x": (measurement, Signature.of("x"))})["x"]
    assert (measurement.count, score.value) == (2, 50)
    assert 40 <= score.low <= score.high <= 60


def test_several_metrics_share_their_draws() -> None:
    values = np.random.default_rng(2).uniform(0, 100, size=80)
    both = scores({"a": (mean_of(values), Signature.of("a")), "b": (mean_of(values), Signature.of("b"))})
    assert (both["a"].low, both["a"].high) == (both["b"].low, both["b"].high)
    assert scores({}) == {}


def test_a_clear_difference_is_significant_and_none_is_not() -> None:
    random = np.random.default_rng(3)
    a = random.uniform(20, 40, size=100)
    better = paired_difference(a, a + 2 + random.normal(0, 1, size=100))
    assert better.value == pytest.approx(2, abs=0.4)
    assert better.low > 1
    assert better.p < 0.001
    noise = paired_difference(a, a + random.normal(0, 5, size=100))
    assert noise.low < 0 < noise.high
    assert noise.p > 0.05


def test_identical_systems_have_p_1_and_ties_only() -> None:
    a = np.array([1.0, 2.0, 3.0])
    same = paired_difference(a, a.copy())
    assert (same.value, same.p, same.ties, same.wins_a, same.wins_b) == (0, 1, 3, 0, 0)


def test_sign_flips_agree_with_all_of_them() -> None:
    # Eight articles: all 256 sign patterns can be written down.
    differences = np.array([1.0, 2.0, -0.5, 3.0, 0.7, -1.1, 2.2, 0.4])
    patterns = (np.arange(256)[:, None] >> np.arange(8) & 1) * 2 - 1
    exact = np.mean(np.abs(patterns @ differences) >= abs(differences.sum()) - 1e-9)
    assert paired_difference(np.zeros(8), differences).p == pytest.approx(exact, abs=0.015)


def test_a_score_carries_its_signature() -> None:
    score = Score(12.3456789, 10, 15, Signature.of("rouge1", setting="xlsum", n=146))
    assert str(score.signature) == "metric:rouge1|setting:xlsum|n:146|v:0.1.0"
    assert score.signature.get("n") == "146"
    assert score.record() == {"value": 12.3457, "low": 10, "high": 15, "signature": str(score.signature)}
    assert str(score) == "12.35 [10.00, 15.00] metric:rouge1|setting:xlsum|n:146|v:0.1.0"
    with pytest.raises(TypeError):
        float(score)  # type: ignore[arg-type]


def test_a_signature_part_may_not_break_it() -> None:
    with pytest.raises(ValueError, match="without"):
        Signature.of("rouge1", setting="a|b")
