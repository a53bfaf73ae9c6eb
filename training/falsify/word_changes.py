"""Corruptions of single words: opposites, and negations put in or taken out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from summarizer.arabic.text.normalize import fold
from summarizer.arabic.vocabulary import is_name
from summarizer.arabic.words import Word, is_stopword
from summarizer.schema import Span
from training.falsify.scene import Scene, edit
from training.falsify.words import Opposite, events, opposites, presents

_PARTICLES = frozenset(fold(word) for word in "لم لن لا ليس ليست عدم".split())
_STILL = frozenset(fold(word) for word in "يزال تزال يزالون زال بد شك سيما إلا سوى".split())
_BEFORE_VERBS = frozenset(fold(word) for word in "الذي التي الذين قد لقد كان كانت ما كما حيث فيما بينما عندما".split())
_OPENING = re.compile(r"([وف]?س?)(\w{3,})$")
_PRESENT = re.compile(r"ي\w{3,}$")
_NOT_VERBS = frozenset(
    fold(word)
    for word in (
        "يونيو يوليو يناير يمين يسار يهود يهودي يوميا يوما يومين يومي يورو يميني يساري يونس يوسف ياسين يحيى يعقوب "
        "ياسر يزيد ينبع يوتيوب ياباني يماني يمني يوناني"
    ).split()
)


class Site(NamedTuple):
    """A word that has an opposite, and its proclitics."""

    place: int
    opening: str
    opposite: Opposite


def antonym(scene: Scene, draw: Random) -> str | None:
    """A verb or a noun becomes its opposite («يواصل» → «يوقف»), with the preposition that belongs to it."""
    sites = [site for site in _sites(scene) if not _stated(site.opposite.word, scene, site.place)]
    if not sites:
        return None
    strong = [site for site in sites if site.opposite.verb or site.place == 0]
    site = draw.choice(strong) if strong and draw.random() < 0.8 else draw.choice(sites)
    opposite, word = site.opposite, scene.words[site.place]
    changes = [(word.span, _opened(site.opening, opposite.word))]
    following = scene.words[site.place + 1] if site.place + 1 < len(scene.words) else None
    if opposite.before and following and fold(following.text) == fold(opposite.before):
        changes.append((following.span, opposite.after))
    elif opposite.verb and opposite.after and not opposite.before:
        changes[0] = (word.span, f"{changes[0][1]} {opposite.after}")
    return edit(scene.statement, changes)


def _sites(scene: Scene) -> Iterator[Site]:
    for place, word in enumerate(scene.words):
        if (place and fold(scene.words[place - 1].text) in _PARTICLES) or is_name(word.text):
            continue
        for opening, options in _readings(word.text):
            verbs = [option for option in options if option.verb]
            nouns = [option for option in options if not option.verb]
            chosen = (verbs or nouns) if _wants_verb(place, scene) else (nouns or verbs)
            yield Site(place, opening, chosen[0])
            break


def _readings(word: str) -> Iterator[tuple[str, tuple[Opposite, ...]]]:
    """(proclitics, opposites) of ``word``: as it stands, as a verb behind «و س», as a noun behind «و ب ل»."""
    if options := opposites().get(fold(word)):
        yield "", options
    match = _OPENING.match(word)
    if match and match[1] and (options := opposites().get(fold(match[2]))):
        future = match[1].endswith("س")
        kept = tuple(option for option in options if option.verb and match[2][0] in "يت") if future else options
        if kept:
            yield match[1], kept
    for match in (re.match(r"([وف]?[بلك])(\w{3,})$", word), re.match(r"([وف]?ل)(ل\w{3,})$", word)):
        if match:
            rest = "ا" + match[2] if match[2].startswith("ل") and match[1].endswith("ل") else match[2]
            nouns = tuple(option for option in opposites().get(fold(rest), ()) if not option.verb)
            if nouns:
                yield match[1], nouns


def _wants_verb(place: int, scene: Scene) -> bool:
    """True where a word that may be a verb or a noun is rather a verb."""
    return (not scene.is_title) if place == 0 else fold(scene.words[place - 1].text) in _BEFORE_VERBS


def _opened(opening: str, word: str) -> str:
    if opening.endswith("ل") and word.startswith("ال"):
        return opening + word[1:]
    return opening + word


def _stated(opposite: str, scene: Scene, place: int) -> bool:
    """True when the source says the opposite and not the word itself, or the statement says both."""
    said = scene.index.has(opposite) and not scene.index.has(scene.words[place].text)
    return said or any(fold(word.text) == fold(opposite) for word in scene.words)


def negate(scene: Scene, draw: Random) -> str | None:
    """A statement is denied («لم يفز», «لا يؤيد», «لن يوقع», «نفي مقتل»), or its denial taken away."""
    denied = [place for place, word in enumerate(scene.words[:-1]) if _bare(word) in _PARTICLES]
    if denied:
        return _affirm(scene, draw.choice(denied))
    sites = [(word, new) for place, word in enumerate(scene.words) if (new := _denied(place, scene))]
    if not sites:
        return None
    word, new = sites[0] if draw.random() < 0.7 else draw.choice(sites)
    return edit(scene.statement, [(word.span, new)])


def _bare(word: Word) -> str:
    folded = fold(word.text)
    return folded[1:] if folded[:1] in ("و", "ف") and folded[1:] in _PARTICLES else folded


def _affirm(scene: Scene, place: int) -> str | None:
    particle, verb = scene.words[place], scene.words[place + 1]
    rest = {fold(word.text) for word in scene.words[place + 1 :]}
    if not rest.isdisjoint(_STILL):
        return None
    opening = particle.text[0] if fold(particle.text) != _bare(particle) else ""
    return edit(scene.statement, [(Span(particle.span.start, verb.span.end), opening + verb.text)])


def _denied(place: int, scene: Scene) -> str:
    """The word at ``place`` with its negation; "" when it is no verb that is known well enough."""
    word = scene.words[place].text
    before = fold(scene.words[place - 1].text) if place else ""
    if before in ("ان", "قد", "لقد") or before in _PARTICLES:
        return ""
    if place == 0 and scene.is_title and fold(word) in events():
        return "" if fold(word) in ("نفي", "رفض", "وقف") else f"نفي {word}"
    opening, bare = (word[0], word[1:]) if word[0] in "وف" and len(word) > 3 and not _is_verb(word) else ("", word)
    verb = fold(bare) not in events() or _wants_verb(place, scene)
    if verb and fold(bare) in presents() and (place or not scene.is_title):
        return f"{opening}لم {_jussive(presents()[fold(bare)])}"
    if bare[:1] == "س" and _is_verb(bare[1:]):
        return f"{opening}لن {bare[1:]}"
    return f"{opening}لا {bare}" if _is_verb(bare) and place else ""


def _jussive(present: str) -> str:
    """A present form as it stands behind «لم»: weak letters at the end and in the middle fall."""
    if present.endswith(("ي", "و", "ى")):
        return present[:-1]
    return present[:-2] + present[-1] if present[1:] in _HOLLOW else present


_HOLLOW = frozenset("عود فوز زيد دين ستقيل قيل بيع ضيع بيح غيب".split())


def _is_verb(word: str) -> bool:
    """True for a verb in the present."""
    folded = fold(word)
    listed = folded in _PRESENTS
    if listed or folded in _NOT_VERBS:
        return listed
    return bool(_PRESENT.match(word)) and not word.endswith(("ة", "ا")) and not is_stopword(word) and not is_name(word)


_PRESENTS = frozenset(fold(present) for present in presents().values())
