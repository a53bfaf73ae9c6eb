"""A folder laid out as ``MUJAZ_DATA`` is, with a few invented articles in each of its files."""

from __future__ import annotations

import json
import random
import tomllib
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

import pyarrow
import pyarrow.parquet

RECIPE = Path("training/recipes/prepare-news.toml")
CITIES = "صنعاء بيروت عمان تونس الرباط القاهرة بغداد مسقط الدوحة الكويت المنامة طرابلس الجزائر نواكشوط الخرطوم".split()
GOODS = "القمح القطن الحديد النفط الغاز السكر الأرز الذهب النحاس الفوسفات التمور الزيتون الورق الزجاج الخشب".split()
LATER = (
    "قال مدير السوق سالم الحداد إن كلفة البناء بلغت {a} ملايين دينار، ودفعت بلدية {city} نصفها قبل نهاية العام الماضي.",
    "أوضح وزير التجارة كمال النجار أن أسعار {goods} ارتفعت بنسبة {a} في المئة في {city}، بعد أن ضاقت المخازن بما فيها.",
    "تعتزم نقابة التجار في {city} بناء {a} مخازن جديدة لحفظ {goods}، وكانت قد طلبت ذلك من البلدية قبل أعوام.",
    "طالب مزارعون من ضواحي {city} بخفض رسوم نقل {goods} إلى الموانئ، بعد أن بلغت {a} دنانير للطن الواحد في هذا الموسم.",
    "اشترت شركة النقل في {city} هذا العام {a} شاحنات لنقل {goods}، بقرض من البنك الدولي يسدد في عشرة أعوام.",
)
PORT = (
    "ميناء {city} يستقبل {many} سفينة محملة بـ{goods}",
    "سفن تصل إلى ميناء {city} وعليها {goods} وعددها {many} في أسبوع واحد من أسابيع هذا الصيف",
    "استقبل ميناء {city} خلال الأسبوع الماضي {many} سفينة محملة بـ{goods} وفق ما جاء في سجل الميناء",
)
MARKET = (
    "بلدية {city} تفتتح سوقا يضم {many} متجرا لبيع {goods}",
    "سوق جديد في {city} يضم {many} متجرا لبيع {goods} بحسب بيان نشرته إدارة السوق صباح اليوم",
    "افتتحت بلدية {city} سوقا جديدا يضم {many} متجرا لبيع {goods} بحسب بيان نشرته إدارة السوق صباح اليوم",
)
"""Title, standfirst and lead: what is measured on tells another story than what is read for training."""


def article(number: int, story: Sequence[str]) -> dict[str, str]:
    """One article, which no other number tells: most of its words are drawn by ``number``."""
    draw = random.Random(number)
    city, goods, many = draw.choice(CITIES), draw.choice(GOODS), str(100 + 37 * number)
    title, standfirst, lead = (text.format(city=city, goods=goods, many=many) for text in story)
    later = [
        text.format(a=draw.randint(3, 9), city=draw.choice(CITIES), goods=draw.choice(GOODS))
        for text in (draw.sample(LATER, 3) if story is MARKET else ())
    ]
    rest = ["ومن " + " ".join(draw.choices(CITIES + GOODS, k=60)) + "." for _ in range(7)]
    return {
        "id": f"a{number}",
        "source": "BBC",
        "title": title,
        "standfirst": f"{standfirst}.",
        "body": "\n".join([f"{lead}.", *later, *rest]),
        "date": f"2018-{1 + number % 9:02d}-{10 + number % 18}",
        "url": "",
    }


def write_corpora(folder: Path, articles: int = 14, rows: int = 2) -> Path:
    """The files that the recipe of the news corpora names, under ``folder``; returns it."""
    recipe = tomllib.loads(RECIPE.read_text(encoding="utf-8"))
    numbers = count()
    for corpus in recipe["corpus"]:
        path = _room(folder / corpus["path"])
        pyarrow.parquet.write_table(pyarrow.Table.from_pylist(list(_invented(numbers, articles, MARKET))), path)
    for name in recipe["benchmarks"]:
        invented = [{**one, "abstract": one["standfirst"]} for one in _invented(numbers, rows, PORT)]
        lines = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in invented)
        _room(folder / name).write_text(lines, encoding="utf-8")
    return folder


def _invented(numbers: Iterator[int], many: int, story: Sequence[str]) -> Iterator[dict[str, str]]:
    return (article(next(numbers), story) for _ in range(many))


def _room(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path
