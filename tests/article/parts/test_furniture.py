"""Lines printed with an article that are not the article."""

from __future__ import annotations

import pytest

from summarizer.article.parts.furniture import Kind, author_of, fused_end, kind_of, tail_start
from summarizer.article.parts.lines import Line
from summarizer.article.read import read_text
from summarizer.schema import Span


def line(text: str) -> Line:
    return Line(text, Span(0, len(text)), 0)


FURNITURE = [
    ("ترحب شبكتنا بالنقاش المفيد، وننصحك قبل نشر تعليقك بمراجعة إرشادات الاستخدام وسياسة الخصوصية.", Kind.OTHER),
    ("الآراء الواردة أدناه لا تعبر عن رأي الموقع، بل تعكس وجهات نظر أصحابها فقط.", Kind.OTHER),
    ("باستخدامك هذا الموقع فإنك توافق على شروطه.", Kind.OTHER),
    ("يرجى الالتزام بآداب الحوار في التعليقات.", Kind.OTHER),
    ("اشترك الآن في النشرة البريدية.", Kind.OTHER),
    ("المواضيع الأكثر قراءة", Kind.LINK),
    ("يتبع.. تابعونا على تلغرام", Kind.OTHER),
    ("5/ يتبع.. تابعونا على تلغرام شكرا", Kind.OTHER),
    ("رفضت الوزارة التعليق على شروط الاستخدام الجديدة التي أعلنتها الشركة.", None),
    ("وقال إن الآراء المنشورة في الصحف انقسمت.", None),
    ("شارك آلاف السكان في تشييع الجنازة يوم الجمعة.", None),
    ("مصدر الصورة Getty Images Image caption متظاهرون في شوارع العاصمة", Kind.CAPTION),
    ("صدر الصورة، Getty Images", Kind.CAPTION),
    ("التعليق على الصورة، متظاهرون في شوارع العاصمة", Kind.CAPTION),
    ("(صورة أرشيفية)", Kind.CAPTION),
    ("*ملاحظة : الصورة توضيحية-", Kind.CAPTION),
    ("(تصوير: علي الشهري)", Kind.CAPTION),
    ("جانب من الحضور", Kind.CAPTION),
    ("اقرأ أيضا: الأمطار تغلق طرقا في الشمال", Kind.LINK),
    ("إقرأ أيضاً:", Kind.LINK),
    ("شاهد أيضا: لحظة وصول السفينة", Kind.LINK),
    ("للمزيد: تفاصيل الخطة الجديدة", Kind.LINK),
    ("( شاهد التقرير )", Kind.LINK),
    ("مواضيع ذات صلة", Kind.LINK),
    ("قد يهمك أيضا: خمسة أسئلة عن الخطة", Kind.LINK),
    ("...المزيد", Kind.LINK),
    ("نهاية YouTube مشاركة", Kind.OTHER),
    ("تخطى الأكثر قراءة وواصل القراءة", Kind.OTHER),
    ("الأكثر قراءة نهاية", Kind.OTHER),
    ("يمكنكم تسلم إشعارات بأهم الموضوعات بعد تحميل أحدث نسخة من تطبيق بي بي سي عربي على هاتفكم المحمول", Kind.OTHER),
    ("// انتهى //", Kind.OTHER),
    ("شارك على فيسبوك", None),
    ("فيسبوك تويتر واتساب", Kind.OTHER),
    ("سمات أمطار طرق الشمال", Kind.OTHER),
    ("#أمطار #الشمال", Kind.OTHER),
    ("writer@example.com", Kind.OTHER),
    ("https://example.com/news/1", Kind.OTHER),
    ("-----------------", Kind.OTHER),
    ("* * *", Kind.OTHER),
    ("فرانس24/ أ ف ب", Kind.CREDIT),
    ("-رويترز-", Kind.CREDIT),
    ("المصدر: وكالات", Kind.CREDIT),
    ("*نقلاً عن صحيفة يومية", Kind.CREDIT),
    ("حقوق النشر محفوظة", Kind.CREDIT),
    ("بقلم: سلمى أحمد", Kind.CREDIT),
    ("الخميس 03 شتنبر 2020 - 05:29", Kind.DATE),
    ("21/06/2009", Kind.DATE),
    ("الاثنين، 21 كانون الأول/ديسمبر 2009", Kind.DATE),
    ("آخر تحديث: 10 مايو 2020", Kind.DATE),
    ("14:31 ت م", Kind.DATE),
    # text that resembles it
    ("تابع الوزير حديثه عن الخطة الجديدة أمام الصحفيين.", None),
    ("المصدر الأمني أكد وقوع الحادث.", None),
    ("نهاية الحرب لا تعني عودة السلام إلى المدينة.", None),
    ("صورة المدينة تغيرت كثيرا بعد الحرب.", None),
    ("قرأ الوزير أيضا بيانا قصيرا.", None),
    ("نشرت الصحيفة 5 تقارير عن الحادث.", None),
    ("شارك في المؤتمر وزراء من 20 دولة.", None),
    ("خدمة الإنترنت تعود إلى البلاد بعد انقطاع.", None),
]


@pytest.mark.parametrize(("text", "kind"), FURNITURE)
def test_kinds(text: str, kind: Kind | None) -> None:
    assert kind_of(line(text)) == kind


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("بقلم: سلمى أحمد", "سلمى أحمد"),
        ("بقلم سلمى أحمد", "سلمى أحمد"),
        ("كتب - أحمد علي", "أحمد علي"),
        ("إعداد: منى خالد", "منى خالد"),
        ("سلمى أحمد", ""),
        ("كتب التاريخ صفحة جديدة", ""),
    ],
)
def test_authors(text: str, name: str) -> None:
    assert author_of(line(text)) == name


