from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from summarizer.errors import ConfigError, DataError
from training.corpora import Record
from training.prepare import files as data_files
from training.prepare import main as prepare
from training.prepare.dedup import Benchmarks, drop_near_duplicates, fingerprint, read_benchmarks, shingles
from training.prepare.provenance import iso_date, publisher, topic
from training.prepare.recipe import read_recipe
from training.prepare.split import choose_heldout, same_story

PLACES = """صنعاء بيروت عمان تونس الرباط القاهرة بغداد مسقط الدوحة الكويت المنامة طرابلس الجزائر نواكشوط الخرطوم
دمشق""".split()
GOODS = """القمح القطن الحديد النفط الغاز السكر الأرز الذهب النحاس الفوسفات الأسماك التمور الزيتون الورق الزجاج
الخشب""".split()


def invented(number: int) -> dict[str, str]:
    """An article that no other number tells: all but a few words of its sentences are drawn by ``number``."""
    draw = random.Random(number)
    place, goods, amount = draw.choice(PLACES), draw.choice(GOODS), 100 + 37 * number
    lead = f"استقبل ميناء {place} سفنا تحمل {amount} طن من {goods} بحسب إدارة الميناء {draw.choice(PLACES)} ثم إن"
    rest = ["ومن " + " ".join(draw.choices(PLACES + GOODS, k=14)) + "." for _ in range(6)]
    return {
        "id": f"a{number}",
        "source": "BBC",
        "title": f"ميناء {place} يستقبل {amount} طن من {goods}",
        "body": "\n".join([f"{lead} {' '.join(draw.choices(GOODS, k=6))}.", *rest]),
        "date": f"2018-{1 + number % 9:02d}-{10 + number % 18}",
    }


