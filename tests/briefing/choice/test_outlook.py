from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from summarizer.briefing.choice.features import features
from summarizer.briefing.choice.learned import Trees
from summarizer.briefing.choice.outlook import Outlook, choose, news_sentence, outlooks
from summarizer.briefing.choice.sentence import read_all
from summarizer.briefing.choice.weights import COMMITTED, read
from summarizer.errors import ConfigError, DataError

STORY = [
    "أعلنت وزارة الصحة المصرية، اليوم الثلاثاء، افتتاح مستشفى جديد في الإسكندرية يضم 300 سرير.",
    "وقالت الوزيرة إن المستشفى سيستقبل المرضى من محافظات الدلتا ابتداء من الشهر المقبل.",
    "وأضافت أنه سيضم أقساما للجراحة والقلب وطب الأطفال.",
    "وبلغت تكلفة بناء المستشفى مليار جنيه، مولها البنك الدولي وصندوق تحيا مصر.",
    "وهذا كل شيء؟",
]


def test_every_sentence_has_its_chances() -> None:
    seen = outlooks(STORY)
    assert len(seen) == len(STORY)
    assert all(0 <= chance <= 1 for one in seen for chance in (one.important, one.stands, one.news))
    assert news_sentence(seen) == 0
    assert min(seen, key=lambda one: one.important) == seen[4]
    assert seen[0].stands > seen[2].stands


@pytest.mark.parametrize("sentences", [[], [""], ["..."], ["", "abc 5", "😀"], ["و" * 5_000], ["كلمة " * 3_000]])
def test_odd_sentences(sentences: list[str]) -> None:
    assert len(outlooks(sentences)) == len(sentences)
    assert np.isfinite(features(read_all(sentences))[1]).all()


def test_views_need_weights_that_were_fitted_with_them() -> None:
    with pytest.raises(ConfigError, match="no views"):
        outlooks(STORY, views=np.zeros((len(STORY), 2)))


@pytest.mark.parametrize("change", [{"version": 0}, {"trees": 1}, None])
def test_weights_of_another_version_are_refused(tmp_path: Path, change: dict[str, int] | None) -> None:
    path = tmp_path / "choice.json"
    kept = json.loads(COMMITTED.read_text(encoding="utf-8"))
    path.write_text("[1" if change is None else json.dumps(change if "trees" in change else kept | change), "utf-8")
    with pytest.raises(DataError, match=r"version 1.*training\.choice"):
        read(path)


def test_the_committed_weights_have_their_card() -> None:
    questions = read().card["questions"]
    assert {"important", "stands", "news"} <= set(questions)
    assert questions["stands"]["auc_held_out"] > 0.85


def test_no_two_that_say_the_same_and_none_that_repeats_the_standfirst() -> None:
    sentences = [
        "افتتحت الوزارة مستشفى الإسكندرية الكبير أمس",
        "مستشفى الإسكندرية الكبير افتتحت الوزارة أمس",
        "بلغت التكلفة مليار جنيه مصري كاملة",
        "كلف البناء مليار جنيه مصري بلغت التكلفة كاملة",
        "يضم المبنى أقساما للجراحة والقلب",
    ]
    seen = [Outlook(chance, 0.5, 0.0) for chance in (0.9, 0.8, 0.5, 0.6, 0.2)]
    assert choose(sentences, seen, 2, besides=(0,)) == [3, 4]
    assert choose(sentences, seen, 9, besides=(0,))[:2] == [3, 4]
    assert sorted(choose(sentences, seen, 9)) == [0, 1, 2, 3, 4]
    assert choose([], [], 3) == []


def test_trees_are_walked_and_kept() -> None:
    trees = Trees(np.array([[0, 1, 1]]), np.array([[0.5, 1.0, 2.0]]), np.array([[1.0, 2.0, 3.0, 4.0]]), 10.0)
    table = np.array([[0.0, 0.0], [0.0, 1.5], [1.0, 1.5], [1.0, 3.0]])
    assert trees.score(table).tolist() == [11.0, 12.0, 13.0, 14.0]
    assert Trees.of(json.loads(json.dumps(trees.to_json()))).score(table).tolist() == [11.0, 12.0, 13.0, 14.0]
