from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from summarizer.article.read import read_path, read_text
from summarizer.backends.editor import Draft, Line, Read
from summarizer.backends.extractive import Extractive
from summarizer.config import BriefOptions, Decoding, EditorialLimits
from summarizer.pipeline import briefs
from summarizer.plan import plan_for
from summarizer.schema import Candidate, Fork, Span, Task, Verdict
from summarizer.service.headlines import Reword, headlines, wordings
from summarizer.service.queue.memory import remember

SEED = Path(__file__).parent.parent / "seeds" / "islamic-state-last-pocket.txt"
ARTICLE = read_path(SEED)
SENTENCES = [sentence.text for sentence in ARTICLE.sentences]


class Editor:
    """Writes the first words of a sentence."""

    def __init__(self, words: int = 12) -> None:
        self.words = words

    def read(self, sentences: Sequence[str]) -> Read:
        return Read(tuple((index,) for index in range(len(sentences))), ((),) * len(sentences))

    def write(self, lines: Sequence[Line], decoding: Decoding) -> list[tuple[Candidate, ...]]:
        starts = [" ".join(SENTENCES[line.sentence].split()[: self.words]) for line in lines]
        return [(Candidate(start, -0.05, "causal"),) for start in starts]

    def likelihoods(self, forks: Sequence[Fork]) -> list[list[tuple[float, float]]]:
        return [[] for _ in forks]

    def judge(self, drafts: Sequence[Draft]) -> Sequence[Verdict | None]:
        return [None] * len(drafts)


class Strict(Editor):
    """Its judge would print nothing but what was written about one sentence."""

    def __init__(self, liked: str) -> None:
        super().__init__(words=14)
        self.liked = liked

    def judge(self, drafts: Sequence[Draft]) -> Sequence[Verdict | None]:
        return [{"ok": -0.001 if one.sentence == self.liked else -7.0, "false": -5.0} for one in drafts]


class Backend(Extractive):
    """The extractive backend with an editor beside it."""

    name = "edited"

    def __init__(self, editor: Editor) -> None:
        self.editor = editor


def test_what_a_judge_says_that_reads_counts() -> None:
    (plain,) = briefs([ARTICLE], Backend(Editor(14)))
    about = {statement.sources for statement in plain.bullets}
    liked = next(one for one in ARTICLE.sentences if (one.span,) in about)
    (made,) = briefs([ARTICLE], Backend(Strict(liked.text)))
    chances = {one.sources: one.chances.printable for one in made.bullets if one.chances}
    assert max(chances, key=lambda sources: chances[sources]) == (liked.span,)
    assert all(chance < 0.2 for sources, chance in chances.items() if sources != (liked.span,))


def test_a_brief_is_made_of_edited_lines_and_of_sentences_as_they_stand() -> None:
    (made,) = briefs([ARTICLE], Backend(Editor()))
    assert made.model == "edited"
    assert 2 <= len(made.bullets) <= 5
    assert [one.sources for one in made.bullets] == sorted(one.sources for one in made.bullets)
    assert {one.method for one in (made.headline, made.standfirst, *made.bullets)} <= {"model", "extractive"}
    assert all(one.support.supported for one in (made.headline, made.standfirst, *made.bullets))
    assert len({one.text for one in made.bullets}) == len(made.bullets)
    for one in made.to_dict()["bullets"]:
        assert 0 <= min(one["chances"].values()) <= max(one["chances"].values()) <= 1


def test_the_same_alone_and_in_company() -> None:
    alone = briefs([ARTICLE], Backend(Editor()))[0]
    beside = briefs([ARTICLE, ARTICLE], Backend(Editor()))
    assert [replace(one, timing_s=0.0) for one in beside] == [replace(alone, timing_s=0.0)] * 2


def test_each_statement_is_told_as_it_is_done() -> None:
    told: list[Task] = []
    made = briefs([ARTICLE], Backend(Editor()), told=lambda _, said: told.append(said.task))[0]
    assert told == [Task.HEADLINE, Task.STANDFIRST, *[Task.BULLET] * len(made.bullets)]


@pytest.mark.parametrize("asked", [0, 1, 3])
def test_as_many_bullets_as_were_asked_for_at_most(asked: int) -> None:
    (made,) = briefs([ARTICLE], Backend(Editor()), BriefOptions(bullets=asked))
    assert len(made.bullets) <= asked


def test_the_reader_s_limit_of_words_holds() -> None:
    options = BriefOptions(limits=EditorialLimits(max_asked_bullet_words=9))
    (made,) = briefs([ARTICLE], Backend(Editor(words=9)), options)
    assert all(len(one.text.split()) <= 9 for one in made.bullets)


def test_a_line_that_no_number_of_the_article_bears_out_is_refused_with_its_reason() -> None:
    class Liar(Editor):
        def write(self, lines: Sequence[Line], decoding: Decoding) -> list[tuple[Candidate, ...]]:
            return [(Candidate("قتل 777 شخصا في هجوم على قوات سوريا الديمقراطية", -0.01, "causal"),) for _ in lines]

    (made,) = briefs([ARTICLE], Backend(Liar()))
    assert all("777" not in one.text for one in (made.headline, made.standfirst, *made.bullets))
    assert any("777" in refusal.reason for one in made.bullets for refusal in one.refused)


def test_an_article_without_a_line_that_passes_falls_back_on_its_own_sentences() -> None:
    class Mute(Editor):
        def write(self, lines: Sequence[Line], decoding: Decoding) -> list[tuple[Candidate, ...]]:
            return [() for _ in lines]

    (made,) = briefs([ARTICLE], Backend(Mute()))
    assert made.headline.method == "extractive"
    assert made.bullets


