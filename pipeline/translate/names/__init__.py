"""Find names that English writes as the source does, or in one known way: those a model may misspell or leave out."""

from collections.abc import Iterator

from pipeline.translate.names.chinese import find_chinese
from pipeline.translate.names.indonesian import find_indonesian
from pipeline.translate.names.latin import find_latin
from pipeline.translate.names.vietnamese import find_vietnamese
from pipeline.translate.names.words import Name, bare

__all__ = ["Name", "bare", "find_names"]

_FINDERS = {"id": find_indonesian, "ms": find_indonesian, "vi": find_vietnamese, "zh": find_chinese}


def find_names(source: str, lang: str) -> Iterator[Name]:
    """Yield the names in a source; no two of them overlap."""
    main = lang.partition("-")[0]
    latin = list(find_latin(source, chinese=main == "zh"))
    yield from latin
    if main in _FINDERS:
        for name in _FINDERS[main](source):
            if all(name.end <= other.start or other.end <= name.start for other in latin):
                yield name
