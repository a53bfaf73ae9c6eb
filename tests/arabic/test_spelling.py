from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.arabic.sentences.quotations import find_quotes
from summarizer.arabic.spelling import mend_spelling, part_scripts

WORDS = (
    "قال ان انه انها الى فى التى الاسرائيلية الإقتصاد علي أكد الحصول الاولى المدينه الحكوميه ايضاً وزير إن أن أضاف من"
    " السعوديةخلال اردوغان COVID-19 5G 1948 ب500 الـOCP اب اسرائيل اوروبا و"
).split()
LINES = st.lists(st.sampled_from([*WORDS, "«", "»", '"', "“", "”", "،", ".", "(", ")"]), max_size=14).map(" ".join)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("وصل الوفد الى افغانستان فى الصباح", "وصل الوفد إلى أفغانستان في الصباح"),
        ("رئيس الحكومة الامريكى", "رئيس الحكومة الأمريكي"),
        ("أعلنت اللجنه الأولمبية", "أعلنت اللجنة الأولمبية"),
        ("مسح الإقتصاد العالمي", "مسح الاقتصاد العالمي"),
        ("قال ان الوزير غادر", "قال إن الوزير غادر"),
        ("من المتوقع ان يغادر الوزير", "من المتوقع أن يغادر الوزير"),
        ("وهو ايضاً وزير", "وهو أيضاً وزير"),
        ("وصل إلى القاهرة", "وصل إلى القاهرة"),
        ("مقتل ثلاثة في انفجارعبوة ناسفة", "مقتل ثلاثة في انفجار عبوة ناسفة"),
        ("أعلنت السعوديةخلال المؤتمر", "أعلنت السعودية خلال المؤتمر"),
        ("الوزير الألماني و الفرنسي", "الوزير الألماني والفرنسي"),
        ("الفلسطينية و الاسرائيلية", "الفلسطينية والإسرائيلية"),
        ("الفرنسية و السعوديةخلال المؤتمر", "الفرنسية والسعودية خلال المؤتمر"),
        ("زار وعبدالوهاب المدينة", "زار وعبدالوهاب المدينة"),
        ("قال وطالبوهما بالعودة", "قال وطالبوهما بالعودة"),
        # A name that looks like a slip of «فإن», a word that may be right, a quotation, letters beside digits.
        ("اختار المدرب فان دايك", "اختار المدرب فان دايك"),
        ("وصل علي إلى القاهرة", "وصل علي إلى القاهرة"),
        ("قال: «وصل الوفد الى القاهرة»", "قال: «وصل الوفد الى القاهرة»"),
        ('قال: "وصل الوفد الى القاهرة" ثم غادر الى دبي', 'قال: "وصل الوفد الى القاهرة" ثم غادر إلى دبي'),
        ("قال: «وصل الوفد الى القاهرة", "قال: «وصل الوفد الى القاهرة"),
        ("وصل الوفد الى القاهرة» وغادر الى دبي", "وصل الوفد الى القاهرة» وغادر إلى دبي"),
        ("وسم #الى و@الى و5الى", "وسم #الى و@الى و5الى"),
        ("", ""),
    ],
)
def test_line(line: str, expected: str) -> None:
    assert mend_spelling(line).text == expected


def test_what_was_changed_is_told() -> None:
    mended = mend_spelling("غادر الى دبي فى الصباح")
    assert [(mend.span.of("غادر الى دبي فى الصباح"), mend.was, mend.becomes, mend.kind) for mend in mended.mends] == [
        ("الى", "الى", "إلى", "hamza"),
        ("فى", "فى", "في", "ya"),
    ]


@given(LINES)
@settings(deadline=None)
def test_twice_is_once(line: str) -> None:
    once = mend_spelling(line)
    assert mend_spelling(once.text).text == once.text


@given(LINES)
@settings(deadline=None)
def test_spans_say_what_was_changed_and_quotations_stay(line: str) -> None:
    mended = mend_spelling(line)
    parts, end = [], 0
    for mend in mended.mends:
        assert mend.span.of(line) == mend.was != mend.becomes
        assert not any(char.isdecimal() or (char.isascii() and char != " ") for char in mend.was)
        assert not any(quote.start <= mend.span.start < quote.end for quote in find_quotes(line))
        parts += [line[end : mend.span.start], mend.becomes]
        end = mend.span.end
    assert "".join([*parts, line[end:]]) == mended.text


@given(st.text(max_size=60))
@settings(deadline=None)
def test_any_text_is_taken(text: str) -> None:
    assert mend_spelling(mend_spelling(text).text).mends == ()


@pytest.mark.parametrize(
    ("line", "source", "mended"),
    [
        ("كانت شركةMacallan قد كلفت", "وكانت شركة Macallan قد كلفت", "كانت شركة Macallan قد كلفت"),
        ("قالت شركةATR إنها", "قالت شركة أخرى", "قالت شركةATR إنها"),
        (
            "من نفس الماركةMacallan وشركةMacallan",
            "الماركة Macallan، شركة Macallan",
            "من نفس الماركة Macallan وشركةMacallan",
        ),
        ("خط #شركةX", "خط شركة X", "خط #شركة X"),
        ("قال لBBC", "قال لBBC أمس", "قال لBBC"),
        ("", "", ""),
    ],
)
def test_a_latin_word_stands_by_itself_where_the_text_has_it_so(line: str, source: str, mended: str) -> None:
    assert part_scripts(line, source) == mended
