"""Arabic number words as data: what each word counts, in every case and gender form. No logic beyond spelling out.

Forms follow the grammar of numerals in Ryding 2005, "A Reference Grammar of Modern Standard Arabic", chapter 15.
Words are written as published; readers fold both sides (``normalize.fold``) before they compare.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal, NamedTuple

Role = Literal["unit", "ten", "tens", "hundred", "hundreds", "scale", "fraction", "ordinal", "decade", "vague", "dual"]


class NumberWord(NamedTuple):
    """What one word does in a numeral. ``plural`` marks counted forms («آلاف») that say nothing exact alone."""

    role: Role
    value: Decimal
    plural: bool = False
    unit: str = ""


_UNITS = {
    1: "واحد واحدة واحدا",
    2: "اثنان اثنين اثنا اثني اثنتان اثنتين اثنتا اثنتي إثنان إثنين إثنا إثني",
    3: "ثلاثة ثلاث",
    4: "أربعة أربع",
    5: "خمسة خمس",
    6: "ستة ست",
    7: "سبعة سبع",
    8: "ثمانية ثماني ثمان ثمانيا",
    9: "تسعة تسع",
}
#: «أحد» and «إحدى» count only before «عشر»: alone they mean "one of".
ELEVEN_STARTS = "أحد إحدى احد احدى"
_TENS = {
    20: "عشرون عشرين",
    30: "ثلاثون ثلاثين",
    40: "أربعون أربعين",
    50: "خمسون خمسين",
    60: "ستون ستين",
    70: "سبعون سبعين",
    80: "ثمانون ثمانين",
    90: "تسعون تسعين",
}
_HUNDRED_STEMS = {3: "ثلاث", 4: "أربع", 5: "خمس", 6: "ست", 7: "سبع", 8: "ثمان ثماني", 9: "تسع"}
_HUNDRED = "مئة مائة مية مئه"
_TWO_HUNDRED = "مئتان مئتين مئتا مئتي مائتان مائتين مائتا مائتي"
_SCALES = {
    1_000: ("ألف ألفا", "ألفان ألفين ألفي", "آلاف ألاف ألوف"),
    1_000_000: ("مليون مليونا", "مليونان مليونين مليوني", "ملايين"),
    1_000_000_000: ("مليار مليارا بليون بليونا", "ملياران مليارين ملياري بليونين بليوني", "مليارات بلايين"),
    1_000_000_000_000: ("تريليون تريليونا ترليون", "تريليونان تريليونين تريليوني ترليونين", "تريليونات ترليونات"),
}
_FRACTIONS = {
    "1/2": "نصف نصفا نصفهم نصفها نصفهن",
    "1/3": "ثلث ثلثهم ثلثها ثلثهن",
    "2/3": "ثلثي ثلثا ثلثان ثلثين ثلثاهم ثلثيهم ثلثاها ثلثيها",
    "1/4": "ربع ربعا ربعهم ربعها ربعهن",
    "1/6": "سدس",
}
#: Denominators counted by a number before them: «ثلاثة أرباع», «ثلاثة أخماس».
PLURAL_PARTS = {"أثلاث": 3, "أرباع": 4, "أخماس": 5, "أسداس": 6, "أسباع": 7, "أثمان": 8, "أتساع": 9, "أعشار": 10}
_ORDINALS = {
    1: "أول أولى حادي حادية",
    2: "ثان ثاني ثانية",
    3: "ثالث ثالثة",
    4: "رابع رابعة",
    5: "خامس خامسة",
    6: "سادس سادسة",
    7: "سابع سابعة",
    8: "ثامن ثامنة",
    9: "تاسع تاسعة",
    10: "عاشر عاشرة",
}
_DECADES = {
    20: "عشرينات عشرينيات",
    30: "ثلاثينات ثلاثينيات",
    40: "أربعينات أربعينيات",
    50: "خمسينات خمسينيات",
    60: "ستينات ستينيات",
    70: "سبعينات سبعينيات",
    80: "ثمانينات ثمانينيات",
    90: "تسعينات تسعينيات",
}
_VAGUE = {10: "عشرات", 100: "مئات مائات", 1_000: "ألوف"}

#: Nouns whose dual is common in news, with the unit they name ("" when they are only counted).
_DUALS = {
    "year": "عامان عامين سنتان سنتين",
    "month": "شهران شهرين",
    "week": "أسبوعان أسبوعين",
    "day": "يومان يومين",
    "hour": "ساعتان ساعتين",
    "minute": "دقيقتان دقيقتين",
    "degree": "درجتان درجتين",
    "kilometre": "كيلومتران كيلومترين",
    "dollar": "دولاران دولارين",
    "": (
        "مرتان مرتين شخصان شخصين قتيلان قتيلين جريحان جريحين جنديان جنديين طفلان طفلين رجلان رجلين امرأتان امرأتين "
        "هدفان هدفين نقطتان نقطتين دولتان دولتين مباراتان مباراتين طائرتان طائرتين سيارتان سيارتين حافلتان حافلتين "
        "ضعفان ضعفين شركتان شركتين قنبلتان قنبلتين انفجاران انفجارين تفجيران تفجيرين صاروخان صاروخين هجومان هجومين "
        "شقيقان شقيقين شقيقتان شقيقتين ضحيتان ضحيتين مدينتان مدينتين قريتان قريتين شابان شابين شرطيان طالبان طالبين "
        "سفينتان سفينتين ناقلتان ناقلتين بلدان بلدين فريقان فريقين فتاتان فتاتين"
    ),
}
#: Duals that are also something else: «بلدان» countries, «طالبان» the movement, «طالبين» asking.
_NOT_DUAL = frozenset("بلدان طالبان طالبين".split())

_UNIT_NAMES: dict[str, tuple[str, str]] = {
    "dollar": ("money", "دولار دولارا دولارات دولارين"),
    "euro": ("money", "يورو"),
    "pound": ("money", "جنيه جنيها جنيهات"),
    "riyal": ("money", "ريال ريالا ريالات"),
    "dirham": ("money", "درهم درهما دراهم"),
    "dinar": ("money", "دينار دينارا دنانير"),
    "lira": ("money", "ليرة ليرات"),
    "rouble": ("money", "روبل روبلا روبلات"),
    "yen": ("money", "ين"),
    "yuan": ("money", "يوان"),
    "rupee": ("money", "روبية روبيات"),
    "shekel": ("money", "شيكل شيقل شواكل"),
    "franc": ("money", "فرنك فرنكا فرنكات"),
    "year": ("time", "سنة سنوات سنين عام عاما أعوام"),
    "month": ("time", "شهر شهرا أشهر شهور"),
    "week": ("time", "أسبوع أسبوعا أسابيع"),
    "day": ("time", "يوم يوما أيام"),
    "hour": ("time", "ساعة ساعات"),
    "minute": ("time", "دقيقة دقائق"),
    "second": ("time", "ثانية ثوان ثواني"),
    "kilometre": ("length", "كيلومتر كيلومترا كيلومترات كم كلم"),
    "metre": ("length", "متر مترا أمتار"),
    "centimetre": ("length", "سنتيمتر سنتيمترا سنتيمترات سم"),
    "mile": ("length", "ميل ميلا أميال"),
    "kilogram": ("weight", "كيلوغرام كيلوغراما كيلوغرامات كيلوجرام كيلو كلغ كغم كغ"),
    "gram": ("weight", "غرام غراما غرامات جرام جراما جرامات"),
    "ton": ("weight", "طن طنا أطنان"),
    "barrel": ("volume", "برميل برميلا براميل"),
    "degree": ("degree", "درجة درجات"),
}
SYMBOLS = {"%": "percent", "٪": "percent", "$": "dollar", "€": "euro", "£": "pound"}
#: After «في» or «ب»: «في المئة», «بالمائة».
HUNDREDTHS = "المئة المائة المية الميه الماية"
#: A number after one of these is said to be near, so a rounded value is no error.
HEDGES = "نحو حوالي قرابة زهاء يناهز تناهز ناهز يقارب تقارب قارب يقرب تقريبا حوالى"
OVER = "أكثر يزيد تزيد يفوق تفوق فوق أزيد يتجاوز تتجاوز تجاوز تجاوزت"
UNDER = "أقل يقل تقل دون"


def dimension(unit: str) -> str:
    """What ``unit`` measures («money», «time», …); the unit itself when it stands alone («percent»)."""
    return _UNIT_NAMES[unit][0] if unit in _UNIT_NAMES else unit


def unit_words() -> dict[str, str]:
    """Every word that names a unit, as published, mapped to the unit's English name."""
    return {word: unit for unit, (_, words) in _UNIT_NAMES.items() for word in words.split()}


