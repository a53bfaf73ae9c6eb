"""Headlines to choose from: the brief's own first, then the others by what they are worth, then lifted ones."""

from __future__ import annotations

from summarizer.article.read import read_text
from summarizer.backends.extractive import Extractive
from summarizer.backends.scripted import Scripted
from summarizer.config import BriefOptions
from summarizer.schema import Task
from summarizer.service.headlines import headlines

LEAD = "أعلنت وزارة الصحة السبت ارتفاع عدد المصابين بالمرض إلى 300 شخص في شمال البلاد."
ARTICLE = read_text(f"{LEAD} وقالت الوزارة إن المستشفيات مستعدة لاستقبال المرضى. وأغلقت المدارس أبوابها أسبوعا.")
BEST = "ارتفاع عدد المصابين بالمرض إلى 300 شخص"
FURTHER = "المدارس تغلق أبوابها أسبوعا"
WRONG = "ارتفاع عدد المصابين بالمرض إلى 500 شخص"


def test_the_others_are_in_the_order_of_their_worth_not_of_their_likelihood() -> None:
    # Scripted candidates are the likelier the earlier they come.
    backend = Scripted({Task.HEADLINE: [FURTHER, WRONG, "المستشفيات مستعدة لاستقبال المرضى", BEST]})
    chosen = headlines(ARTICLE, backend, BriefOptions(), 5)
    texts = [one.text for one in chosen]
    assert texts[0] == BEST
    assert set(texts[1:3]) == {FURTHER, "المستشفيات مستعدة لاستقبال المرضى"}
    assert WRONG not in texts
    assert [one.method for one in chosen[3:]] == ["extractive"] * len(chosen[3:])
    assert len(set(texts)) == len(texts)


def test_fewer_are_asked_for_and_fewer_come() -> None:
    backend = Scripted({Task.HEADLINE: [BEST, FURTHER]})
    assert [one.text for one in headlines(ARTICLE, backend, BriefOptions(), 1)] == [BEST]
    assert len(headlines(ARTICLE, backend, BriefOptions(), 2)) == 2
    quoted = Scripted({Task.HEADLINE: [BEST, BEST.replace("المصابين", "«المصابين»")]})
    assert [one.method for one in headlines(ARTICLE, quoted, BriefOptions(), 2)] == ["model", "extractive"]
    assert {one.method for one in headlines(ARTICLE, Extractive(), BriefOptions(), 3)} == {"extractive"}
