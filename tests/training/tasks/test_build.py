from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from training.tasks.build import TEASER, TaskOptions, build_rows, first_sentence, keeps_teaser, passages, source_text
from training.tasks.gates import Gates
from training.tasks.row import CleanArticle

LEAD = "استقبل ميناء المدينة ألف سفينة تجارية من دول كثيرة في آسيا وأوروبا، بحسب ما قال بيان لإدارة الميناء عن السفن."
SECOND = (
    "وقال مدير الميناء إن ألف سفينة رقم لم يبلغه الميناء من قبل، وإن السفن التجارية جاءت من دول كثيرة في آسيا وأوروبا."
)
THIRD = "وتعتزم الإدارة توسعة الأرصفة خلال عامين حتى يستقبل الميناء السفن الكبيرة، بعد أن شكا تجار المدينة الانتظار."
FOURTH = (
    "ويعمل في الميناء رجال ونساء من أحياء المدينة كلها، وتقول الإدارة إنها توظف آخرين مع بدء العمل في الرصيف الجديد."
)
TITLE = "ميناء المدينة يستقبل ألف سفينة تجارية"
STANDFIRST = "ميناء المدينة يستقبل ألف سفينة تجارية من دول كثيرة."
ARTICLE = CleanArticle("a1", "bbc", "economy", "2018-05-24", TITLE, "", (LEAD, SECOND, THIRD, FOURTH))
GATES = Gates(min_body_words=30)


def rows_of(article: CleanArticle, **options: Any) -> tuple[dict[str, dict[str, Any]], Counter[str]]:
    counts: Counter[str] = Counter()
    made = build_rows(article, GATES, TaskOptions(**options), counts)
    return {str(row["id"]): {**row, "stage": stage} for stage, row in made}, counts


def test_an_article_gives_a_headline_and_a_bullet_of_its_lead() -> None:
    rows, counts = rows_of(ARTICLE)
    assert rows["a1"]["targets"] == {"headline": TITLE}
    assert rows["a1"]["source"] == "\n".join(ARTICLE.paragraphs)
    assert rows["a1~b0"]["targets"] == {"bullet": TITLE}
    assert rows["a1~b0"]["source"] == LEAD
    assert {row["group"] for row in rows.values()} == {"a1"}
    assert counts["headline:kept"] == counts["bullet:kept"] == 1


def test_rows_say_where_they_come_from() -> None:
    row = rows_of(ARTICLE)[0]["a1"]
    assert (row["source_name"], row["topic"], row["date"]) == ("bbc", "economy", "2018-05-24")
    assert row["weight"] == 2.0
    assert 0.6 <= row["support"] <= 1.0
    assert 0 < row["needs_words"] <= 240


def test_a_standfirst_gives_a_second_row_without_the_lead() -> None:
    rows, _ = rows_of(replace(ARTICLE, standfirst=STANDFIRST), rest_support=0.5)
    assert rows["a1"]["targets"] == {"headline": TITLE, "standfirst": STANDFIRST}
    assert rows["a1~rest"]["source"].startswith(SECOND)
    assert "a1~lead" not in rows


def test_a_lead_is_a_summary_of_the_rest_only_in_its_own_stage() -> None:
    rows, _ = rows_of(ARTICLE, lead_support=0.3)
    assert rows["a1~lead"]["stage"] == "lead"
    assert rows["a1~lead"]["targets"] == {"standfirst": LEAD}
    assert LEAD not in rows["a1~lead"]["source"]
    assert all(row["stage"] == "main" for name, row in rows.items() if name != "a1~lead")


def test_a_chapeau_is_the_standfirst_and_no_part_of_the_source() -> None:
    chapeau = STANDFIRST.replace(".", " بحسب بيان لإدارة الميناء.")
    article = replace(ARTICLE, source_name="france24", paragraphs=(f"{chapeau} وقال المدير نعم.", *ARTICLE.paragraphs))
    rows, _ = rows_of(article)
    assert rows["a1"]["targets"]["standfirst"] == chapeau
    assert rows["a1"]["source"].startswith(LEAD)