def test_headlines_to_choose_from_come_from_the_editor_and_nothing_else_is_written() -> None:
    asked: list[Task] = []

    class Counted(Editor):
        def write(self, lines: Sequence[Line], decoding: Decoding) -> list[tuple[Candidate, ...]]:
            asked.extend(line.task for line in lines)
            return super().write(lines, decoding)

    found = headlines(ARTICLE, Backend(Counted()), BriefOptions(), 3)
    assert asked == [Task.HEADLINE] * 2
    assert len({one.text for one in found}) == len(found)
    (made,) = briefs([ARTICLE], Backend(Editor()))
    assert found[0].text == made.headline.text
    assert found[0].chances == made.headline.chances


def test_nothing_is_planned_differently_for_a_backend_that_does_not_edit() -> None:
    plan = plan_for(ARTICLE, Extractive(), BriefOptions())
    assert plan.needed == plan.wanted


def test_a_backend_with_a_memory_gives_the_same_brief_and_writes_every_line_once() -> None:
    bare = briefs([ARTICLE], Backend(Editor()))[0]
    asked: list[int] = []

    class Counted(Editor):
        def write(self, lines: Sequence[Line], decoding: Decoding) -> list[tuple[Candidate, ...]]:
            asked.append(len(lines))
            return super().write(lines, decoding)

    class Model:
        """A backend that edits and is not the extractive one, as a model is."""

        name, max_source_tokens, editor = "edited", 2_000, Counted()
        generate, verify, count_tokens = Extractive().generate, Extractive().verify, Extractive().count_tokens

    known = remember(Model())
    head = briefs([ARTICLE], known, BriefOptions(bullets=0))[0]
    first, again = (briefs([ARTICLE], known)[0] for _ in range(2))
    assert replace(first, timing_s=0.0) == replace(again, timing_s=0.0) == replace(bare, timing_s=0.0)
    assert (head.headline, head.standfirst) == (bare.headline, bare.standfirst)
    heads, bullets, *others = asked
    assert heads == 4  # two headlines and two standfirsts, in one call
    assert bullets > 0
    assert sum(others) == 0


class Spelling(Editor):
    """Writes the first words of what it reads, and finds other forms of a doubted word much likelier."""

    def __init__(self, article: str) -> None:
        super().__init__(14)
        self.sentences = [one.text for one in read_text(article).sentences]
        self.asked: list[Fork] = []

    def read(self, sentences: Sequence[str]) -> Read:
        self.sentences = list(sentences)
        return super().read(sentences)

    def write(self, lines: Sequence[Line], decoding: Decoding) -> list[tuple[Candidate, ...]]:
        starts = [" ".join(self.sentences[line.sentence].split()[: self.words]) for line in lines]
        return [(Candidate(start, -0.05, "causal"),) for start in starts]

    def likelihoods(self, forks: Sequence[Fork]) -> list[list[tuple[float, float]]]:
        self.asked += forks
        return [[(-25.0, -12.0), (-5.0, -5.0), *[(-24.0, -12.0)] * (len(words) - 2)] for _, words, _ in forks]


SLIPPED = (
    "قررت الحكومة المصرية رفع أسعار الغاز الطبيعي في المنازل بنسب تترواح ما بين 33 إلى 75 في المئة.\n"
    "وقال وزير البترول طارق الملا إن القرار يبدأ تطبيقه في الأول من أغسطس المقبل في جميع المحافظات.\n"
    "وتسعى السلطات إلى خفض الدعم في إطار برنامج للإصلاح الاقتصادي اتفقت عليه مع صندوق النقد الدولي."
)


def test_the_paper_s_slips_are_mended_and_told() -> None:
    editor = Spelling(SLIPPED)
    (made,) = briefs([SLIPPED], Backend(editor))
    assert "تتراوح" in made.standfirst.text
    assert "تترواح" not in " ".join(one.text for one in (made.headline, made.standfirst, *made.bullets))
    assert ["تترواح" in words for _, words, _ in editor.asked] == [True]
    (note,) = (one for one in made.warnings if one.code == "mended-spelling")
    assert note.is_note
    assert "«تترواح» ← «تتراوح»" in note
    # What it rests on is the paper's own text.
    assert "تترواح" in made.standfirst.sources[0].of(made.article.text)


FUSED = (
    "تشهد العاصمة ازدحاما كبيرا في ساعات الصباح وقالت وزيرة النقل إن خط المترو الجديد سيفتح أمام الركاب الأحد المقبل.\n"
    "وأضافت الوزيرة أن كلفة المشروع بلغت ملياري جنيه وأن العمل فيه استغرق أربع سنوات في جميع المراحل.\n"
    "وتسعى الحكومة إلى نقل نصف سكان المدينة في وسائل النقل العام قبل نهاية العقد الحالي."
)
CAPTION = "تشهد العاصمة ازدحاما كبيرا في ساعات الصباح"


def test_a_caption_does_not_run_on_into_the_news() -> None:
    editor = Spelling(FUSED)
    (made,) = briefs([FUSED], Backend(editor))
    assert editor.sentences[0] == CAPTION
    assert editor.sentences[1].startswith("وقالت وزيرة النقل")
    said = (made.headline, made.standfirst, *made.bullets)
    assert not any("الصباح" in one.text and "المترو" in one.text for one in said)
    for one in said:
        assert all(span.of(made.article.text) in FUSED for span in one.sources)


def test_another_wording_is_of_the_part_that_the_line_rests_on() -> None:
    article, editor = read_text(FUSED), Spelling(FUSED)
    start = FUSED.index("وقالت")
    line = Reword(Task.BULLET, (Span(start, start + 20),))
    found = wordings(article, Backend(editor), BriefOptions(), line)
    assert found
    assert all(one.text.startswith("قالت وزيرة النقل") for one in found)
