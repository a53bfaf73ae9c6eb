"""The word lists of the faithfulness check, from how words inflect in a news corpus. No tagger, no article text.

    python -m training.lexicon --corpora DIR --out summarizer/arabic/data/common_words.txt

DIR holds parquet files with ``title`` and ``body``. Arabic words show what they are by the company of their forms: a
noun stands with and without the article and takes pronouns, a verb takes the endings and prefixes of persons, a name
does neither. What inflects is a common word and is kept by its key with its document frequency; what does not, yet
would be taken for an inflection of a common word (كاميرون: ك + أمير + ون), is kept as a name when it stands beside
other names often enough.
"""

from __future__ import annotations

import argparse
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from summarizer.arabic.forms import stems_of
from summarizer.arabic.text.normalize import fold
from summarizer.arabic.vocabulary import CONJUGATED
from summarizer.arabic.words import is_stopword, key
from summarizer.errors import DataError

_WORD = re.compile(r"[^\W\d_a-z]+")
_MIN_COUNT = 4
_MIN_WORD_ARTICLES = 10
_MIN_NAME_ARTICLES = 12
#: Shares of a word's occurrences from which its article, its pronouns, its persons and its plurals show it a word.
_ARTICLE_SHARE, _PRONOUN_SHARE, _PERSON_SHARE, _PLURAL_SHARE = 0.02, 0.03, 0.15, 0.2
#: Share of a word's neighbours that must be sure names for it to be one.
_NAME_COMPANY = 0.2
_KEYS_A_LINE = 20
#: Pronouns that names do not take, and the construct «مدينتي».
_POSSESSED = re.compile("(?:ها|هم|هما|هن|كم|ته|تي|[اودرعلفن]ه)$")


@dataclass(frozen=True, slots=True)
class Counts:
    """``words``: occurrences of folded words («و» and «ف» taken off); ``articles``: how many articles have them."""

    words: Counter[str]
    articles: Counter[str]
    total_articles: int


def read_articles(folder: Path) -> Iterator[str]:
    """Title and body of every record of every parquet file of ``folder``. Raises DataError when there is none."""
    import pyarrow.parquet as parquet

    paths = sorted(folder.glob("*.parquet"))
    if not paths:
        raise DataError(expected="a folder of parquet files", got=str(folder), hint="pass --corpora DIR")
    for path in paths:
        table = parquet.read_table(path, columns=["title", "body"])
        for title, body in zip(table["title"].to_pylist(), table["body"].to_pylist(), strict=True):
            yield f"{title or ''}\n{body or ''}"


def count_words(articles: Iterable[str]) -> Counts:
    """Words and their articles, a leading «و» or «ف» taken off where the rest is the commoner word."""
    words: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    total = 0
    for text in articles:
        found = _WORD.findall(fold(text))
        words.update(found)
        inside.update(set(found))
        total += 1
    merged: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    for word, count in words.items():
        joined = len(word) > 3 and word[0] in "وف" and words.get(word[1:], 0) > count
        base = word[1:] if joined else word
        merged[0][base] += count
        merged[1][base] += inside[word]
    return Counts(*merged, total)


def is_word(word: str, counts: Counter[str]) -> bool:
    """True when the forms of ``word`` in ``counts`` show it to be a noun, an adjective or a verb."""
    count = counts[word]
    if word.startswith("ال") and len(word) > 4:
        return counts[word[2:]] > _PRONOUN_SHARE * count or _pronouns(word[2:], counts) > _PRONOUN_SHARE * count
    if word.startswith("لل"):
        return counts["ال" + word[2:]] > count / 20 and is_word("ال" + word[2:], counts)
    if word[0] in "بلك" and len(word) > 3 and counts[word[1:]] > count / 20 and is_word(word[1:], counts):
        return True
    if word[0] == "س" and word[1:2] in tuple("يتن") and counts[word[1:]] >= _MIN_COUNT:
        return is_word(word[1:], counts)
    article = counts["ال" + word] + counts["لل" + word] + counts["بال" + word]
    if article > _ARTICLE_SHARE * (count + article) or _pronouns(word, counts) > _PRONOUN_SHARE * count:
        return True
    return _persons(word, counts) > _PERSON_SHARE * count or _plurals(word, counts) > _PLURAL_SHARE * count


