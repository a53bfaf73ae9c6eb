"""All bullets in one go: each beside the passage that bears it out, checked and shown like any other."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from summarizer.article.passages import passages
from summarizer.article.read import read_path, read_text
from summarizer.backends.candidates import listed_candidates
from summarizer.backends.engines.base import Hypothesis
from summarizer.backends.scripted import Scripted
from summarizer.config import BriefOptions, Decoding
from summarizer.listing import bearing, lists, propose
from summarizer.pipeline import brief
from summarizer.plan import plan_for
from summarizer.schema import Article, Candidate, Request, Task
from summarizer.service.queue.memory import Remembering

SEED = Path(__file__).resolve().parent.parent / "seeds" / "islamic-state-last-pocket.txt"
TRUE = "تستعد قوات سوريا الديمقراطية لإعلان انتهاء الخلافة المزعومة للتنظيم المتطرف في مهلة أقصاها شهر"
INVENTED = "الجيش الأمريكي يقتل 700 مقاتل في مدينة الرقة"


class Lister(Scripted):
    """Writes these lines for all bullets of a body, and nothing else."""

    lists = True

    def __init__(self, *lines: str) -> None:
        super().__init__({})
        self.lines = lines

    def generate(self, requests: Sequence[Request], decoding: Decoding) -> list[tuple[Candidate, ...]]:
        written = super().generate(requests, decoding)
        lines = tuple(Candidate(line, -0.5, self.name) for line in self.lines)
        return [lines if request.listed else found for request, found in zip(requests, written, strict=True)]


@pytest.fixture(scope="module")
def article() -> Article:
    return read_path(SEED)


def test_a_true_line_is_printed_with_its_sentences(article: Article) -> None:
    backend = Lister(INVENTED, f"{TRUE}.")
    result = brief(article, backend)
    (bullet,) = [one for one in result.bullets if one.method == "model"]
    assert bullet.text == TRUE
    assert all("الخلافة المزعومة" in span.of(article.text) for span in bullet.sources)
    assert INVENTED not in [one.text for one in result.bullets]
    (first, *_), second, *_ = (requests for requests, _ in backend.calls)
    assert (first.task, first.listed) == (Task.BULLET, True)
    assert first.passage.sentences[0] == article.sentences[0]
    assert not any(request.listed for request in second)


def test_a_line_that_its_passage_denies_is_refused_and_kept_for_the_report(article: Article) -> None:
    wrong = TRUE.replace("سوريا", "العراق")
    result = brief(article, Lister(wrong))
    assert wrong not in [one.text for one in result.bullets]


def test_passages_that_were_written_about_come_first(article: Article) -> None:
    options = BriefOptions()
    plan = plan_for(article, Lister(), options)
    last, before = passages(article)[-1], list(plan.bullets)
    propose([plan], Lister(last.text, "لا كلمة منه هنا أبدا", last.text), options)
    (request, lines) = next(iter(plan.listed.items()))
    assert plan.bullets[0] == request
    assert request.passage == last
    assert [line.text for line in lines] == [last.text] * 2
    assert [one for one in before if one != request] == plan.bullets[1:]


def test_no_bullets_wanted_none_listed(article: Article) -> None:
    backend = Lister(TRUE)
    brief(article, backend, BriefOptions(bullets=0))
    assert not any(request.listed for requests, _ in backend.calls for request in requests)


def test_other_backends_are_not_asked(article: Article) -> None:
    backend = Scripted({})
    assert not lists(backend)
    brief(article, backend)
    assert not any(request.listed for requests, _ in backend.calls for request in requests)


def test_the_passage_that_bears_a_line_out() -> None:
    text = "افتتح وزير النقل جسرا جديدا فوق النهر يوم الأحد.\n\nوطالب سكان القرية بمدرسة جديدة قرب المستشفى الكبير."
    first, second = passages(read_text(text))
    assert bearing("وزير النقل يفتتح جسرا جديدا", [first, second]) == first
    assert bearing("سكان القرية يطالبون بمدرسة", [first, second]) == second
    assert bearing("أسعار النفط ترتفع في الأسواق", [first, second]) is None
    assert bearing("في", [first, second]) is None
    assert bearing("جسر", []) is None


def test_a_memory_tells_one_bullet_from_all(article: Article) -> None:
    backend = Remembering(Lister(TRUE))
    assert lists(backend)
    assert not lists(Remembering(Scripted({})))
    plan = plan_for(article, backend, BriefOptions())
    one = plan.bullets[0]
    every = Request(one.task, one.passage, one.max_words, listed=True)
    assert [len(found) for found in backend.generate([one, every], Decoding())] == [0, 1]


def decode(ids: Sequence[int]) -> str:
    return "".join(map(chr, ids))


@pytest.mark.parametrize(
    ("text", "ended", "expected"),
    [
        ("افتتح الوزير جسرا. طالب السكان بمدرسة.", True, ["افتتح الوزير جسرا.", "طالب السكان بمدرسة."]),
        ("افتتح الوزير جسرا.\nطالب السكان بمدرسة", True, ["افتتح الوزير جسرا.", "طالب السكان بمدرسة"]),
        ("افتتح الوزير جسرا. طالب السكان", False, ["افتتح الوزير جسرا."]),
        ("افتتح الوزير جسرا. افتتح الوزير جسرا.", True, ["افتتح الوزير جسرا."]),
        ("افتتح الوزير \ufffd. طالب السكان بمدرسة.", True, ["طالب السكان بمدرسة."]),
        ("افتتح", False, []),
        ("", True, []),
    ],
)
def test_a_text_is_parted_at_its_sentences(text: str, ended: bool, expected: list[str]) -> None:
    best, other = Hypothesis(tuple(map(ord, text)), -0.5, ended), Hypothesis((ord("س"),), -0.9, ended=True)
    assert [one.text for one in listed_candidates([other, best], decode, "seq2seq")] == expected
    assert listed_candidates([], decode, "seq2seq") == ()