@pytest.mark.parametrize(
    ("body", "tail"),
    [
        ("انتهت الأزمة أمس.", " (رويترز)"),
        ("انتهت الأزمة أمس .", " (أ .ف .ب)"),
        ("انتهت الأزمة أمس.", " // انتهى // 12:30 ت م"),
        ("انتهت الأزمة أمس.", " سمات الأزمة النفط السوق"),
        ("انتهت الأزمة أمس.", " (صورة أرشيفية)"),
        ("انتهت الأزمة أمس.", "...المزيد"),
        ("انتهت الأزمة، بحسب وكالة «رويترز».", ""),
        ("انتهت الأزمة، وفق وكالة الأنباء الرسمية (واس).", ""),
        ("انتهت الأزمة في تنظيم «داعش».", ""),
        ("انتهت الأزمة أمس (الأحد).", ""),
    ],
)
def test_tails(body: str, tail: str) -> None:
    assert tail_start(body + tail) == len(body)


BODY = [
    "أعلنت الوزارة أمس خطة جديدة لتحلية المياه في المدن الساحلية.",
    "وقال الوزير إن الخطة تبدأ الشهر المقبل وتستمر ثلاث سنوات.",
    "وتبلغ كلفة المشروع نحو مليوني دينار بحسب بيان الوزارة.",
    "وينتظر أن يستفيد منه نصف مليون مواطن في خمس مدن.",
]


@pytest.mark.parametrize("at", range(5))
@pytest.mark.parametrize(("text", "kind"), [case for case in FURNITURE if case[1]])
def test_furniture_is_in_no_sentence(text: str, kind: Kind, at: int) -> None:
    lines = [*BODY[:at], text, *BODY[at:]]
    article = read_text("\n".join(lines))
    assert [sentence.text for sentence in article.sentences] == BODY
    assert (text in [span.of(article.text) for span in article.captions]) == (kind is Kind.CAPTION)


def test_headlines_after_a_link_line_go_with_it() -> None:
    links = ["اقرأ أيضا:", *(f"خبر آخر من أخبار اليوم رقم {number}" for number in range(6))]
    article = read_text("\n".join([*BODY, *links]))
    assert [sentence.text for sentence in article.sentences] == BODY
    assert article.captions == ()


@pytest.mark.parametrize(
    "stray",
    [
        "سكان يملأون أوعيتهم من صهريج في حي الميناء",
        "كلفة المشروع",
        "الحكومة تبحث زيادة أسعار المياه في المدن الكبرى",
    ],
)
def test_stray_lines_become_captions(stray: str) -> None:
    article = read_text("\n\n".join([*BODY[:2], stray, *BODY[2:]]))
    assert [span.of(article.text) for span in article.captions] == [stray]
    assert [sentence.text for sentence in article.sentences] == BODY


@pytest.mark.parametrize(
    "kept",
    [
        ["وتشمل الخطة خمس مدن هي:", "- طرابلس الغرب", "- بنغازي", "- مصراتة", "- سرت", "- طبرق"],
        ["وتشمل الخطة ما يلي:", "بناء محطة في الشرق", "بناء محطة في الغرب"],
        ["وأوضح الوزير أن المشروع مهم للسكان"],
        ["أكدت الوزارة أن العمل بدأ فعلا في المدن الخمس"],
        ["بيت أول من القصيدة", "بيت ثان من القصيدة", "بيت ثالث من القصيدة", "بيت رابع من القصيدة"],
    ],
)
def test_lists_verse_and_unstopped_sentences_stay(kept: list[str]) -> None:
    article = read_text("\n".join([*BODY[:2], *kept, *BODY[2:]]))
    assert [span.of(article.text) for span in article.paragraphs] == [*BODY[:2], *kept, *BODY[2:]]


def test_byline_date_and_credit_of_a_page() -> None:
    text = "\n".join(["الحكومة تعلن خطة للمياه", "بقلم: سلمى أحمد", "10 مايو 2020", *BODY, "المصدر: وكالات"])
    article = read_text(text)
    assert (article.title, article.author, article.date) == ("الحكومة تعلن خطة للمياه", "سلمى أحمد", "10 مايو 2020")
    assert [sentence.text for sentence in article.sentences] == BODY


@pytest.mark.parametrize(
    ("sentence", "kept"),
    [
        ("مواضيع قد تهمك نهاية ونقلت الوكالة عن شاهد.", "ونقلت الوكالة عن شاهد."),
        ("قصص مقترحة نهاية. قال الوزير إن العمل بدأ.", "قال الوزير إن العمل بدأ."),
        ("مواضيع قد تهمك القارئ كثيرة.", "مواضيع قد تهمك القارئ كثيرة."),
        ("قال إن هذه مواضيع قد تهمك نهاية الأسبوع.", "قال إن هذه مواضيع قد تهمك نهاية الأسبوع."),
        ("مواضيع قد تهمك نهاية", "مواضيع قد تهمك نهاية"),
        ("", ""),
    ],
)
def test_furniture_at_the_head_of_a_sentence_is_left_out(sentence: str, kept: str) -> None:
    assert sentence[fused_end(sentence) :] == kept
