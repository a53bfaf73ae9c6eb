"""The page: self-contained, escaped, right to left, and honest about what it cannot show."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path

import pytest

from eval.report.cards import marked
from eval.report.main import main
from eval.report.plots import HEIGHT, WIDTH, Axis, Point, axis, scatter
from eval.run.main import main as run_main

Write = Callable[..., Path]

VOID = {"meta", "br", "line", "circle"}


class Page(HTMLParser):
    """Checks that tags nest, and collects attributes and text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.words: list[str] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@pytest.fixture
def folder(articles: Path, jsonl: Write, tmp_path: Path) -> Path:
    out = tmp_path / "out"
    texts = ["أصيب 70 عاملا في <حريق> بطنجة", "جسر جديد & طريق", "تراجع محصول الزيتون"]
    rows = [{"id": i, "outputs": {"<script>x": t}} for i, t in zip(["fire", "bridge", "harvest"], texts, strict=True)]
    systems = ["--system", "lead-1", "--system", "extractive", "--system", str(jsonl("o.jsonl", rows))]
    assert run_main(["--benchmark", str(articles), *systems, "--out", str(out), "--quiet"]) == 0
    return out


def test_the_page_is_whole_escaped_and_asks_nobody(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(folder), "--articles", "2"]) == 0
    path = folder / "report.html"
    assert capsys.readouterr().out.strip() == str(path)
    text = path.read_text("utf-8")
    page = Page(text)
    assert not re.search(r"https?:|//[a-z]|@import|url\(|\$[a-z{]", text)
    assert not [
        a for a in page.attributes if a[1] in ("src", "srcset", "onclick") or (a[1] == "href" and a[2][0] != "#")
    ]
    assert "default-src 'none'" in text
    assert "<script>x" not in text
    assert "<حريق" not in text
    assert "&lt;حريق&gt;" in text
    assert ("p", "dir", "rtl") in page.attributes
    assert text.count('<details class="card"') == 2
    assert re.search('<mark class="claim-number" title="[^"]+">70', text)
    assert "signature" in text
    assert "metric:rouge1,rouge2,rougeL|setting:xlsum|" in text
    assert text.count("<svg viewBox") == 3
    table = (folder / "report.md").read_text("utf-8")
    assert "### news: standfirst" in table
    assert "| lead-1 |" in table


def test_several_runs_make_one_page(folder: Path, articles: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    run = ["--benchmark", str(articles), "--task", "headline", "--system", "lead-1", "--out", str(other), "--quiet"]
    assert run_main(run) == 0
    page = tmp_path / "page.html"
    assert main([str(folder), str(other), "--out", str(page)]) == 0
    text = page.read_text("utf-8")
    assert 'href="#run1"' in text
    assert 'id="run1"' in text
    assert "news: headline" in text


def test_articles_that_changed_since_are_not_shown(
    folder: Path, articles: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    articles.write_text(articles.read_text("utf-8").replace("طنجة", "فاس"), "utf-8")
    assert main([str(folder)]) == 0
    assert "Articles are not shown" in capsys.readouterr().err
    text = (folder / "report.html").read_text("utf-8")
    assert '<details class="card"' not in text
    assert "Articles are not shown" in text
    articles.unlink()
    assert main([str(folder)]) == 0


def test_a_folder_without_results_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)]) == 6
    assert "results.json" in capsys.readouterr().err


def test_marks_cover_spans_once_and_keep_every_character() -> None:
    claims = [
        {"start": 5, "end": 7, "kind": "number", "reason": "2 & 3"},
        {"start": 0, "end": 4, "kind": "name", "reason": ""},
        {"start": 5, "end": 6, "kind": "date", "reason": "inside the other"},
    ]
    text = marked("أحمد 70\n<ok>", claims)
    assert text == (
        '<mark class="claim-name" title="name: not in the article">أحمد</mark> '
        '<mark class="claim-number" title="number: 2 &amp; 3">70</mark><br>&lt;ok&gt;'
    )


@pytest.mark.parametrize(
    ("axis", "ticks"),
    [
        (Axis("x", 0, 10), [0, 2, 4, 6, 8, 10]),
        (Axis("x", 10.5, 35.2), [15, 20, 25, 30, 35]),
        (Axis("x", 0.1, 1000, logarithmic=True), [0.1, 1, 10, 100, 1000]),
    ],
)
def test_ticks_are_round(axis: Axis, ticks: list[float]) -> None:
    assert axis.ticks() == pytest.approx(ticks)
    assert axis.share(axis.low) == 0
    assert axis.share(axis.high) == pytest.approx(1)


def test_points_lie_inside_and_labels_do_not_cover_each_other() -> None:
    points = [Point(f"system-{i}", 20 + i / 99, 30 + i / 99, None, (29, 34), i) for i in range(6)]
    xs, ys = axis("x", [15, 25]), axis("y", [29, 34])
    svg = scatter("t", points, xs, ys)
    found = re.findall(r'<text class="label s\d" x="([\d.]+)" y="([\d.]+)"', svg)
    places = [(float(x), float(y)) for x, y in found]
    assert len(places) == 6
    assert all(0 < x < WIDTH and 0 < y < HEIGHT for x, y in places)
    width = 6 * len("system-0")
    for (x, y), (other_x, other_y) in combinations(places, 2):
        assert abs(x - other_x) >= width or abs(y - other_y) >= 12


@pytest.mark.parametrize("values", [[5.0], [0.0, 0.0], [3.0, 3.0, 3.0]])
def test_an_axis_around_one_value_has_room(values: list[float]) -> None:
    found = axis("x", values)
    assert found.low < found.high
    assert 0 <= found.share(values[0]) <= 1
    assert found.ticks()
