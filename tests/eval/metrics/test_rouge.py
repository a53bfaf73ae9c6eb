"""ROUGE: hand-computed pairs, a slow twin, and the published systems' numbers where the corpora are at hand."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.metrics import load_metric, load_setting
from eval.metrics.base import Item
from eval.metrics.lcs import lcs_length, lcs_places
from eval.metrics.rouge import sentences
from eval.metrics.settings import Tokens
from summarizer.config import data_dir

SETTINGS = ["xlsum", "xlsum-stem", "normalized"]


def score(metric: str, output: str, *references: str, setting: str = "xlsum") -> float:
    measurement = load_metric(metric)([Item("1", output, references, "")], load_setting(setting))
    return float(measurement.per_item[0])


# Reference, output, then R1, R2, RL in per cent, worked out on paper: F = 2 x shared / (tokens + tokens).
HAND_COMPUTED = [
    ("قال الوزير إن الحرب انتهت", "قال الوزير إن الحرب انتهت", 100, 100, 100),
    ("قال الوزير إن الحرب انتهت", "أعلنت فرق الإنقاذ حصيلة", 0, 0, 0),
    # 3 of 5 and 4 tokens; «الوزير إن» «إن الحرب» of 4 and 3 bigrams; the three in order.
    ("قال الوزير إن الحرب انتهت", "الوزير إن الحرب مستمرة", 200 * 3 / 9, 200 * 2 / 7, 200 * 3 / 9),
    # The same words backwards: all unigrams, no bigram, one token in order.
    ("وصل الرئيس باريس", "باريس الرئيس وصل", 100, 0, 200 * 1 / 6),
    # A word said three times counts as often as the reference has it.
    ("نعم نعم لا", "نعم نعم نعم", 200 * 2 / 6, 200 * 1 / 4, 200 * 2 / 6),
    # Punctuation is no token, on either side.
    ("«قال»: الوزير، وصل!", "قال الوزير وصل؟", 100, 100, 100),
    # Digits part from letters and from signs: 4 | كم against 4 | كلم.
    ("على بعد 4كم", "على بعد 4كلم", 200 * 3 / 8, 200 * 2 / 6, 200 * 3 / 8),
    # One word has no bigram.
    ("هدنة", "هدنة", 100, 0, 100),
]


@pytest.mark.parametrize(("reference", "output", "r1", "r2", "rl"), HAND_COMPUTED)
def test_hand_computed(reference: str, output: str, r1: float, r2: float, rl: float) -> None:
    found = [score(metric, output, reference) for metric in ("rouge1", "rouge2", "rougeL")]
    assert found == pytest.approx([r1, r2, rl])


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("metric", ["rouge1", "rouge2", "rougeL", "rougeLsum"])
def test_identical_arabic_is_100_and_disjoint_0(setting: str, metric: str) -> None:
    text = "بات تنظيم الدولة محاصرا في شرق سوريا"
    assert score(metric, text, text, setting=setting) == 100
    assert score(metric, "افتتحت الجامعة مكتبة جديدة أمس", text, setting=setting) == 0


def test_lsum_is_not_l() -> None:
    # Sentences in the other order: summary-level LCS finds both whole, the sequence of all tokens only one of them.
    reference, output = "وصل الوفد صباحا\nانتهت الحرب أمس رسميا", "انتهت الحرب أمس رسميا\nوصل الوفد صباحا"
    assert score("rougeL", output, reference) == pytest.approx(100 * 4 / 7)
    assert score("rougeLsum", output, reference) == 100


def test_lsum_is_a_union_that_counts_no_token_twice() -> None:
    # Lin 2004, section 3.2: w1 w2 w3 w4 w5 against w1 w2 w6 w7 w8 and w1 w3 w8 w9 w5: the union is w1 w2 w3 w5.
    reference = "واحد اثنان ثلاثة أربعة خمسة"
    output = "واحد اثنان ستة سبعة ثمانية\nواحد ثلاثة ثمانية تسعة خمسة"
    assert score("rougeLsum", output, reference) == pytest.approx(200 * 4 / 15)
    # «نعم» stands twice in the output, once in each reference line: two hits, not four.
    assert score("rougeLsum", "نعم نعم", "نعم لا\nنعم لا") == pytest.approx(200 * 2 / 6)


def test_lsum_keeps_arabic_tokens() -> None:
    # The stock and the fork's Lsum fall back to another tokenizer; ours may not score a single sentence below RL.
    text = "انتهت الحرب أمس رسميا"
    assert score("rougeLsum", text, text) == 100


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("جملة أولى\nجملة ثانية", ("جملة أولى", "جملة ثانية")),
        ("انتهت الحرب. عاد الجنود.", ("انتهت الحرب.", "عاد الجنود.")),
        ("سطر واحد", ("سطر واحد",)),
        ("", ()),
        ("\nسطر. آخر.\n", ("سطر.", "آخر.")),
    ],
)
def test_sentences_of_a_summary(text: str, expected: tuple[str, ...]) -> None:
    assert sentences(text) == expected


def test_several_references_best_and_mean() -> None:
    references = ("وصل الرئيس باريس", "عاد الوفد أمس", "وصل الوفد باريس")
    assert score("rouge1", "وصل الرئيس باريس", *references) == 100
    assert score("rouge1_mean", "وصل الرئيس باريس", *references) == pytest.approx(100 * (1 + 0 + 2 / 3) / 3)


def test_hamza_and_ta_marbuta_count_in_xlsum_and_not_in_normalized() -> None:
    reference, output = "المدينه القديمه الى الان", "المدينة القديمة إلى الآن"
    assert score("rouge1", output, reference, setting="xlsum") == 0
    assert score("rouge1", output, reference, setting="normalized") == 100


def test_stems_match_what_words_do_not() -> None:
    assert score("rouge1", "المدارس", "مدارس", setting="xlsum") == 0
    assert score("rouge1", "المدارس", "مدارس", setting="xlsum-stem") == 100


words = st.lists(st.sampled_from("ا ب ت ث ج".split()), max_size=14).map(tuple)


@given(words, words)
def test_lcs_agrees_with_the_table(a: tuple[str, ...], b: tuple[str, ...]) -> None:
    table = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i, left in enumerate(a):
        for j, right in enumerate(b):
            table[i + 1][j + 1] = table[i][j] + 1 if left == right else max(table[i][j + 1], table[i + 1][j])
    places = lcs_places(Tokens(a), Tokens(b))
    assert lcs_length(Tokens(a), Tokens(b)) == table[-1][-1] == len(places)
    assert places == sorted(set(places))
    rest = iter(b)
    assert all(any(a[place] == other for other in rest) for place in places)


@given(words.filter(bool), words.filter(bool))
def test_rouge_is_symmetric_and_bounded(a: tuple[str, ...], b: tuple[str, ...]) -> None:
    left, right = " ".join(a), " ".join(b)
    for metric in ("rouge1", "rouge2", "rougeL"):
        value = score(metric, left, right)
        assert 0 <= value <= 100
        assert value == pytest.approx(score(metric, right, left))
    shared = sum((Counter(a) & Counter(b)).values())
    assert score("rouge1", left, right) == pytest.approx(200 * shared / (len(a) + len(b)))


# Printed by the fork's own code on the 146 articles of xlsum-sample: R1, R2, RL.
PUBLISHED = [
    ("xlsum", "Noon", (18.01, 5.86, 15.70)),
    ("xlsum", "Allam", (15.16, 4.59, 12.78)),
    ("xlsum", "qwen2.5-7b", (14.79, 4.28, 12.38)),
    ("xlsum", "Jais-6.7b", (15.55, 4.73, 13.08)),
    ("xlsum", "llama", (12.50, 2.45, 9.91)),
    ("xlsum-stem", "Noon", (24.62, 7.64, 20.13)),
    ("xlsum-stem", "Allam", (22.74, 6.45, 17.77)),
]


@pytest.mark.parametrize(("setting", "system", "expected"), PUBLISHED)
def test_agrees_with_the_fork_on_published_systems(
    setting: str, system: str, expected: tuple[float, float, float]
) -> None:
    folder = data_dir()
    if folder is None:
        pytest.skip("MUJAZ_DATA is not set")
    lines = (folder / "benchmarks" / "xlsum-sample.jsonl").read_text("utf-8").splitlines()
    references = {row["id"]: row["abstract"] for row in map(json.loads, lines)}
    lines = (folder / "benchmarks" / "xlsum-sample.systems.jsonl").read_text("utf-8").splitlines()
    outputs = {row["id"]: row["outputs"][system] for row in map(json.loads, lines)}
    items = [Item(key, outputs[key], (references[key],), "") for key in references]
    found = [load_metric(name)(items, load_setting(setting)).per_item.mean() for name in ("rouge1", "rouge2", "rougeL")]
    assert found == pytest.approx(expected, abs=0.05)
