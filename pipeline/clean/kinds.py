"""Title, headings, list items and quotes among the lines that are kept."""

import re
from collections.abc import Iterable

from pipeline.clean.measures import weigh
from pipeline.records import Block, Kind

_ITEM = re.compile(r"\s*(?:[•·●○▪◦‣*]\s*|[-–]\s+|\d{1,2}[.)、]\s*(?!\d)|[(（]\d{1,2}[)）]\s*)\S")
_PAIRS = {'"': '"', "“": "”", "「": "」", "『": "』", "«": "»", "‘": "’", "„": "“", "»": "«"}
_END = tuple(".。!！?？…;；,，、।။:：")
_TITLE_WEIGHT = 45
_HEADING_WEIGHT, _HEADING_LENGTH = 22, 220


def kind_of(block: Block) -> Kind:
    """Name a kept block by its form; what normalise has already named stays."""
    text = block.text.strip()
    if block.kind not in (Kind.PARAGRAPH, Kind.DEBRIS):
        return block.kind
    if _ITEM.match(text):
        return Kind.LIST_ITEM
    if (
        text
        and _PAIRS.get(text[0])
        and text.rstrip(".,。").endswith(_PAIRS[text[0]])
        and text.endswith(_END + tuple(_PAIRS.values()))
    ):
        return Kind.QUOTE
    if 0 < len(text) <= _HEADING_LENGTH and not text.endswith(_END) and weigh(text) <= _HEADING_WEIGHT:
        return Kind.HEADING
    return Kind.PARAGRAPH


def is_title(block: Block, following: Iterable[Block]) -> bool:
    """Tell whether the first kept line heads the page: one line, shorter than one that follows, no introduction."""
    text = block.text.strip()
    weight = weigh(text)
    return (
        block.kind in (Kind.PARAGRAPH, Kind.HEADING, Kind.TITLE)
        and weight <= _TITLE_WEIGHT
        and any(weight < weigh(other.text) for other in following)
        and not text.endswith((":", "：", ",", "，", ";", "；"))
        and len(re.findall(r"[.。!！?？](?:\s|$|(?<=[。！？]))", text)) <= 1
    )
