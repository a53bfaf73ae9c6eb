"""What is no plain news: a brief that makes sense, or a clear refusal. All texts were typed for this test."""

from __future__ import annotations

import pytest

from summarizer.article.read import read_text
from summarizer.backends.extractive import Extractive
from summarizer.backends.scripted import Scripted
from summarizer.config import BriefOptions
from summarizer.errors import NotArabic, NotProse
from summarizer.pipeline import brief
from summarizer.schema import Brief, Task

POEM = """يا نهرُ يا ابنَ الغيمِ والجبلِ العتيقِ
مررتَ بي طفلًا وعدتَ بلا رفيقِ

حملتَ أسماءَ الذينَ تفرّقوا
ونسيتَ أن تُلقي السلامَ على الطريقِ

والنخلُ يسألُ عنكَ في صمتِ الضحى
والطيرُ يحلمُ بالرجوعِ إلى العذوقِ"""
TABLE = """ترتيب الدوري بعد الجولة العاشرة

المركز\tالفريق\tلعب\tفوز\tنقاط
1\tاتحاد المدينة\t10\t8\t25
2\tنجوم الساحل\t10\t7\t23
3\tشباب الوادي\t10\t6\t20
4\tأبناء الجبل\t10\t5\t18"""
ENGLISH = """The mayor of the city opened three public parks on Sunday after two years of work for its people.

"هذه الحدائق ملك لأهالي المدينة جميعا"، he told a crowd of several hundred residents near the fountain.

Residents welcomed the parks but asked for more buses in the evening, when most of them come home from work."""
DARIJA = """وقعات اليوم الصباح كسيدة خايبة فالطريق اللي كتدي للمطار، ملي طوموبيل ديال النقل دخلات فكاميو واقف.

وقال مصدر من الوقاية المدنية باللي جوج ديال الناس ماتو فالبلاصة و4 تجرحو وداوهم للسبيطار ديال ابن رشد.

وكيطالبو سكان الحي الجماعة تصاوب هاد الطريق اللي ما فيهاش الضو من العام اللي فات قبل ما توقع كسيدة خرى."""
SCRIPTURE = """قال الله تعالى: ﴿مثل الذين ينفقون أموالهم في سبيل الله كمثل حبة أنبتت سبع سنابل﴾ [البقرة: 261].

وعن أبي هريرة رضي الله عنه أن رسول الله صلى الله عليه وسلم قال: «ما نقصت صدقة من مال» رواه مسلم.

ويبين العلماء أن الصدقة تدفع البلاء، وأن أفضلها ما كان في السر على ذي القربى المحتاج.

ويستحب للمسلم أن يبدأ بأهله ثم بجيرانه، وألا يُتبع صدقته بالمنّ والأذى."""
RECIPE = """المقادير:
- كوبان من العدس الأحمر
- حبة بصل متوسطة مفرومة
- ستة أكواب من الماء

طريقة التحضير:
1. يغسل العدس جيدا ويترك في الماء عشر دقائق ثم يصفى.
2. يقلى البصل في ملعقتين من زيت الزيتون حتى يذبل، ثم تضاف الجزرة وتقلب خمس دقائق.
3. يضاف العدس والماء والكمون ويترك القدر على نار هادئة 30 دقيقة حتى ينضج العدس.
4. تهرس الشوربة بالخلاط وتقدم ساخنة مع شرائح الليمون والخبز المحمص."""
LIVE = """10:05 بتوقيت غرينتش
نختم هنا تغطيتنا المباشرة لهذا اليوم، شكرا لمتابعتكم.

09:40 بتوقيت غرينتش
ارتفع عدد قتلى الزلزال الذي ضرب سواحل الجزيرة فجر اليوم إلى 37 شخصا، بحسب وزارة الصحة، وفقد 120 آخرون.

08:30 بتوقيت غرينتش
وصلت طائرة إغاثة تركية تحمل 20 طنا من الخيام والأدوية إلى مطار العاصمة.

07:55 بتوقيت غرينتش
قال مدير مستشفى الميناء إن المستشفى استقبل أكثر من 200 جريح منذ الفجر.

06:20 بتوقيت غرينتش
هزة أرضية قوية شعر بها سكان الجزيرة قبل دقائق. سنوافيكم بالتفاصيل."""
INTERVIEW = """تعود المخرجة ليلى الشامي إلى الشاشة بفيلم صورته في ثلاث قرى جبلية على مدى عامين. التقيناها قبل العرض.

س: لماذا اخترت القرى الجبلية؟
ج: لأنني ولدت في إحداها، وأردت أن أعود بكاميرا إلى أصوات كنت أسمعها في طفولتي. القرية هي شخصية الفيلم الأولى.

س: كم بلغت كلفة الفيلم؟
ج: لم تتجاوز 200 ألف دولار، جاء نصفها من صندوق السينما والباقي من أصدقاء."""
RANKING = """حافظ منتخب الجزيرة على صدارة التصنيف الذي أصدره الاتحاد الدولي الخميس بعد آخر جولة من المباريات الودية.

وقال مدرب المنتخب كمال الراوي إن الفريق سيلعب مباراتين وديتين قبل البطولة في مدينة الميناء.

1\tالجزيرة\t1533
2\tالساحل\t1384
3\tالوادي\t1346"""


