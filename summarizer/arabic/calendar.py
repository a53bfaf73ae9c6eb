"""Months and weekdays as data: the Gregorian months in the naming systems of the Arab press, the Hijri months.

Sources: the Unicode CLDR month names for ar-EG, ar-SY, ar-MA, ar-DZ and ar-TN, and the islamic calendar of ar.
"""

from __future__ import annotations

#: Number of the month: Egypt and the Gulf; the Levant and Iraq; Tunisia and Algeria; Morocco.
GREGORIAN = {
    1: "يناير|كانون الثاني|كانون ثاني|جانفي",
    2: "فبراير|شباط|فيفري",
    3: "مارس|آذار",
    4: "أبريل|ابريل|إبريل|نيسان|أفريل",
    5: "مايو|أيار|ماي",
    6: "يونيو|يونيه|حزيران|جوان",
    7: "يوليو|يوليه|تموز|جويلية|يوليوز",
    8: "أغسطس|آب|أوت|غشت",
    9: "سبتمبر|أيلول|شتنبر",
    10: "أكتوبر|تشرين الأول|تشرين أول|اكتوبر",
    11: "نوفمبر|تشرين الثاني|تشرين ثاني|نونبر",
    12: "ديسمبر|كانون الأول|كانون أول|دجنبر",
}
HIJRI = {
    1: "محرم",
    2: "صفر",
    3: "ربيع الأول",
    4: "ربيع الآخر|ربيع الثاني",
    5: "جمادى الأولى",
    6: "جمادى الآخرة|جمادى الثانية",
    7: "رجب",
    8: "شعبان",
    9: "رمضان",
    10: "شوال",
    11: "ذو القعدة|ذي القعدة",
    12: "ذو الحجة|ذي الحجة",
}
#: Month names that are also other words («آب»/«أب», «مارس» "practised", «صفر» zero, «رجب» and «شعبان» people):
#: read as months only beside a day, a year, another month or the word «شهر».
AMBIGUOUS = "آب ماي أوت مارس نيسان صفر محرم رجب شعبان شوال جوان شباط تموز رمضان"
#: Monday first, as in ISO 8601.
WEEKDAYS = {
    1: "الاثنين|الإثنين",
    2: "الثلاثاء",
    3: "الأربعاء",
    4: "الخميس",
    5: "الجمعة",
    6: "السبت",
    7: "الأحد",
}
