"""Corruptions of true statements: tables of what becomes of what, and what none of them may do."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest

from training.falsify.exchanges import other_actor, other_nationality, other_place, strange_place, stranger, swap_roles
from training.falsify.kinds import CORRUPTIONS, corrupt
from training.falsify.mentions import attach, find_mentions, split_proclitics
from training.falsify.mixtures import neighbour, other_passage, recombine
from training.falsify.number_changes import number_changed, number_of_source
from training.falsify.positives import reorder
from training.falsify.scene import Scene
from training.falsify.word_changes import antonym, negate
from training.verify_rows import cut_source, main


def scene(statement: str, source: str = "", **more: object) -> Scene:
    return Scene(statement, source or statement, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("روسيا تتهم أوكرانيا بقصف المدنيين", "أوكرانيا تتهم روسيا بقصف المدنيين"),
        ("الجيش التركي يهاجم القوات العراقية", "القوات العراقية تهاجم الجيش التركي"),
        ("الجيش يسلم المدينة للشرطة المحلية", "الشرطة المحلية تسلم المدينة للجيش"),
        ("البرلمان يرد على طلب وزارة الصحة", "وزارة الصحة ترد على طلب البرلمان"),
        ("قوات خاصة تقترب من قرية", None),  # nobody is named
        ("مصر وإيران توقعان اتفاقا في باريس", None),  # «أ و ب» says the same as «ب و أ»
        ("لقاء بين الرئيس المصري ووزير الدفاع الأمريكي", None),
        ("فرنسا تنظم قمة مع ألمانيا", None),
    ],
)
def test_two_actors_change_places(statement: str, expected: str | None) -> None:
    assert swap_roles(scene(statement), Random(0)) == expected


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("تنظيم الدولة يواصل تقدمه في المدينة", "تنظيم الدولة يوقف تقدمه في المدينة"),
        ("الأهلي يفوز على الزمالك بهدفين", "الأهلي يخسر أمام الزمالك بهدفين"),
        ("الوزير ينفي وجود خلايا نائمة", "الوزير يؤكد وجود خلايا نائمة"),
        ("ارتفاع أسعار النفط في الأسواق", "انخفاض أسعار النفط في الأسواق"),
        ("البلدية ستفتح الطريق غدا", "البلدية ستغلق الطريق غدا"),
        ("جدل حول الانسحاب من المدينة", "جدل حول الانضمام إلى المدينة"),
        ("الشركة لا تفتح مصنعا", None),  # a negated verb is left to the negation
        ("كرة ملونة على الطاولة", None),
    ],
)
def test_a_word_becomes_its_opposite(statement: str, expected: str | None) -> None:
    assert antonym(scene(statement), Random(3)) == expected


def test_the_opposite_is_not_written_where_the_source_says_it() -> None:
    assert antonym(scene("النادي يخسر المباراة", "لم يفز الفريق لكن خصمه يفوز دائما"), Random(0)) is None


@pytest.mark.parametrize(
    ("statement", "is_title", "expected"),
    [
        ("إيران تؤيد الاتفاق الجديد", True, "إيران لا تؤيد الاتفاق الجديد"),
        ("إيران لن تؤيد الاتفاق الجديد", True, "إيران تؤيد الاتفاق الجديد"),
        ("وافتتح الوزير المعرض", False, "ولم يفتتح الوزير المعرض"),
        ("نفت الشركة الخبر", False, "لم تنف الشركة الخبر"),
        ("الرئيس سيستقبل الوفد", True, "الرئيس لن يستقبل الوفد"),
        ("اعتقال خمسة في المدينة", True, "نفي اعتقال خمسة في المدينة"),
        ("الحرب لا تزال مستمرة", True, None),  # «لا تزال» affirms
        ("يونس أول متهم", True, None),
    ],
)
def test_a_statement_is_denied_or_its_denial_dropped(statement: str, is_title: bool, expected: str | None) -> None:
    assert negate(scene(statement, is_title=is_title), Random(0)) == expected


def test_numbers_are_taken_from_other_things_of_the_source() -> None:
    source = "قتل 12 جنديا وأصيب 30 مدنيا في الهجوم"
    assert number_of_source(scene("مقتل 12 جنديا في هجوم", source), Random(0)) == "مقتل 30 جنديا في هجوم"
    twice = "قتل 12 جنديا اليوم و30 جنديا أمس"
    assert number_of_source(scene("مقتل 12 جنديا في هجوم", twice), Random(0)) is None


@pytest.mark.parametrize("seed", range(8))
def test_changed_numbers_are_not_in_the_source(seed: int) -> None:
    source = "قتل 12 جنديا و14 مدنيا وسبعة أطفال"
    made = number_changed(scene("مقتل 12 شخصا بينهم سبعة أطفال", source), Random(seed))
    assert made
    assert made != "مقتل 12 شخصا بينهم سبعة أطفال"
    assert " 14 " not in made


def test_an_actor_is_replaced_by_another_one_of_the_source_but_not_by_its_other_name() -> None:
    source = "قالت وزارة الصحة إن الجيش التركي أغلق الطريق. وقال الجيش إنه آسف."
    made = other_actor(scene("الجيش التركي يغلق الطريق", source), Random(0))
    assert made == "وزارة الصحة تغلق الطريق"
    alone = "أغلق الجيش التركي الطريق. وقال الجيش إنه آسف."
    assert other_actor(scene("الجيش التركي يغلق الطريق", alone), Random(0)) is None


def test_places_are_replaced_by_places_of_one_rank() -> None:
    source = "وقع الانفجار في حلب، وهرع جرحى من سوريا إلى دمشق"
    assert other_place(scene("انفجار في حلب", source), Random(0)) == "انفجار في دمشق"
    assert other_place(scene("انفجار في حلب", "وقع في حلب بسوريا"), Random(0)) is None
    made = strange_place(scene("انفجار في حلب", source), Random(0))
    assert made
    assert made.split()[-1] not in source


def test_a_nationality_changes_and_keeps_its_form() -> None:
    source = "هاجمت القوات السورية قرى على الحدود مع تركيا"
    assert other_nationality(scene("هجوم للقوات السورية", source), Random(0)) == "هجوم للقوات التركية"


def test_strangers_are_none_that_the_source_names() -> None:
    strangers = find_mentions("الجيش الفرنسي يزور") + find_mentions("الحكومة تعلن") + find_mentions("الجيش السوري يعلن")
    made = stranger(scene("الشرطة تطلق حملة", "أطلقت الشرطة والجيش السوري حملة", strangers=strangers), Random(0))
    assert made == "الجيش الفرنسي يطلق حملة"


def test_halves_of_two_statements_are_joined_at_one_preposition() -> None:
    first, other = "مقتل خمسة جنود في انفجار سيارة", "الأمطار تغرق ثلاث قرى في وادي النهر الكبير"
    made = recombine(scene(first, elsewhere=[other]), Random(0))
    assert made == "مقتل خمسة جنود في وادي النهر الكبير"
    assert recombine(scene(first, elsewhere=["الوزير يعلن الخبر كله في مؤتمر صحفي"]), Random(0)) is None


def test_statements_of_elsewhere_are_taken_only_when_the_source_does_not_bear_them_out() -> None:
    source = "فاز فريق الميناء على ضيفه النهضة بهدفين نظيفين"
    supported, other = "فريق الميناء يفوز على النهضة", "المدرب يستقيل من منصبه بعد أشهر"
    assert neighbour(scene("فوز الميناء", source, neighbours=[supported, other]), Random(0)) == other
    assert other_passage(scene("فوز الميناء", source, elsewhere=[supported, other]), Random(0)) == other
    assert other_passage(scene("فوز الميناء", source, elsewhere=[supported]), Random(0)) is None


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("والجيش", ("و", "الجيش", True)),
        ("للجيش", ("ل", "الجيش", True)),
        ("بالعراق", ("ب", "العراق", True)),
        ("لروسيا", ("ل", "روسيا", False)),
        ("ليبيا", ("", "ليبيا", False)),
        ("والده", ("", "والده", False)),
        ("التقى", ("", "التقى", False)),
    ],
)
def test_proclitics_part_from_nouns(word: str, expected: tuple[str, str, bool]) -> None:
    assert split_proclitics(word) == expected


def test_proclitics_join_nouns_again() -> None:
    assert attach("ل", "العراق") == "للعراق"
    assert attach("ول", "اللجنة") == "وللجنة"
    assert attach("ب", "مصر") == "بمصر"


def test_a_sentence_takes_the_order_of_a_headline() -> None:
    assert (
        reorder("أعلنت الشرطة العراقية أن سلسلة تفجيرات وقعت أمس.") == "الشرطة العراقية تعلن أن سلسلة تفجيرات وقعت أمس"
    )
    assert reorder("أعلن القيادي في حركة حماس محمود الزهار أن الحركة باقية") is None


def test_no_corruption_says_what_is_known_to_be_true() -> None:
    truth = "أوكرانيا تتهم روسيا بقصف المدنيين"
    made = {
        kind
        for seed in range(40)
        if (found := corrupt(scene("روسيا تتهم أوكرانيا بقصف المدنيين", truths=[truth]), Random(seed)))
        for kind, statement in [found]
        if statement != truth
    }
    assert made
    assert "role_swap" not in made


def test_a_corruption_is_the_same_at_every_run() -> None:
    one, other = (corrupt(scene("الجيش التركي يهاجم القوات العراقية"), Random("a1")) for _ in range(2))
    assert one == other


def test_a_source_is_cut_at_the_sentence_where_its_support_ends() -> None:
    source = "\n".join(f"جملة رقمها {number} فيها عشر كلمات كاملة لا تزيد أبدا ولا تنقص." for number in range(40))
    cut = cut_source(source, 30, "a1")
    assert source.startswith(cut)
    assert 30 <= len(cut.split()) <= 30 + 30 + 13
    assert cut.endswith("تنقص.")
    assert cut_source(source, 400, "a1") == ""


def _row(number: int, source: str, targets: dict[str, str]) -> dict[str, object]:
    return {
        "id": f"a{number}", "group": f"a{number}", "source_name": "bbc", "date": "2018-05-24", "needs_words": 8,
        "source": source, "targets": targets,
    }  # fmt: skip


def _prepared(folder: Path) -> Path:
    sources = [
        ("هاجم الجيش التركي القوات العراقية قرب حلب وقتل 12 جنديا.", "الجيش التركي يهاجم القوات العراقية قرب حلب"),
        ("أعلنت وزارة الصحة ارتفاع عدد المصابين في مصر إلى 40 مصابا.", "وزارة الصحة تعلن ارتفاع عدد المصابين في مصر"),
    ]
    rows = [_row(number, *(text, {"bullet": title})) for number, (text, title) in enumerate(sources * 3)]
    rows += [_row(9, "\n".join(text for text, _ in sources), {"headline": sources[0][1]})]
    for name in ("train", "heldout"):
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
    return folder


def test_the_command_writes_pairs_of_true_and_false_statements(tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = [str(_prepared(tmp_path)), "--out", str(out), "--rows", "18", "--heldout-rows", "10"]
    assert main(command) == 0
    first = (out / "verify-train.jsonl").read_bytes()
    rows = [json.loads(line) for line in first.decode().splitlines()]
    assert {row["label"] for row in rows} == {"yes", "no"}
    assert sum(row["label"] == "yes" for row in rows) == len(rows) / 2
    assert all(row["kind"] in CORRUPTIONS for row in rows if row["label"] == "no")
    assert {row["statement"] for row in rows if row["label"] == "no"}.isdisjoint(
        row["statement"] for row in rows if row["label"] == "yes"
    )
    assert main(command) == 0
    assert (out / "verify-train.jsonl").read_bytes() == first


def test_a_row_that_was_not_prepared_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "train.jsonl").write_text('{"id": "a1"}\n', encoding="utf-8")
    assert main([str(tmp_path), "--out", str(tmp_path / "out")]) == 6
    assert "train.jsonl:1" in capsys.readouterr().err