def texts(result: Brief) -> list[str]:
    return [result.headline.text, result.standfirst.text, *(bullet.text for bullet in result.bullets)]


def extracted(text: str) -> Brief:
    return brief(read_text(text), Extractive())


@pytest.mark.parametrize(
    ("text", "error", "found"),
    [(POEM, NotProse, "verse"), (TABLE, NotProse, "a table"), (ENGLISH, NotArabic, "Arabic letters")],
)
def test_refused_in_one_line_that_says_what_came(text: str, error: type[Exception], found: str) -> None:
    with pytest.raises(error, match=found) as caught:
        read_text(text)
    assert "\n" not in str(caught.value)


def test_a_dialect_is_briefed_in_its_own_words() -> None:
    result = extracted(DARIJA)
    assert result.headline.text == "وقعات اليوم الصباح كسيدة خايبة فالطريق اللي كتدي للمطار"
    assert result.bullets


def test_scripture_is_printed_as_it_stands_and_is_no_headline() -> None:
    result = extracted(SCRIPTURE)
    assert "﴿" not in result.headline.text
    assert all(text.count("﴿") == text.count("﴾") for text in texts(result))
    invented = Scripted({Task.BULLET: ["الذين ينفقون أموالهم في سبيل الله لهم سبع سنابل"]})
    written = brief(read_text(SCRIPTURE), invented, BriefOptions(bullets=3))
    reasons = {refusal.reason for bullet in written.bullets for refusal in bullet.refused}
    assert "scripture is not paraphrased" in reasons
    assert all("لهم سبع سنابل" not in text for text in texts(written))


def test_a_recipe_is_told_by_its_steps() -> None:
    result = extracted(RECIPE)
    assert result.headline.text == "يغسل العدس جيدا ويترك في الماء عشر دقائق ثم يصفى"
    assert not any(text[0].isdigit() or text[0] == "-" or text.endswith(":") for text in texts(result))


def test_a_live_blog_is_told_by_its_weightiest_entry() -> None:
    result = extracted(LIVE)
    assert result.headline.text.startswith("ارتفع عدد قتلى الزلزال")
    assert not any("تغطيتنا" in text or "سنوافيكم" in text or "غرينتش" in text for text in texts(result))


def test_an_interview_is_introduced_by_the_paper_and_its_answers_are_quoted() -> None:
    result = extracted(INTERVIEW)
    assert result.headline.text.startswith("تعود المخرجة ليلى الشامي")
    assert result.bullets
    for bullet in result.bullets:
        assert bullet.text.startswith("«")
        assert bullet.text.endswith("»")
        assert "؟" not in bullet.text
    assert any("first 2 of" in warning for warning in result.warnings)


def test_the_rows_of_a_table_are_left_out_of_the_article_around_it() -> None:
    article = read_text(RANKING)
    assert not any("1384" in sentence.text for sentence in article.sentences)
    assert brief(article, Extractive()).headline.text.startswith("حافظ منتخب الجزيرة على صدارة التصنيف")
