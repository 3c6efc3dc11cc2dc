"""Read the numbers of a text as values, so that `2.500`, `2,500` and `3万`, `thirty thousand` can be compared."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_GROUPED = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*")
_SEVERAL = re.compile(r"\d+(?:([.,])\d+)(?:\1\d+)+")
_TIME = re.compile(r"([01]?\d|2[0-3])\.([0-5]\d)")  # where a comma opens fractions
_CLOCK = re.compile(r"[:：hH]\s?\d{2}(?!\d)|\s?[时時点點]")
_DECADE = re.compile(r"\s?年代|-an\b")
_RANGE = re.compile(r"\s*(?:[-–—~～至到]|to|hingga|sampai|đến)\s*")
_TOKEN = re.compile(r"[㐀-鿿〇]|[^\W\d_㐀-鿿〇]+")
_JOINT = re.compile(r"[ \u00a0]?(?:-|and |a )?")
_HAN = re.compile(r"[㐀-鿿〇]")
_CLOSE = 6  # characters behind a number that say what it is of


@dataclass(frozen=True, slots=True)
class Script:
    """How one language writes numbers."""

    decimal: str
    units: dict[str, float]
    teens: tuple[str, ...]
    multipliers: dict[str, float]
    scales: dict[str, float]
    months: dict[str, float]

    @property
    def tables(self) -> tuple[dict[str, float], ...]:
        """The words that have a value of their own."""
        return self.units, self.multipliers, self.scales, self.months


@dataclass(frozen=True, slots=True)
class Number:
    """A number written in digits: where it stands, every value it may mean, and how English writes it."""

    start: int
    end: int
    values: frozenset[float]
    english: str


@cache
def script(lang: str) -> Script:
    """Return how `lang` (BCP-47) writes numbers; a language that is not known has digits only."""
    tables = tomllib.loads(files("pipeline.translate").joinpath("data/numbers.toml").read_text(encoding="utf-8"))
    table = tables.get(lang.partition("-")[0], tables["other"])
    return Script(
        decimal=table["decimal"],
        units=table.get("units", {}),
        teens=tuple(table.get("teens", ())),
        multipliers=table.get("multipliers", {}),
        scales=table.get("scales", {}),
        months=table.get("months", {}),
    )


def written(text: str, lang: str) -> list[Number]:
    """Return the numbers that stand in digits, each with the scale word behind it (`3万`, `5 juta`, `2 million`)."""
    text = _plain(text)
    rules = script(lang)
    found: list[Number] = []
    for match in _DIGITS.finditer(text):
        scale, end = _scale(text, match.end(), rules)
        values = _values(match[0])
        own = {round(value * scale, 6) for value in values}
        if re.fullmatch(r"\s*[a-z]", text[match.end() : end], re.IGNORECASE):
            own |= values  # `5 m` may be five metres
        own |= _told_otherwise(match[0], text[match.end() : match.end() + _CLOSE], rules)
        found.append(Number(match.start(), end, frozenset(own), _english(match[0], scale, rules.decimal)))
    return _ranges(found, text, rules)


def values(text: str, lang: str) -> frozenset[float]:
    """Return every value that the text may state, in digits, in words, or as the name of a month."""
    digits = (value for number in written(text, lang) for value in number.values)
    return frozenset(digits) | frozenset(_spelled(_plain(text), script(lang)))


def _plain(text: str) -> str:
    """Return full-width digits and signs as ASCII; the length stays, so that spans hold in the original."""
    return text if text.isascii() else "".join(map(_narrow, text))


@cache
def _narrow(character: str) -> str:
    narrow = unicodedata.normalize("NFKC", character)
    return narrow if len(narrow) == 1 and (narrow.isascii() or narrow.isdigit()) else character


def _values(digits: str) -> frozenset[float]:
    """Return what a run of digits may mean: a sign before three digits may group thousands or open a fraction."""
    parts = re.split(r"[.,]", digits)
    found: set[float] = set()
    if len(parts) == 1 or _GROUPED.fullmatch(digits):
        found.add(float("".join(parts)))
    if len(parts) == 2:  # noqa: PLR2004 - one sign: whole and fraction
        found.add(float(".".join(parts)))
    if len(parts) > 2 and len({sign for sign in digits if not sign.isdigit()}) > 1:  # noqa: PLR2004 - both signs
        found.add(float("".join(parts[:-1]) + "." + parts[-1]))
    return frozenset(found or {float(part) for part in parts})


def _told_otherwise(digits: str, after: str, rules: Script) -> set[float]:
    """Return what else English may make of digits: `19:30` is half past seven, `80年代` the 1980s, `3成` 30 percent."""
    time = _TIME.fullmatch(digits) if rules.decimal == "," else None
    told = {float(time[1]), float(time[2])} if time else set[float]()
    if not time and not digits.isdigit():
        return told
    whole = float(time[1] if time else digits)
    if (time or _CLOCK.match(after)) and 12 < whole < 24:  # noqa: PLR2004 - the hours of an afternoon
        told.add(whole - 12)
    if not time and len(digits) == 2 and _DECADE.match(after):  # noqa: PLR2004
        told |= {1900 + whole, 2000 + whole}
    if not time and after.startswith("成"):
        told.add(whole * 10)
    return told


def _scale(text: str, start: int, rules: Script) -> tuple[float, int]:
    """Return the product of the scale words that follow a number at once, and where they end."""
    scale, end = 1.0, start
    every = rules.scales | rules.multipliers
    while word := _next_word(text, end, every):
        scale *= every[word[0].lower()]
        end = word.end()
    return scale, end


def _next_word(text: str, start: int, known: dict[str, float]) -> re.Match[str] | None:
    gap = re.compile(r"[ \u00a0-]?").match(text, start)
    word = _TOKEN.match(text, gap.end() if gap else start)
    return word if word and word[0].lower() in known else None


def _english(digits: str, scale: float, decimal: str) -> str:
    """Write a number the English way: `2.500` with the decimal sign `,` is `2,500`, and `3万` is `30,000`.

    What has several signs and no groups of three is no amount (`2.0.1`, `15.03.2026`) and stays as it is.
    """
    if scale == 1 and (digits.isdigit() or (_SEVERAL.fullmatch(digits) and not _GROUPED.fullmatch(digits))):
        return digits
    sign = _decimal_sign(digits, decimal)
    whole, _, fraction = digits.partition(sign) if sign else (digits, "", "")
    plain = re.sub(r"[.,]", "", whole)
    if scale == 1:
        grouped = f"{int(plain):,}" if plain != whole else whole
        return f"{grouped}.{fraction}" if fraction else grouped
    return _scaled(round(float(f"{plain}.{fraction or 0}") * scale, 6))


def _decimal_sign(digits: str, decimal: str) -> str:
    """Return the sign that opens the fraction, if any: only before three digits does the language have to decide."""
    signs = [sign for sign in digits if not sign.isdigit()]
    if not signs or (len(signs) > 1 and len(set(signs)) == 1):
        return ""
    if len(set(signs)) > 1 or not _GROUPED.fullmatch(digits) or digits.startswith("0"):
        return signs[-1]
    return decimal if signs[0] == decimal else ""


def _scaled(value: float) -> str:
    """Write a large number with the word for its scale, where that is short, as newspapers do."""
    for name, unit in (("trillion", 1e12), ("billion", 1e9), ("million", 1e6)):
        share = round(value / unit, 6)
        if value >= unit and share == round(share, 3):
            return f"{share:,.10g} {name}" if share < 1000 else f"{share:,.0f} {name}"  # noqa: PLR2004 - a group
    return f"{round(value):,}" if value == round(value) else f"{value:,}"


def _ranges(found: list[Number], text: str, rules: Script) -> list[Number]:
    """Let the first number of a range share the scale of the second: `2-3万` says 20,000 too."""
    ends = [_scale(text, number.start + len(_DIGITS.match(text, number.start)[0]), rules)[0] for number in found]  # type: ignore[index]
    widened: list[Number] = []
    for i, number in enumerate(found):
        after = found[i + 1].start if i + 1 < len(found) else None
        if after is not None and ends[i] == 1 and ends[i + 1] != 1 and _RANGE.fullmatch(text, number.end, after):
            shared = frozenset(round(value * ends[i + 1], 6) for value in number.values)
            widened.append(Number(number.start, number.end, number.values | shared, number.english))
        else:
            widened.append(number)
    return widened


def _spelled(text: str, rules: Script) -> Iterator[float]:
    """Yield the values of number words: each row of them as a whole and each of its words alone."""
    row: list[str] = []
    end = 0
    for match in _TOKEN.finditer(text):
        word = match[0].lower()
        yield from (table[word] for table in rules.tables if word in table)
        if row and not _JOINT.fullmatch(text, end, match.start()):
            yield _compose(row, rules)
            row = []
        if word in rules.units or word in rules.multipliers or word in rules.scales or word in rules.teens:
            row.append(word)
            end = match.end()
    if row:
        yield _compose(row, rules)


def _compose(row: list[str], rules: Script) -> float:
    """Return the value of number words in a row: `dua ratus lima puluh` is 250."""
    total = group = digit = 0.0
    for word in row:
        if word in rules.units:
            # positional writing (`二〇二五`) shifts what came before; word languages never put digits side by side
            digit = digit * 10 + rules.units[word] if _HAN.fullmatch(word) and digit else digit + rules.units[word]
        elif word in rules.teens:
            digit += 10
        elif word in rules.multipliers:
            group, digit = group + max(1.0, digit) * rules.multipliers[word], 0.0
        else:
            total, group, digit = total + max(1.0, group + digit) * rules.scales[word], 0.0, 0.0
    return total + group + digit