def _pronouns(word: str, counts: Counter[str]) -> int:
    found = sum(counts[word + ending] for ending in ("ه", "ها", "هم", "نا"))
    if word.endswith("ه"):
        found += sum(counts[word[:-1] + ending] for ending in ("ته", "تها", "تهم", "ات"))
    return found


def _persons(word: str, counts: Counter[str]) -> int:
    found = counts[word + "ت"] + counts[word + "وا"]
    if word[0] in "يت":
        found += counts[("ت" if word[0] == "ي" else "ي") + word[1:]]
    return found + (counts[word + "ون"] if word[0] in "يتن" else 0)


def _plurals(word: str, counts: Counter[str]) -> int:
    return counts[word + "ات"] + counts[word + "ين"] + counts[word + "ون"]


def common_keys(counts: Counts) -> dict[str, int]:
    """The key of each common word with the number of articles that have it; keys that are names more often are out."""
    as_word: Counter[str] = Counter()
    as_name: Counter[str] = Counter()
    for word, count in counts.words.items():
        if len(word) >= 3 and count >= _MIN_COUNT:
            side = as_word if is_stopword(word) or is_word(word, counts.words) else as_name
            side[key(word)] += counts.articles[word]
    return {k: n for k, n in as_word.items() if n > as_name[k] and n >= _MIN_WORD_ARTICLES}


def hidden_names(counts: Counts, common: dict[str, int], articles: Iterable[str]) -> list[str]:
    """Names that stemming would take for common words, known by the company they keep; the commonest first."""
    names = {
        word
        for word, count in counts.words.items()
        if count >= _MIN_COUNT and counts.articles[word] >= _MIN_NAME_ARTICLES and len(word) > 2
        if not is_stopword(word) and not is_word(word, counts.words)
    }
    suspects = {word for word in names if not common.keys().isdisjoint(stems_of(word))}
    sure = names - suspects
    hidden = {word for word in suspects if not (_POSSESSED.search(word) or CONJUGATED.match(word) or word[0] in "ول")}
    company: Counter[str] = Counter()
    for text in articles:
        found = _WORD.findall(fold(text))
        for before, word, after in zip(["", *found], found, [*found[1:], ""], strict=False):
            if word in hidden and (before in sure or after in sure):
                company[word] += 1
    kept = [word for word in hidden if company[word] >= _NAME_COMPANY * counts.words[word]]
    return sorted(kept, key=lambda word: (-counts.articles[word], word))


def write(path: Path, common: dict[str, int], names: list[str], total_articles: int) -> None:
    """The lists as text: keys by frequency class, then the hidden names."""
    lines = [
        "# Keys of common Arabic words (of arabic.words.key): a line «[n]» opens those that stand in 2^n to 2^(n+1) of",
        f"# {total_articles} news articles; «[names]» opens names that light stemming would take for such words.",
        "# Made by: python -m training.lexicon --corpora DIR --out summarizer/arabic/data/common_words.txt",
    ]
    classes: dict[int, list[str]] = defaultdict(list)
    for word, count in common.items():
        classes[int(math.log2(count))].append(word)
    for level in sorted(classes, reverse=True):
        lines += [f"[{level}]", *_rows(sorted(classes[level]))]
    path.write_text("\n".join([*lines, "[names]", *_rows(names), ""]), encoding="utf-8")


def _rows(words: list[str]) -> list[str]:
    return [" ".join(words[start : start + _KEYS_A_LINE]) for start in range(0, len(words), _KEYS_A_LINE)]


def main(arguments: list[str] | None = None) -> None:
    """Reads the corpora twice (about two minutes for 37 million words) and writes the lists."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True, help="folder of parquet files with title and body")
    parser.add_argument("--out", type=Path, required=True, help="text file to write")
    options = parser.parse_args(arguments)
    counts = count_words(read_articles(options.corpora))
    common = common_keys(counts)
    names = hidden_names(counts, common, read_articles(options.corpora))
    write(options.out, common, names, counts.total_articles)
    print(f"{counts.total_articles} articles: {len(common)} common keys, {len(names)} hidden names -> {options.out}")


if __name__ == "__main__":
    main()
