"""A small benchmark of our own sentences, shared by the tests of this folder."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from summarizer.arabic.sentences.split import split_sentences

ARTICLES = [
    (
        "fire",
        "حريق في مصنع للنسيج بطنجة",
        "أصيب أربعون عاملا في حريق اندلع فجر الأحد في مصنع للنسيج بمدينة طنجة.",
        "اندلع حريق كبير فجر الأحد في مصنع للنسيج بمدينة طنجة. وأصيب 40 عاملا بجروح نقلوا على إثرها إلى المستشفى. "
        "وقال رئيس البلدية إن التحقيق بدأ لمعرفة أسباب الحريق. وأغلقت الشرطة الشوارع القريبة من المصنع.",
    ),
    (
        "bridge",
        "افتتاح جسر جديد على النهر",
        "افتتح وزير النقل جسرا جديدا يربط ضفتي النهر بعد ثلاث سنوات من الأشغال.",
        "افتتح وزير النقل الاثنين جسرا جديدا يربط ضفتي النهر. واستغرقت الأشغال ثلاث سنوات وكلفت 12 مليون دينار. "
        "وقال الوزير إن الجسر سيخفف الازدحام في وسط المدينة. ويتوقع أن تعبره 9 آلاف سيارة كل يوم.",
    ),
    (
        "harvest",
        "تراجع محصول الزيتون",
        "تراجع إنتاج الزيتون هذا العام بسبب الجفاف وفق اتحاد المزارعين.",
        "قال اتحاد المزارعين إن إنتاج الزيتون تراجع هذا العام بنسبة 30 في المئة. وعزا الاتحاد التراجع إلى الجفاف. "
        "وطالب الحكومة بدعم صغار المزارعين قبل حلول الشتاء. وكان الموسم الماضي أفضل موسم منذ عشر سنوات.",
    ),
]


def rows() -> list[dict[str, str]]:
    """The articles as benchmark rows."""
    return [{"id": i, "title": t, "abstract": a, "body": b} for i, t, a, b in ARTICLES]


@pytest.fixture
def jsonl(tmp_path: Path) -> Callable[..., Path]:
    """Write rows (or lines as they are) to a file under the test's folder; its path."""

    def write(name: str, lines: list[object]) -> Path:
        path = tmp_path / name
        texts = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
        path.write_text("\n".join(texts) + "\n", encoding="utf-8")
        return path

    return write


@pytest.fixture
def articles(jsonl: Callable[..., Path]) -> Path:
    """The three articles as a benchmark file."""
    return jsonl("news.jsonl", rows())


@pytest.fixture
def outputs(jsonl: Callable[..., Path]) -> Path:
    """Two systems' outputs for the three articles."""
    return jsonl("two.jsonl", [{"id": i, "outputs": {"good": a, "other": t}} for i, t, a, _ in ARTICLES])


BULLETS: dict[str, list[tuple[str, list[int], str]]] = {
    "fire": [
        ("إصابة 40 عاملا في حريق مصنع طنجة", [1], "أصيب 40 عاملا بجروح"),
        ("التحقيق في أسباب حريق مصنع طنجة", [2], "التحقيق بدأ لمعرفة أسباب الحريق"),
        ("إغلاق الشوارع القريبة من مصنع طنجة", [2, 3], ""),
    ],
    "bridge": [
        ("الجسر كلف 12 مليون دينار في ثلاث سنوات", [1], "استغرقت الأشغال ثلاث سنوات وكلفت 12 مليون دينار"),
        ("الوزير: الجسر يخفف الازدحام", [2], "الجسر سيخفف الازدحام في وسط المدينة"),
    ],
    "harvest": [("الاتحاد يطالب بدعم صغار المزارعين", [2], "طالب الحكومة بدعم صغار المزارعين")],
}


def brief_rows() -> list[dict[str, Any]]:
    """The rows of ``dev.jsonl``."""
    found = []
    for key, title, abstract, body in ARTICLES:
        sentences = [span.of(body) for span in split_sentences(body)]
        bullets = [{"text": text, "sentences": places} for text, places, _ in BULLETS[key]]
        cuts = {"headline": title, "standfirst": sentences[0], "bullets": [cut for _, _, cut in BULLETS[key]]}
        row = {"id": key, "sentences": sentences, "headline": title, "standfirst": abstract}
        found.append({**row, "bullets": bullets, "cuts": cuts})
    return found


def write(path: Path, lines: list[Any]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return path


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder of corpora with the articles in a benchmark and their briefs."""
    write(tmp_path / "data" / "benchmarks" / "bbc-2018h2.jsonl", rows())
    write(tmp_path / "data" / "briefs" / "dev.jsonl", brief_rows())
    return tmp_path / "data"