def test_a_number_that_the_body_lacks_drops_the_headline_and_is_counted() -> None:
    rows, counts = rows_of(replace(ARTICLE, title="ميناء المدينة يستقبل 3 آلاف سفينة تجارية"))
    assert not any("headline" in row["targets"] or "bullet" in row["targets"] for row in rows.values())
    assert counts["headline:number_unsupported"] == 1


def test_a_paraphrase_loses_its_quotation_marks() -> None:
    rows, _ = rows_of(replace(ARTICLE, title="ميناء المدينة «يستقبل ألف سفينة»"))
    assert rows["a1"]["targets"]["headline"] == "ميناء المدينة يستقبل ألف سفينة"


def test_a_weekday_that_the_source_lacks_is_left_out_of_a_standfirst() -> None:
    dated = STANDFIRST.replace("يستقبل", "يستقبل يوم الخميس")
    rows, _ = rows_of(replace(ARTICLE, standfirst=dated))
    assert rows["a1"]["targets"]["standfirst"] == STANDFIRST


def test_columns_of_newspapers_are_told_by_their_lead() -> None:
    column = replace(ARTICLE, source_name="saudi:okaz", paragraphs=(THIRD, FOURTH, FOURTH[::-1], LEAD))
    assert rows_of(replace(column, paragraphs=ARTICLE.paragraphs))[0]["a1"]["weight"] == 0.7
    title = "آخرون مع بدء العمل في الرصيف الجديد"
    far = replace(column, title=title, paragraphs=(LEAD, SECOND, THIRD, FOURTH * 1))
    rows, counts = rows_of(replace(far, paragraphs=(LEAD * 2, SECOND * 2, THIRD, FOURTH)))
    assert "a1" not in rows
    assert counts["headline:not_in_lead"] == 1


@pytest.mark.parametrize(
    ("title", "is_teaser"),
    [
        (TITLE, False),
        ("هل يستقبل الميناء ألف سفينة", True),
        ("لماذا شكا تجار المدينة", True),
        ("الميناء يستقبل ألف سفينة!", True),
        ("هذا ما قاله مدير الميناء", True),
        ("قرار صادم من مدير الميناء", True),
        ("هلال رمضان يظهر في المدينة", False),
        ("ماليزيا تستقبل ألف سفينة", False),
    ],
)
def test_teasers(title: str, is_teaser: bool) -> None:
    assert bool(TEASER.search(title)) is is_teaser


def test_teasers_are_rare_headlines_and_never_bullets() -> None:
    kept = [number for number in range(4000) if keeps_teaser(f"a{number}", 8)]
    assert 350 <= len(kept) <= 650
    asked = [replace(ARTICLE, id=f"a{number}", title=f"{TITLE}؟") for number in (kept[0], kept[0] + 1)]
    made, left_out = ([task for row in rows_of(article)[0].values() for task in row["targets"]] for article in asked)
    assert "headline" in made
    assert "headline" not in left_out
    assert "bullet" not in made + left_out


def test_passages_are_whole_sentences_within_the_limit() -> None:
    long = " ".join([LEAD] * 6)
    article = replace(ARTICLE, paragraphs=(long, "قصيرة جدا."))
    (passage,) = passages(article, max_words=40)
    assert long.startswith(passage)
    assert passage.endswith(".")
    assert len(passage.split()) <= 40


def test_source_text_stops_at_a_paragraph_but_keeps_the_first() -> None:
    assert source_text(ARTICLE, max_words=1) == LEAD
    assert source_text(ARTICLE, max_words=len(f"{LEAD} {SECOND}".split())) == f"{LEAD}\n{SECOND}"
    assert source_text(ARTICLE, max_words=10**6) == "\n".join(ARTICLE.paragraphs)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{LEAD} {SECOND}", LEAD),
        (f"قال نعم. {SECOND}", f"قال نعم. {SECOND}"),
        (LEAD, LEAD),
    ],
)
def test_first_sentence(text: str, expected: str) -> None:
    assert first_sentence(text) == expected
