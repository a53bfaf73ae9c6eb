"""The metrics beside ROUGE: chrF against sacrebleu, the others against counts made by hand."""

from __future__ import annotations

import math

import pytest
from sacrebleu.metrics.chrf import CHRF

from eval.metrics import METRICS, load_metric, measure_all, score_all
from eval.metrics.base import Item
from eval.metrics.support import reports, unsupported_claims
from summarizer.errors import UnknownName

SOURCE = "أعلن وزير الصحة أن 40 شخصا أصيبوا في حريق بمدينة طنجة. وقال إن الحريق بدأ فجرا في مصنع للنسيج."


def value(metric: str, output: str, *references: str, source: str = SOURCE) -> float:
    return float(load_metric(metric)([Item("1", output, references or ("مرجع",), source)]).per_item[0])


def test_chrf_is_the_public_score_of_sacrebleu() -> None:
    outputs = ["أصيب 40 شخصا في حريق", "الحريق بدأ فجرا", "لا شيء"]
    references = [("إصابة 40 شخصا بحريق في طنجة",), ("بدأ الحريق فجرا",), ("xyz",)]
    items = [Item(str(i), o, r, "") for i, (o, r) in enumerate(zip(outputs, references, strict=True))]
    measurement = load_metric("chrf")(items)
    value = float(measurement.combine(measurement.statistics.sum(axis=0)))
    assert value == pytest.approx(CHRF().corpus_score(outputs, [[r[0] for r in references]]).score)
    for item, one in zip(items, measurement.per_item, strict=True):
        assert one == pytest.approx(CHRF().sentence_score(item.output, list(item.references)).score)


def test_chrf_takes_the_best_of_an_uneven_number_of_references() -> None:
    items = [Item("1", "بدأ الحريق فجرا", ("شيء آخر تماما", "بدأ الحريق فجرا"), ""), Item("2", "أب", ("أب",), "")]
    measurement = load_metric("chrf")(items)
    assert measurement.per_item == pytest.approx([100, 100])
    assert measurement.fields["refs"] == "1-2"


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        ("أعلن وزير الصحة", 0),
        ("وزير الصحه أعلن", 50),  # one of two bigrams is the article's, whatever its spelling
        ("حريق مدمر جديد", 100),
    ],
)
def test_novelty(output: str, expected: float) -> None:
    assert value("novelty", output) == expected


def test_novelty_does_not_apply_to_one_word() -> None:
    assert math.isnan(value("novelty", "حريق"))


def test_length_and_compression() -> None:
    assert value("length", "أصيب 40 شخصا.") == 3
    assert value("compression", "واحد اثنان", source="كلمة " * 50) == pytest.approx(4)
    assert math.isnan(value("compression", "واحد", source="..."))


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        ("حريق يلتهم مصنعا\nحريق يلتهم مصنعا", 100),
        ("حريق يلتهم مصنعا\nوزير يزور طنجة", 0),
        # Three pairs: the first two share two of four content words, the third shares nothing with either.
        ("حريق مصنع طنجة\nحريق مصنع فاس\nوزير صحة", 100 * (2 / 4) / 3),
    ],
)
def test_redundancy(output: str, expected: float) -> None:
    assert value("redundancy", output) == pytest.approx(expected)


def test_redundancy_does_not_apply_to_one_statement() -> None:
    assert math.isnan(value("redundancy", "حريق يلتهم مصنعا"))


def test_coverage_is_the_mean_over_references_of_content_words_found() -> None:
    assert value("coverage", "حريق في طنجة", "حريق طنجة") == 100
    assert value("coverage", "حريق في طنجة", "حريق طنجة", "وزير الصحة") == 50
    assert math.isnan(value("coverage", "حريق", "في على من"))


