"""Small hand-written articles at the end of the flow."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import pipeline.emit
from pipeline.config import EmitConfig
from pipeline.emit import Dossier, EmitCounts, Telling
from pipeline.records import (
    Bead,
    Block,
    Declared,
    Evidence,
    Hypothesis,
    Identified,
    Kind,
    LanguageVote,
    Metadata,
    Sentence,
)

# One paragraph a tuple, one (source, English) a sentence.
Paragraphs = Sequence[Sequence[tuple[str, str]]]

HARBOUR_ID: Paragraphs = (
    (("Pelabuhan lama dibuka kembali untuk nelayan", "The old harbour reopens to fishermen"),),
    (
        (
            "Setelah tiga tahun perbaikan, dermaga batu itu kembali ramai.",
            "After three years of repairs the stone pier is busy again.",
        ),
        ("Empat puluh perahu berlabuh pada pagi pertama.", "Forty boats moored on the first morning."),
    ),
    (("Wali kota berjanji membangun pasar ikan tahun depan.", "The mayor promised to build a fish market next year."),),
)
HARBOUR_VI: Paragraphs = (
    (("Bến cảng cũ mở cửa trở lại cho ngư dân", "Old port open again for fishers"),),
    (("Bốn mươi chiếc thuyền đã cập bến vào buổi sáng đầu tiên.", "Forty boats docked in the first morning."),),
    (("Thị trưởng hứa xây chợ cá vào năm sau.", "The mayor vows to build a fish market in the coming year."),),
)
HARBOUR_EN: Paragraphs = (
    (("Fishing boats return to the old harbour", "Fishing boats return to the old harbour"),),
    (
        (
            "Forty boats came in on the first morning after the works.",
            "Forty boats came in on the first morning after the works.",
        ),
    ),
)
LIBRARY_ZH: Paragraphs = (
    (("山村图书馆收到第一千本书", "A mountain village library receives its thousandth book"),),
    (
        ("退休邮差每周骑车送书上山。", "A retired postman cycles books up the mountain every week."),
        ("孩子们最喜欢关于鲸鱼的画册。", "The children like the picture book about whales best."),
    ),
)
DEBRIS = ("Bagikan ke teman", "share", "share.row")


def dossier(
    path: str, lang: str, story: str, paragraphs: Paragraphs, *, score: float = 0.9, flags: tuple[str, ...] = ()
) -> Dossier:
    """Return an article: a title, paragraphs, and a line of debris at the end."""
    text = "\n".join(" ".join(source for source, _ in sentences) for sentences in paragraphs)
    sha256 = hashlib.sha256(f"{path}\n{text}".encode()).hexdigest()
    blocks, at = [], 0
    for number, line in enumerate([*text.split("\n"), DEBRIS[0]]):
        kind = Kind.TITLE if number == 0 else Kind.PARAGRAPH
        blocks.append(Block(number, number + 1, number + 1, at, at + len(line), line, line, kind, lang=lang))
        at += len(line) + 1
    blocks[-1] = blocks[-1]._replace(kind=Kind.DEBRIS, keep=False, label=DEBRIS[1], rule=DEBRIS[2])
    numbered = [(b, s, pair) for b, sentences in enumerate(paragraphs) for s, pair in enumerate(sentences)]
    english = "" if lang == "en" else "tiny-mul_en@1"
    return Dossier(
        article_id=sha256[:16],
        path=path,
        sha256=sha256,
        n_bytes=len(text.encode()),
        encoding="utf-8",
        declared=Declared(),
        identified=Identified(lang, 0.98, (LanguageVote(lang, len(text)),), tuple(blocks)),
        metadata=Metadata(title=blocks[0].text, byline="Rina Laut", published="2024-05-17"),
        sentences=tuple(Sentence(b, s, source, lang) for b, s, (source, _) in numbered),
        hypotheses=tuple(Hypothesis(target, score, flags, english) for _, _, (_, target) in numbered),
        story_id=story,
    )


def bead(
    a: Dossier,
    b: Dossier,
    blocks_a: tuple[int, ...],
    blocks_b: tuple[int, ...],
    *,
    score: float = 0.8,
    regime: str = "reports",
) -> Bead:
    """Return a link between blocks of two articles."""
    evidence = Evidence(
        encoder=None, nearest=1.0, pivot=0.7, names=0.5, numbers=1.0, dates=None, length=0.9, position=0.4
    )
    return Bead(a.article_id, b.article_id, blocks_a, blocks_b, score, evidence, regime)


def emit(
    dossiers: Iterable[Dossier], beads: Iterable[Bead], signature: str, config: EmitConfig, folder: Path
) -> EmitCounts:
    """Emit articles with their beads, put together story by story."""
    articles = list(dossiers)
    versions = {article.article_id: article for article in articles if article.status != "duplicate"}
    stories: dict[str, list[Bead]] = defaultdict(list)
    for one in beads:
        stories[versions[one.article_a].story_id].append(one)
    tellings = [
        Telling(tuple(article for article in versions.values() if article.story_id == story), tuple(own))
        for story, own in stories.items()
    ]
    return pipeline.emit.emit(iter(articles), iter(tellings), signature, config, folder)


def harbour_and_library() -> tuple[list[Dossier], list[Bead]]:
    """Return four articles, three of one story, and the beads between them."""
    indonesian = dossier("pelabuhan.txt", "id", "harbour", HARBOUR_ID)
    vietnamese = dossier("cang.txt", "vi", "harbour", HARBOUR_VI)
    english = dossier("harbour.txt", "en", "harbour", HARBOUR_EN)
    chinese = dossier("shu.txt", "zh-Hans", "library", LIBRARY_ZH)
    beads = [
        bead(indonesian, vietnamese, (0,), (0,), score=0.9),
        bead(indonesian, vietnamese, (1,), (1,)),
        bead(indonesian, vietnamese, (2,), (2,)),
        bead(english, vietnamese, (1,), (1,), score=0.7),
    ]
    return [indonesian, vietnamese, english, chinese], beads


def many_stories(n: int) -> list[Dossier]:
    """Return one Indonesian article a story, no two of which share a sentence."""
    towns = ("Batuampar", "Sungai Jernih", "Tanjung Elok", "Gunung Sepi", "Kali Panjang", "Pulau Angin", "Lembah Kabut")
    goods = (
        "payung rotan",
        "lonceng kuningan",
        "perahu layar",
        "kain tenun",
        "gerobak kopi",
        "jam dinding",
        "rak buku",
    )
    return [
        dossier(
            f"kota/{number:03}.txt",
            "id",
            f"story-{number:03}",
            (
                ((f"{_word(number)} {towns[number % 7]}", f"{_word(number)} {towns[number % 7]} in the news"),),
                (
                    (
                        f"{_word(number * 31 + 7)} {goods[number // 7 % 7]} {_word(number * 17 + 3)}.",
                        f"{_word(number * 13 + 5)} {_word(number)}.",
                    ),
                ),
            ),
        )
        for number in range(n)
    ]


def _word(number: int) -> str:
    """Return a made-up word of its own for each number."""
    value = int(hashlib.sha256(str(number).encode()).hexdigest()[:14], 16)
    letters = []
    while value:
        value, syllable = divmod(value, 60)
        letters.append("bdgklmnprst"[syllable % 11] + "aeiou"[syllable % 5])
    return "".join(letters)
