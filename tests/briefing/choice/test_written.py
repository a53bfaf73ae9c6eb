from __future__ import annotations

import json

import pytest

from summarizer.briefing.choice.outlook import choose, outlooks_of
from summarizer.briefing.choice.sentence import read_all
from summarizer.briefing.choice.written import COMMITTED, Written, committed, table_of
from summarizer.errors import DataError

SHORT = "أعلن وزير المالية خفض الضرائب على الشركات الصغيرة في يناير المقبل."
LONG = (
    "وكان الوزير قد أوضح في كلمة ألقاها أمام اللجنة التي شكلها المجلس في العام الماضي لدراسة ما تقدمت به النقابات من "
    "مطالب تتعلق بالأجور والإجازات والتأمينات أنها ستعود إلى الاجتماع مرة أخرى بعد أن ينتهي الأعضاء من قراءة ما جاء "
    "في التقرير الذي أعدته لجنة أخرى كانت قد شكلت لهذا الغرض من قبل."
)
READ = read_all([SHORT, LONG, SHORT.replace("الصغيرة", "الكبيرة")])


def test_about_a_short_sentence_a_bullet_comes_out_sooner() -> None:
    first, second, third = committed().chances(READ, outlooks_of(READ))
    assert min(first, third) > second
    assert all(0 < one < 1 for one in (first, second, third))


def test_an_article_without_sentences_has_no_chances() -> None:
    names, found = table_of(READ, outlooks_of(READ))
    assert found.shape == (3, len(names))


@pytest.mark.parametrize(
    ("changed", "told"), [({"version": 0}, r"version 0 in written\.json"), ({"names": ["kept"]}, "weights for 1")]
)
def test_weights_of_other_features_are_refused(changed: dict[str, object], told: str) -> None:
    table = json.loads(COMMITTED.read_text("utf-8"))
    with pytest.raises(DataError, match=told):
        Written({**table, **changed}).chances(READ, outlooks_of(READ))


def test_worth_counts_beside_importance() -> None:
    texts, seen = [one.text for one in READ], outlooks_of(READ)
    assert choose(texts, seen, 1, worth=[0.0, 1.0, 0.0]) == [1]
    assert choose(texts, seen, 1, worth=[0.0, 0.0, 1.0]) == [2]
