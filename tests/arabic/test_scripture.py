from __future__ import annotations

import pytest

from summarizer.arabic.scripture import is_scripture, quotes_scripture

VERSE = "قال تعالى: ﴿مثل الذين ينفقون أموالهم في سبيل الله كمثل حبة﴾."
TRADITION = "وعن أبي هريرة أن النبي قال: «ما نقصت صدقة من مال» رواه مسلم."
NEWS = "قال إمام المسجد إن الزوار يتزايدون، وتلا قوله تعالى ﴿وسارعوا﴾ في ختام كلمته أمام مئات الحاضرين من أهل المدينة."


@pytest.mark.parametrize(
    ("text", "whole", "some"),
    [(VERSE, True, True), (TRADITION, True, True), (NEWS, False, True), ("خبر.", False, False)],
)
def test_scripture(text: str, whole: bool, some: bool) -> None:
    assert is_scripture(text) is whole
    assert quotes_scripture(text) is some
