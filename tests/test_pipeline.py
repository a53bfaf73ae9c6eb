"""The whole way on the real article of `seeds/`, with the extractive backend and with a scripted model."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from summarizer.arabic.words import count_words
from summarizer.article.read import read_path, read_text
from summarizer.backends.extractive import Extractive
from summarizer.backends.scripted import Scripted
from summarizer.config import BriefOptions, EditorialLimits, Verification
from summarizer.errors import MujazError
from summarizer.pipeline import brief, briefs
from summarizer.schema import Article, Brief, Statement, Task

SEED = Path(__file__).resolve().parent.parent / "seeds" / "islamic-state-last-pocket.txt"


@pytest.fixture(scope="module")
def article() -> Article:
    return read_path(SEED)


@pytest.fixture(scope="module")
def extracted(article: Article) -> Brief:
    return brief(article, Extractive())


def statements(result: Brief) -> list[Statement]:
    return [result.headline, result.standfirst, *result.bullets]


def test_the_seed_gets_a_whole_brief(extracted: Brief) -> None:
    assert len(extracted.bullets) == 5
    assert extracted.model == "extractive"
    assert {statement.method for statement in statements(extracted)} == {"extractive"}


def test_every_source_is_a_body_sentence(article: Article, extracted: Brief) -> None:
    spans = {sentence.span for sentence in article.sentences}
    for statement in statements(extracted):
        assert statement.sources
        assert set(statement.sources) <= spans


def test_no_caption_and_no_dateline_is_in_a_statement(article: Article, extracted: Brief) -> None:
    captions = [span.of(article.text) for span in article.captions]
    assert len(captions) == 2
    for statement in statements(extracted):
        assert "السوسة" not in statement.text
        assert not any(caption in statement.text or statement.text in caption for caption in captions)


def test_the_editors_headline_is_never_shown_to_a_backend(article: Article) -> None:
    double = Scripted({})
    brief(article, double)
    shown = " ".join(request.passage.text for requests, _ in double.calls for request in requests)
    assert article.title
    assert article.title not in shown
    assert not any(bullet in shown for bullet in article.bullets)


def test_a_model_that_invents_falls_down_to_the_article(article: Article) -> None:
    invented = "الجيش الأمريكي يقتل 700 مقاتل في مدينة الرقة"
    double = Scripted({task: [invented] for task in Task})
    result = brief(article, double)
    assert len(double.calls) == 2  # the model, then the wider search
    assert {statement.method for statement in statements(result)} == {"extractive"}
    assert all(statement.text != invented for statement in statements(result))
    assert invented in [refusal.text for refusal in result.headline.refused]


def test_a_model_that_is_true_is_printed(article: Article) -> None:
    headline = "تنظيم الدولة الإسلامية محاصر في آخر جيب له في شرق سوريا"
    result = brief(article, Scripted({Task.HEADLINE: [headline]}))
    assert result.headline.text == headline
    assert result.headline.method == "model"
    assert result.headline.support.supported


def test_a_batch_gives_what_each_article_gives_alone(article: Article) -> None:
    other = read_text("أعلنت وزارة الصحة ارتفاع عدد المصابين إلى 300 شخص. وقالت الوزارة إن المستشفيات مستعدة لذلك.")
    together = briefs([article, other], Extractive())
    alone = [brief(article, Extractive()), brief(other, Extractive())]
    assert [statements(result) for result in together] == [statements(result) for result in alone]


@pytest.mark.parametrize("count", [0, 1, 3, 5, 7])
def test_the_number_of_bullets_is_the_readers(article: Article, count: int) -> None:
    result = brief(article, Extractive(), BriefOptions(bullets=count))
    assert len(result.bullets) <= count
    assert len(result.bullets) >= min(count, 5)


def test_a_short_article_gets_fewer_bullets_and_says_so() -> None:
    result = brief(read_text("أعلنت وزارة الصحة في بيان أمس ارتفاع عدد المصابين بالمرض إلى 300 شخص."), Extractive())
    assert result.headline.text
    assert any("bullets" in warning for warning in result.warnings)


def test_an_article_without_sentences_is_refused() -> None:
    with pytest.raises(MujazError, match="at least one sentence"):
        brief(Article("", (), ()), Extractive())


def test_an_article_of_long_sentences_still_gets_bullets() -> None:
    text = (
        "أعلنت وزارة النقل أمس خطة لبناء جسر جديد يربط ضفتي النهر قرب الميناء القديم بطول كيلومترين وعرض ثلاثين مترا "
        "وبكلفة تبلغ سبعين مليون دولار تدفعها الخزينة العامة على أربع دفعات متساوية تبدأ في الربيع وتنتهي قبل افتتاح "
        "المعرض الدولي للزراعة في المدينة.\n\n"
        "ويعترض سكان الحي الغربي على المشروع الذي يمر فوق بساتين الزيتون التي ورثوها عن أجدادهم والتي تعيل نحو مئتي "
        "أسرة تعمل في قطاف الثمار وعصر الزيت وبيع الصابون للسياح القادمين صيفا من العاصمة والبلدات الساحلية المجاورة "
        "لها شمالا وجنوبا.\n\n"
        "لكن مهندسي الشركة الأجنبية المنفذة لأعمال الحفر والردم يرون أن نقل مسار الطريق مئة متر شمالا يبقي على معظم "
        "الأشجار المعمرة ويكلف الدولة مبلغا زهيدا لا يتجاوز مليوني دولار فضلا عن ستة أشهر إضافية من العمل المتواصل "
        "صيفا وشتاء ليلا ونهارا."
    )
    result = brief(read_text(text), Extractive())
    assert len(result.bullets) >= 1
    assert all(bullet.text in text for bullet in result.bullets)


def test_the_verifier_is_asked_once_a_rung_and_has_its_say(article: Article) -> None:
    words = article.sentences[0].text.split()
    doubted, trusted = (" ".join(words[:length]) for length in (9, 5))
    double = Scripted({Task.HEADLINE: [doubted, trusted]}, {doubted: -3.0, trusted: 2.0})
    options = BriefOptions(bullets=0)
    result = brief(article, double, options)
    assert [len(asked) for asked in double.verified] == [0, 2, 0]
    assert {text for _, text in double.verified[1]} == {doubted, trusted}
    assert all(passage == double.calls[0][0][0].passage for passage, _ in double.verified[1])
    assert result.headline.text == trusted
    assert any("verifier" in refusal.reason for refusal in result.headline.refused)
    # Without a verifier, or when it refuses nothing and ranks nothing, the model's own order stands.
    assert brief(article, Scripted({Task.HEADLINE: [doubted, trusted]}), options).headline.text == doubted
    silent = replace(options, verification=Verification(weight=0.0, min_odds=-9.0))
    assert brief(article, double, silent).headline.text == doubted


def test_the_lead_is_the_standfirst_and_a_clause_of_it_the_headline() -> None:
    lead = (
        "أعلنت وزارة النقل أن جسرا جديدا سيربط ضفتي النهر قرب الميناء القديم، وذلك بعد أعوام من الجدل بين السكان "
        "والبلدية على كلفة المشروع وموقعه."
    )
    result = brief(read_text(lead + "\n\nوقال الوزير سالم الحداد إن العمل يبدأ في الربيع المقبل."), Extractive())
    assert result.standfirst.text == lead
    assert result.headline.text == "أعلنت وزارة النقل أن جسرا جديدا سيربط ضفتي النهر قرب الميناء القديم"
    assert result.headline.sources == result.standfirst.sources


def test_the_lead_is_the_standfirst_where_a_model_writes_a_false_one() -> None:
    lead = "أعلنت وزارة النقل أن جسرا جديدا سيربط ضفتي النهر قرب الميناء القديم في مدينة البصرة."
    double = Scripted({Task.STANDFIRST: ["الجيش الأمريكي يقتل 700 مقاتل في مدينة الرقة بعد معركة طويلة."]})
    result = brief(read_text(lead + " وتبلغ كلفته 70 مليون دولار."), double, BriefOptions(bullets=0))
    assert (result.standfirst.text, result.standfirst.method) == (lead, "extractive")
    # It was found on the first rung: the wider search was about the headline alone.
    assert [request.task for request in double.calls[1][0]] == [Task.HEADLINE]


def test_a_plain_brief_has_full_stops_and_the_readers_limit_holds(article: Article) -> None:
    double = Scripted({Task.BULLET: ["القيادة: لا أنباء عن أبي بكر البغدادي"]})
    result = brief(article, double, BriefOptions(style="plain", limits=EditorialLimits(max_asked_bullet_words=12)))
    assert result.bullets
    assert all(statement.text.endswith((".", "؟", "!", ".»")) for statement in statements(result))
    assert all(count_words(bullet.text) <= 12 for bullet in result.bullets)
    assert all("label" in refusal.reason for bullet in result.bullets for refusal in bullet.refused[:1])