def write_lines(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return path


def write_recipe(folder: Path, text: str = "") -> Path:
    path = folder / "recipe.toml"
    path.write_text(
        'benchmarks = ["bench.jsonl"]\n[[corpus]]\nreader = "jsonl"\npath = "c.jsonl"\nlicence = "invented"\n' + text,
        encoding="utf-8",
    )
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    articles = [invented(number) for number in range(24)]
    copied = {**articles[5], "id": "copy"}
    measured = {**invented(90), "id": "measured"}
    retitled = {**invented(91), "id": "retitled"}
    write_lines(tmp_path / "c.jsonl", [*articles, copied, measured, retitled, {"id": "short", "body": "نص قصير."}])
    write_lines(tmp_path / "bench.jsonl", [{"body": measured["body"]}, {"title": retitled["title"]}])
    write_recipe(tmp_path, "[split]\nheldout_share = 0.1\nstory_likeness = 0.6\n")
    return tmp_path


def run(folder: Path, out: str = "out", *more: str) -> int:
    recipe = folder / "recipe.toml"
    arguments = ["--recipe", str(recipe), "--data", str(folder), "--out", str(folder / out), "--jobs", "1", *more]
    return prepare.main(arguments)


def rows_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_run_writes_rows_statistics_and_a_page(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder) == 0
    train, heldout = rows_of(folder / "out/train.jsonl"), rows_of(folder / "out/heldout.jsonl")
    statistics = json.loads((folder / "out/statistics.json").read_text(encoding="utf-8"))
    assert json.loads(capsys.readouterr().out) == statistics["rows"]
    assert statistics["rows"]["train"] == len(train) > 20
    assert statistics["rows"]["heldout"] == len(heldout) > 0
    assert {"headline", "bullet"} == {task for row in train for task in row["targets"]}
    assert all(row["source"] and row["targets"] for row in train + heldout)
    reasons = statistics["reasons"]["bbc"]
    assert reasons["articles:benchmark_text"] == reasons["articles:benchmark_title"] == 1
    assert reasons["articles:near_duplicate"] == 1
    assert statistics["reasons"]["c"]["articles:body_short"] == 1
    page = (folder / "out/README.md").read_text(encoding="utf-8")
    assert f"| train | {len(train)} |" in page
    assert "| articles:near_duplicate | 1 |" in page


def test_no_article_stands_on_both_sides_and_the_latest_are_held_out(folder: Path) -> None:
    assert run(folder) == 0
    train, heldout = rows_of(folder / "out/train.jsonl"), rows_of(folder / "out/heldout.jsonl")
    assert not {row["group"] for row in train} & {row["group"] for row in heldout}
    assert min(row["date"] for row in heldout) >= max(row["date"] for row in train)
    everything = {row["group"] for row in train + heldout}
    assert not everything & {"copy", "measured", "retitled", "short"}


def test_two_runs_and_two_processes_give_the_same_bytes(folder: Path) -> None:
    assert run(folder, "one") == run(folder, "two", "--jobs", "2") == 0
    for name in ("train.jsonl", "heldout.jsonl", "lead.jsonl"):
        assert (folder / "one" / name).read_bytes() == (folder / "two" / name).read_bytes()


def test_articles_under_one_id_are_kept_apart(folder: Path) -> None:
    write_lines(folder / "c.jsonl", [{**invented(number), "id": "same"} for number in range(12)])
    assert run(folder) == 0
    rows = rows_of(folder / "out/train.jsonl") + rows_of(folder / "out/heldout.jsonl")
    groups = {row["group"] for row in rows}
    assert {"same", "same#2"} <= groups
    assert all(len({row["date"] for row in rows if row["group"] == group}) == 1 for group in groups)


def test_another_seed_gives_another_order_of_the_same_rows(folder: Path) -> None:
    assert run(folder, "one") == run(folder, "two", "--seed", "1") == 0
    one, two = (rows_of(folder / name / "train.jsonl") for name in ("one", "two"))
    assert one != two
    assert sorted(row["id"] for row in one) == sorted(row["id"] for row in two)


def test_a_folder_with_files_is_never_overwritten(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "out").mkdir()
    (folder / "out/mine.txt").write_text("keep", encoding="utf-8")
    assert run(folder) == ConfigError.exit_code
    assert "empty or new folder" in capsys.readouterr().err
    assert (folder / "out/mine.txt").read_text(encoding="utf-8") == "keep"


@pytest.mark.parametrize("fault", [KeyboardInterrupt, OSError("disk full")])
def test_nothing_half_written_stays(folder: Path, monkeypatch: pytest.MonkeyPatch, fault: Any) -> None:
    def fail(_: object) -> str:
        raise fault

    monkeypatch.setattr(data_files, "write_page", fail)
    assert run(folder) in (130, 6)
    assert not list(folder.glob("out*"))


@pytest.mark.parametrize(
    ("extra", "messages"),
    [
        (
            "[gates]\nmin_body_word = 3\n[split]\nheldout_share = 'x'\n",
            [
                "unknown key gates.min_body_word (did you mean min_body_words or max_body_words?)",
                "split.heldout_share should be a valid number, not 'x'",
            ],
        ),
        (
            "[tasks]\nmax_passage_words = 1.5\nteaser_one_in = true\nwithin_words = 0\n",
            [
                "tasks.max_passage_words should be a valid integer, not 1.5",
                "tasks.teaser_one_in should be a valid integer, not True",
                "tasks.within_words should be greater than or equal to 1, not 0",
            ],
        ),
        (
            "[gates]\nmax_digit_share = 2\nmin_body_words = -1\nmax_first_person = 'few'\n",
            ["gates.max_digit_share should be less", "gates.min_body_words should be greater", "not 'few'"],
        ),
        ("[split]\nstory_likeness = nan\nmost_heldout = 1.0\n", ["not nan", "split.most_heldout", "not 1.0"]),
        ("[tasks]\nteaser_one_in = 0\n", ["tasks.teaser_one_in should be greater than or equal to 1, not 0"]),
        ("[[corpus]]\nreader = 'parket'\n", ["did you mean parquet"]),
        ("[[corpus]]\nreader = 'jsonl'\npath = 'gone.jsonl'\n", ["gone.jsonl is not there"]),
        ("[[corpus]]\nreader = 'jsonl'\n", ["missing ['path']"]),
        ("[[corpus]]\nreader = 'jsonl'\npath = 'gone'\nbdy = 'x'\n", ["unknown ['bdy']", "gone is not there"]),
        ("[[corpus]]\nreader = 'jsonl'\npath = 3\n", ["corpus.1.options.path should be a valid string, not 3"]),
        ("[[corpus]]\npath = 'c.jsonl'\n", ["corpus.1.reader is not set"]),
        ("paragraph_breaks = 'yes'\n", ["corpus.0.paragraph_breaks should be a valid boolean, not 'yes'"]),
        ("[extra]\n", ["unknown key extra (known: corpus, benchmarks, gates, tasks, split)"]),
        ("[[gates]]\n", ["gates should be a table"]),
        ("not toml", ["recipe.toml"]),
    ],
)
def test_every_mistake_of_a_recipe_is_told_at_once(
    folder: Path, capsys: pytest.CaptureFixture[str], extra: str, messages: list[str]
) -> None:
    write_recipe(folder, extra)
    assert run(folder) == ConfigError.exit_code
    printed = capsys.readouterr().err
    assert all(message in printed for message in messages)
    assert not (folder / "out").exists()


def test_a_recipe_without_corpora_is_an_error(tmp_path: Path) -> None:
    for text, told in (("[gates]\n", "corpus is not set"), ("corpus = []\n", "is empty"), ("corpus = 3\n", "a list")):
        (tmp_path / "r.toml").write_text(text, encoding="utf-8")
        with pytest.raises(ConfigError, match=told):
            read_recipe(tmp_path / "r.toml", tmp_path)


def test_a_benchmark_that_is_not_there_is_told_with_all_else(tmp_path: Path) -> None:
    (tmp_path / "r.toml").write_text("benchmarks = ['gone.jsonl', 3]\nsplit = 1\n", encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_recipe(tmp_path / "r.toml", tmp_path)
    assert str(caught.value).split("\n  ")[1:] == [
        "corpus is not set",
        f"benchmarks.0 names no file: {tmp_path / 'gone.jsonl'} is not there",
        "benchmarks.1 should be a valid string, not 3",
        "split should be a table, not 1",
    ]


@pytest.mark.parametrize("path", sorted(Path(__file__).parents[3].glob("training/recipes/prepare-*.toml")), ids=str)
def test_recipes_of_the_repository_are_well_formed(path: Path, tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        read_recipe(path, tmp_path)
    mistakes = str(caught.value).split("\n  ")[1:]
    assert mistakes
    assert all("names no file" in mistake for mistake in mistakes)


def test_a_corpus_that_gives_no_row_is_an_error(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_lines(folder / "c.jsonl", [{"id": "short", "body": "نص قصير."}])
    assert run(folder) == DataError.exit_code
    assert "body_short 1" in capsys.readouterr().err
    assert not (folder / "out").exists()


def test_near_duplicates_name_the_text_they_repeat() -> None:
    texts = {"a": invented(1)["body"], "b": invented(2)["body"], "c": invented(1)["body"] + "\nوغادرت السفن لاحقا."}
    assert drop_near_duplicates(((name, fingerprint(text)) for name, text in texts.items()), 0.5) == {"c": "a"}


def test_benchmarks_forgive_a_shared_phrase_but_not_a_shared_paragraph() -> None:
    words = [f"كلمة{chr(0x627 + n % 20)}{n}" for n in range(60)]
    benchmarks = Benchmarks([" ".join(words)], ["عنوان من ثلاث كلمات"])
    assert benchmarks.reason("عنوان آخر تماما", "", " ".join(words[:9])) == ""
    assert benchmarks.reason("عنوان آخر تماما", "", " ".join(words[:30])) == "benchmark_text"
    assert benchmarks.reason("عنوان من ثلاث كلمات!", "", "") == "benchmark_title"


def test_a_missing_benchmark_is_an_error_not_an_empty_set(tmp_path: Path) -> None:
    with pytest.raises(Exception, match="gone"):
        read_benchmarks([tmp_path / "gone.jsonl"])


def test_shingles_see_through_spelling() -> None:
    assert shingles("أعلنت الإدارةُ ذلك", 3) == shingles("اعلنت الاداره ذلك", 3) != set()


def test_undated_publishers_are_split_by_a_hash() -> None:
    articles = {f"a{n}": ("x", "") for n in range(200)}
    held = choose_heldout(articles, 0.1, 150)
    assert len(held) == 20
    assert held == choose_heldout(dict(reversed(articles.items())), 0.1, 150)
    assert held != {f"a{n}" for n in range(180, 200)}


def test_the_same_story_never_trains_and_tests() -> None:
    sketches = {str(n): fingerprint(invented(n)["body"]) for n in range(4)}
    sketches["again"] = fingerprint(invented(0)["body"] + " وأضاف المتحدث جملة أخيرة.")
    assert same_story({"0"}, sketches, 0.6) == {"again"}


@pytest.mark.parametrize(
    ("text", "id", "expected"),
    [
        ("Sun, 18 Feb 2018 21:35:43 +0400", "", "2018-02-18"),
        ("2017-01-20T21:43:00+01:00", "", "2017-01-20"),
        ("08/07/2015", "", "2015-07-08"),
        ("19/07/09", "", "2009-07-19"),
        ("الاثنين, 20 يوليو/ تموز, 2009, 09:25 GMT", "", "2009-07-20"),
        ("الجمعة 02 غشت 2020 - 19:31", "", "2020-08-02"),
        ("", "BB-sport-63-20180307", "2018-03-07"),
        ("", "BB-sport-63-20012016", "2016-01-20"),
        ("", "BB-sport-63-99999999", ""),
        ("2017-13-20", "", ""),
        ("99/99/2015", "", ""),
        ("أمس", "", ""),
        ("", "", ""),
    ],
)
def test_dates(text: str, id: str, expected: str) -> None:
    assert iso_date(text, id) == expected


@pytest.mark.parametrize(
    ("source", "id", "name", "about"),
    [
        ("BBC", "BB-economy-23-20180131", "bbc", "economy"),
        ("BBC Arabic (OSAC)", "x", "bbc", ""),
        ("okaz", "x", "saudi:okaz", ""),
        ("aleqtisadiya", "x", "saudi:aleqtisadiya", "economy"),
        ("Hespress:economie", "x", "hespress", "economy"),
        ("My Paper", "x", "my paper", ""),
    ],
)
def test_publishers_and_topics(source: str, id: str, name: str, about: str) -> None:
    record = Record(id, source, "", "", "")
    assert (publisher(record.source), topic(record)) == (name, about)