def number_words() -> dict[str, NumberWord]:
    """Every word of the numerals, as published, without proclitics. Later tables never overwrite earlier ones."""
    table: dict[str, NumberWord] = {}
    _add(table, "unit", _UNITS)
    _add(table, "ten", {10: "عشر عشرة"})
    _add(table, "tens", _TENS)
    _add_hundreds(table)
    for value, (one, two, many) in _SCALES.items():
        _add(table, "scale", {value: one})
        _add(table, "scale", {2 * value: two}, unit="dual")
        _add(table, "scale", {value: many}, plural=True)
    for ratio, words in _FRACTIONS.items():
        top, bottom = ratio.split("/")
        _add(table, "fraction", {Decimal(top) / Decimal(bottom): words})
    _add(table, "ordinal", _ORDINALS)
    _add(table, "decade", _DECADES)
    _add(table, "vague", _VAGUE, plural=True)
    for unit, words in _DUALS.items():
        _add(table, "dual", {2: " ".join(word for word in words.split() if word not in _NOT_DUAL)}, unit=unit)
    return table


def _add(
    table: dict[str, NumberWord],
    role: Role,
    words_of: Mapping[int, str] | Mapping[Decimal, str],
    *,
    plural: bool = False,
    unit: str = "",
) -> None:
    """Enters the words of each value, unless an earlier table has them."""
    for value, words in words_of.items():
        for word in words.split():
            table.setdefault(word, NumberWord(role, Decimal(value), plural, unit))


def _add_hundreds(table: dict[str, NumberWord]) -> None:
    """«مئة», «مئتان», and «ثلاثمئة» to «تسعمائة» written as one word."""
    for word in _HUNDRED.split():
        table[word] = NumberWord("hundred", Decimal(100))
    for word in "مئات مائات".split():
        table[word] = NumberWord("vague", Decimal(100), plural=True)
    for word in _TWO_HUNDRED.split():
        table[word] = NumberWord("hundreds", Decimal(200))
    for value, stems in _HUNDRED_STEMS.items():
        for stem in stems.split():
            for hundred in _HUNDRED.split():
                table[stem + hundred] = NumberWord("hundreds", Decimal(100 * value))
