"""One function a format, each writing pairs as they come."""

import json
import re
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import TextIO
from xml.sax.saxutils import escape, quoteattr

from pipeline import __version__
from pipeline.export.pairs import Exported

TSV_COLUMNS = ("src", "tgt", "src_lang", "tgt_lang", "score", "kind", "split", "id")

# Characters that XML 1.0 cannot hold, not even escaped.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_TMX_HEAD = f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
<header creationtool="pipeline" creationtoolversion="{__version__}" segtype="block" o-tmf="pipeline" adminlang="en"
 srclang="*all*" datatype="plaintext"/>
<body>
"""
_TMX_TAIL = "</body>\n</tmx>\n"


def write_jsonl(pairs: Iterable[Exported], out: TextIO) -> None:
    """Write every column of each pair as one JSON object a line."""
    out.writelines(json.dumps(asdict(pair), ensure_ascii=False) + "\n" for pair in pairs)


def write_tsv(pairs: Iterable[Exported], out: TextIO) -> None:
    """Write a header and one line a pair; any run of white space within a text becomes one space."""
    out.write("\t".join(TSV_COLUMNS) + "\n")
    out.writelines("\t".join(one_line(str(getattr(pair, column))) for column in TSV_COLUMNS) + "\n" for pair in pairs)


def write_moses(pairs: Iterable[Exported], prefix: Path) -> list[Path]:
    """Write two line-parallel files a language pair, named as OPUS does: `PREFIX.id-en.id` and `PREFIX.id-en.en`."""
    with ExitStack() as stack:
        files: dict[Path, TextIO] = {}
        for pair in pairs:
            for lang, text in ((pair.src_lang, pair.src), (pair.tgt_lang, pair.tgt)):
                path = prefix.with_name(f"{prefix.name}.{pair.src_lang}-{pair.tgt_lang}.{lang}")
                if path not in files:
                    files[path] = stack.enter_context(path.open("w", encoding="utf-8", newline="\n"))
                files[path].write(one_line(text) + "\n")
    return sorted(files)


def write_tmx(pairs: Iterable[Exported], out: TextIO) -> None:
    """Write TMX 1.4, a translation unit a pair, its score, kind and split as properties."""
    out.write(_TMX_HEAD)
    out.writelines(_unit(pair) for pair in pairs)
    out.write(_TMX_TAIL)


def _unit(pair: Exported) -> str:
    facts = {"kind": pair.kind, "split": pair.split, "score": f"{pair.score:.4f}", "story": pair.story_id}
    props = "".join(f"<prop type={quoteattr(f'x-{name}')}>{_xml(value)}</prop>" for name, value in facts.items())
    sides = ((pair.src_lang, pair.src), (pair.tgt_lang, pair.tgt))
    variants = "".join(f"<tuv xml:lang={quoteattr(lang)}><seg>{_xml(text)}</seg></tuv>\n" for lang, text in sides)
    return f"<tu tuid={quoteattr(pair.id)} srclang={quoteattr(pair.src_lang)}>{props}\n{variants}</tu>\n"


def _xml(text: str) -> str:
    return escape(_NOT_XML.sub("", text), {"\r": "&#13;"})


def one_line(text: str) -> str:
    """Return the text with every run of white space, line and paragraph separators included, as one space."""
    return " ".join(text.split())
