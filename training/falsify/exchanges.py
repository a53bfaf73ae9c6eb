"""Corruptions that exchange who and what: roles, actors, objects, places, nationalities."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from random import Random

from summarizer.arabic.text.normalize import fold
from summarizer.arabic.vocabulary import is_name
from summarizer.arabic.words import tokenize
from summarizer.briefing.claims.source_index import IndexedSentence
from summarizer.schema import Span
from training.falsify.mentions import Mention, attach, split_proclitics
from training.falsify.scene import Scene, edit
from training.falsify.words import ENDINGS, countries, nationalities, word_set, words_of

_ACTORS = frozenset(("name", "title", "group", "country"))
_SPARED = 0.5
"""Of the statements without two actors: whose things do not change places (the outcome often makes no sense)."""
_CONJUNCTIONS = frozenset(("و", "او", "ثم", "ف"))


def swap_roles(scene: Scene, draw: Random) -> str | None:
    """Two actors, or two things, of the statement change places, proclitics staying where they are.

    Not the members of «أ و ب», nor around what says the same both ways («لقاء أ مع ب», «بين أ و ب»).
    """
    pairs = [
        (one, other)
        for place, one in enumerate(scene.mentions)
        for other in scene.mentions[place + 1 :]
        if _class(one) == _class(other) and not one.meets(other) and _parted(one, other, scene)
    ]
    pairs = [pair for pair in pairs if not _symmetric(pair[1], scene)]
    actors = [pair for pair in pairs if pair[0].kind in _ACTORS]
    if not actors and draw.random() < _SPARED:
        return None
    pairs = actors or pairs
    if not pairs:
        return None
    draw.shuffle(pairs)
    one, other = max(pairs, key=lambda pair: pair[0].feminine == pair[1].feminine)
    return edit(scene.statement, [*_put(other, one, scene), *_put(one, other, scene)])


def _put(new: Mention, site: Mention, scene: Scene) -> list[tuple[Span, str]]:
    """The changes that put ``new`` in the place of ``site``; a present verb right behind it agrees in gender."""
    changes = [(site.span, attach(site.prefix, new.core))]
    before = scene.statement[: site.span.start].rstrip(' «"')
    opens = not before or before[-1] in ":،."
    verb = next((word for word in scene.words if word.span.start == site.span.end + 1), None)
    if opens and verb and new.feminine != site.feminine and len(verb.text) > 2 and not is_name(verb.text):
        person = {"ت": "ي", "ي": "ت"}.get(verb.text[0]) if (verb.text[0] == "ت") == site.feminine else None
        if person:
            changes.append((verb.span, person + verb.text[1:]))
    return changes


def _class(mention: Mention) -> str:
    return "actor" if mention.kind in _ACTORS else mention.kind


def _parted(one: Mention, other: Mention, scene: Scene) -> bool:
    """True when a word that is neither a conjunction nor part of a mention stands between the two."""
    covered = [mention.span for mention in scene.mentions]
    return any(
        one.span.end <= word.span.start < other.span.start
        and fold(word.text) not in _CONJUNCTIONS
        and not any(span.start <= word.span.start < span.end for span in covered)
        for word in scene.words
    )


def _symmetric(other: Mention, scene: Scene) -> bool:
    before = (fold(word.text) for word in scene.words if word.span.start < other.span.start)
    listed = word_set("symmetric")
    return any(word in listed or (word[:1] in ("و", "ف", "ب", "ل") and word[1:] in listed) for word in before)


def other_actor(scene: Scene, draw: Random) -> str | None:
    """An actor of the statement becomes another one of the source."""
    return _replace(scene, draw, ("name", "title", "group", "country"), scene.source_mentions)


def other_object(scene: Scene, draw: Random) -> str | None:
    """A thing of the statement becomes another one that the source speaks of in the same sentence."""
    return _replace(scene, draw, ("thing",), scene.source_mentions)


def other_place(scene: Scene, draw: Random) -> str | None:
    """A city or country of the statement becomes another one of the source."""
    return _replace(scene, draw, ("city", "country"), scene.source_mentions)


def stranger(scene: Scene, draw: Random) -> str | None:
    """An actor becomes one that the source never names."""
    unknown = [mention for mention in scene.strangers if _is_specific(mention) and not _named(mention, scene)]
    return _replace(scene, draw, ("name", "title", "group"), unknown, known=False)


def strange_place(scene: Scene, draw: Random) -> str | None:
    """A city or country becomes one that the source never names."""
    sites = [mention for mention in scene.mentions if mention.kind in ("city", "country")]
    if not sites:
        return None
    site = draw.choice(sites)
    names = words_of("cities") if site.kind == "city" else tuple(countries())
    names = tuple(name for name in names if not scene.index.positions(name) and not _namesake(name, scene))
    return edit(scene.statement, [(site.span, attach(site.prefix, draw.choice(names)))]) if names else None


def _namesake(name: str, scene: Scene) -> bool:
    adjective = countries().get(name, "")
    return bool(adjective) and any(fold(adjective) in fold(word.text) for word in scene.index.words)


def _is_specific(mention: Mention) -> bool:
    """«الحكومة» may be the very one that the source calls otherwise; «الحكومة التركية» and «أوباما» are not."""
    return " " in mention.core or mention.kind == "name" or fold(mention.core) in word_set("teams")


def _named(mention: Mention, scene: Scene) -> bool:
    return all(scene.index.has(word.text) for word in tokenize(mention.core))


def _replace(
    scene: Scene, draw: Random, kinds: Sequence[str], candidates: Iterable[Mention], *, known: bool = True
) -> str | None:
    sites = [mention for mention in scene.mentions if mention.kind in kinds]
    candidates = list(candidates)
    options = [
        (site, other)
        for site in sites
        for other in candidates
        if other.kind == site.kind
        and not any(other.meets(mention) for mention in scene.mentions)
        and (not known or _is_another(site, other, scene))
    ]
    if not options:
        return None
    draw.shuffle(options)
    site, other = max(options, key=lambda pair: pair[0].feminine == pair[1].feminine)
    return edit(scene.statement, _put(other, site, scene))


def _is_another(site: Mention, other: Mention, scene: Scene) -> bool:
    """False when the two may be one: linked by a mention that shares words with both («الرئيس», «الرئيس أوباما»).

    Titles, groups and things have many names, so those must also stand in one sentence, not side by side.
    """
    linked = [mention for mention in scene.source_mentions if mention.meets(site)]
    if any(other.meets(mention) for mention in linked):
        return False
    if site.kind in ("city", "country", "name"):
        return True
    return any(_apart(linked, other, sentence) for sentence in scene.index.sentences)


def _apart(linked: Sequence[Mention], other: Mention, sentence: IndexedSentence) -> bool:
    inside = sentence.span.start <= other.span.start < sentence.span.end
    return inside and any(
        sentence.span.start <= mention.span.start < sentence.span.end
        and max(other.span.start - mention.span.end, mention.span.start - other.span.end) > 3
        for mention in linked
    )


def other_nationality(scene: Scene, draw: Random) -> str | None:
    """«الجيش السوري» becomes «الجيش التركي»: a nationality of the source where it has another one, else any."""
    sites = []
    for place, word in enumerate(scene.words):
        prefix, core, definite = split_proclitics(word.text)
        bare = core.removeprefix("ال") if definite else core
        country = nationalities().get(fold(bare))
        if country and place:
            sites.append((place, prefix + ("ال" if definite else ""), bare, country))
    if not sites:
        return None
    place, opening, bare, country = draw.choice(sites)
    ending = next(end for end in sorted(ENDINGS, key=len, reverse=True) if _stem(country) + fold(end) == fold(bare))
    names = [name for name in countries() if name != country and _fits(name, place, opening, ending, scene)]
    near = [name for name in names if scene.index.positions(name)]
    chosen = draw.choice(near or names)
    opening = opening.replace("لال", "لل")
    return edit(scene.statement, [(scene.words[place].span, opening + countries()[chosen] + ending)])


def _stem(country: str) -> str:
    return fold(countries()[country])


_ONE_COUNTRY = frozenset(("أمريكا", "أميركا"))


def _fits(name: str, place: int, opening: str, ending: str, scene: Scene) -> bool:
    """False when the statement has the country already, or the source the very phrase."""
    adjective = countries()[name]
    if any(fold(adjective) in fold(word.text) or fold(name) in fold(word.text) for word in scene.words):
        return False
    if name in _ONE_COUNTRY and any(fold(other)[:4] in fold(scene.statement) for other in _ONE_COUNTRY):
        return False
    phrase = fold(f"{scene.words[place - 1].text} {opening}{adjective}{ending}")
    return phrase not in fold(scene.source)