def test_all_metrics_of_single_references_and_their_scores() -> None:
    items = [Item(str(i), "بدأ الحريق فجرا في مصنع", ("بدأ الحريق فجرا",), SOURCE) for i in range(4)]
    measurements = measure_all(items)
    assert "xlsum.rouge1_mean" not in measurements
    assert "redundancy" not in measurements
    scores = score_all(measurements, resamples=50)
    assert scores["xlsum.rouge1"].value == pytest.approx(200 * 3 / 8)
    for key, score in scores.items():
        assert score.low <= score.value + 1e-9
        assert score.high >= score.value - 1e-9
        assert score.signature.get("metric") == key.rpartition(".")[2]
        assert score.signature.get("n") == "4"
        if "." in key:
            assert score.signature.get("setting") == key.partition(".")[0]


def test_several_references_bring_the_mean_variants() -> None:
    items = [Item("1", "بدأ الحريق", ("بدأ الحريق", "حريق كبير"), SOURCE)]
    assert {"xlsum.rouge1_mean", "normalized.rougeL_mean"} <= measure_all(items).keys()


def test_every_line_of_the_table_loads() -> None:
    assert all(callable(load_metric(name)) for name in METRICS)
    with pytest.raises(UnknownName, match="rouge1"):
        load_metric("rouge-1")


def test_bertscore_of_a_local_encoder(tmp_path_factory: pytest.TempPathFactory) -> None:
    transformers = pytest.importorskip("transformers")
    tokenizers = pytest.importorskip("tokenizers")
    from eval.metrics.bertscore import bertscore

    folder = tmp_path_factory.mktemp("encoder")
    words = "[PAD] [UNK] [CLS] [SEP] [MASK] بدأ الحريق فجرا انتهى أمس".split()
    vocabulary = {word: i for i, word in enumerate(words)}
    model = tokenizers.Tokenizer(tokenizers.models.WordLevel(vocabulary, unk_token="[UNK]"))
    model.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    model.post_processor = tokenizers.processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    fast = transformers.PreTrainedTokenizerFast(
        tokenizer_object=model, unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]", pad_token="[PAD]"
    )
    fast.save_pretrained(folder)
    config = transformers.BertConfig(
        vocab_size=len(words), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16
    )
    transformers.BertModel(config).save_pretrained(folder)
    measurement = bertscore(str(folder))(
        [Item("1", "بدأ الحريق فجرا", ("بدأ الحريق فجرا",), ""), Item("2", "بدأ الحريق فجرا", ("انتهى أمس",), "")]
    )
    assert measurement.per_item[0] == pytest.approx(100, abs=0.01)
    assert measurement.per_item[1] < 100
    assert measurement.fields["layer"] == "-1"


def test_support_is_of_each_line_and_its_claims_point_into_the_output() -> None:
    good, bad = "أصيب 40 شخصا في حريق بمدينة طنجة", "أصيب 70 شخصا في حريق بمدينة طنجة"
    assert value("supported", good) == 100
    assert value("supported", bad) == 0
    assert value("supported", f"{good}\n{bad}") == 0
    assert value("support", f"{good}\n{bad}") == pytest.approx((value("support", good) + value("support", bad)) / 2)
    output = f"{good}\n{bad}"
    assert [claim.span.of(output) for claim in unsupported_claims(output, SOURCE)] == ["70"]


def test_claims_are_counted_over_all_outputs() -> None:
    items = [
        Item("1", "أصيب 40 شخصا، منهم 7 أطفال، في حريق قبل 12 يوما", ("x",), SOURCE),
        Item("2", "أصيب 40 شخصا", ("x",), SOURCE),
        Item("3", "بدأ الحريق فجرا", ("x",), SOURCE),
    ]
    measurement = load_metric("claims")(items)
    numbers = [claim for item in items for _, report in reports(item.output, SOURCE) for claim in report.claims]
    assert len(numbers) == 4
    assert float(measurement.combine(measurement.statistics.sum(axis=0))) == 50
    assert measurement.per_item[1] == 100
    assert math.isnan(measurement.per_item[2])
    assert measurement.count == 2
