"""Which words are common, which are names, and which country one means."""

from __future__ import annotations

import pytest

from summarizer.arabic.vocabulary import country_of, is_name, lexicon, rarity
from summarizer.arabic.words import key

COMMON = "الحكومة يقولون سيوقعان اتفاقيات مواطنيها نرغب السبب الأرقام وبالتالي المستشفيات فاستقالت يعتزم الناس أدى"
NAMES = "ترامب بوتين ومصر بفرنسا كاميرون السيسي Apple روسيا للسعودية الإماراتيون شويغو خاشقجي"


@pytest.mark.parametrize("word", COMMON.split())
def test_common_words_are_no_names(word: str) -> None:
    assert not is_name(word)


@pytest.mark.parametrize("word", NAMES.split())
def test_names_are_names(word: str) -> None:
    assert is_name(word)


def test_countries_share_names_and_adjectives() -> None:
    assert country_of("السعوديون") == country_of("والسعودية") == country_of("سعودي") != ""
    assert country_of("الحكومة") == ""


def test_rarer_words_tell_more() -> None:
    assert rarity("شويغو") > rarity("الدبلوماسية") > rarity("قال")


def test_the_word_lists_fit_the_keys_of_today() -> None:
    """The lists are made with ``arabic.words.key``: they must be made anew when it changes."""
    common = "رئيس الحكومة وزارة القتال مدينة الشركات مباراة استقال الاقتصادية مستشفى تحقيق المسؤولين".split()
    assert [word for word in common if key(word) not in lexicon().frequency] == []
