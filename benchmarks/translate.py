"""Compare our translation stage with Argos Translate's own and with bare CTranslate2, on one pack, text and machine.

    python benchmarks/translate.py [--models models] [--articles 50 | --text FILE] [--rounds 3]

* ours: `Translator.translate`, everything on (batches of one length, guards, retry), memory empty; also without retry,
* Argos: `argostranslate`'s `translate()`, paragraph after paragraph, its own settings, with a splitter that cuts at
  full stops in place of the downloads it would otherwise ask for,
* bare: one `translate_batch` on the same sentences, tokenised beforehand, CTranslate2's own sorting and padding.

Rounds are interleaved, for the machine may be shared: only the ratios (median over the rounds) mean anything, and the
processor's time, which others' work hardly changes, means more than the clock's. The text
is made here from a few hundred words of ours, so that sentences differ in length and few repeat (those are
left out); `--text` takes Indonesian sentences from a file instead, one a line. Argos gets a tenth of it, for its speed
does not depend on how much there is.
"""

import argparse
import os
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from pipeline.config import TranslateConfig
from pipeline.store import ModelStore, Pack
from pipeline.translate import DictMemory, Translator
from pipeline.translate.engine import available_threads
from pipeline.translate.tokens import load_tokenizer

ARGOS_SHARE = 10
Speed = tuple[float, float]
SUBJECTS = (
    "Kepala desa", "Guru baru", "Petani muda", "Wali kota", "Seorang nelayan", "Pemilik toko", "Anak-anak sekolah",
)  # fmt: skip
VERBS = ("mengatakan bahwa", "berharap agar", "menjelaskan bahwa", "percaya bahwa", "menulis bahwa")
CLAUSES = (
    "jembatan baru akan selesai pada musim kemarau",
    "air sungai sudah turun sejak kemarin",
    "harga sayur naik karena hujan",
    "perpustakaan keliling datang setiap bulan",
    "jalan menuju pasar sedang diperbaiki",
    "panen tahun ini lebih baik dari dulu",
    "warga perlu menanam lebih banyak pohon",
    "kapal terakhir berangkat sebelum malam",
    "listrik kembali menyala pagi ini",
)


def main() -> None:
    """Run the rounds and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", type=Path, default=Path("models"))
    parser.add_argument("--articles", type=int, default=50)
    parser.add_argument("--text", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    store = ModelStore(args.models)
    route = store.route("id")
    if route is None:
        parser.error(f"no model for 'id' in {args.models}")
    paragraphs = read(args.text) if args.text else write(args.articles)
    contestants = {
        "ours": ours(store, retry=True),
        "ours, no retry": ours(store, retry=False),
        "bare CTranslate2": bare(route.packs[0]),
        "Argos translate()": argos(route.packs[0]),
    }
    speeds: dict[str, list[Speed]] = {name: [] for name in contestants}
    for _ in range(args.rounds):
        for name, run in contestants.items():
            share = paragraphs[::ARGOS_SHARE] if name.startswith("Argos") else paragraphs
            speeds[name].append(measure(run, share))
    report(speeds, paragraphs)


def report(speeds: dict[str, list[Speed]], paragraphs: list[list[str]]) -> None:
    """Print source words per second, by the clock and by the processor's time, and ours beside the others."""
    print(f"{sum(map(len, paragraphs))} sentences, {words(paragraphs)} words, {available_threads()} processors")
    print("| | words/s, clock | words/s, processor | ours, clock | processor | no retry, clock | processor |")
    print("|---|---|---|---|---|---|---|")
    for name, reached in speeds.items():
        cells = [f"{statistics.median(speed[kind] for speed in reached):.0f}" for kind in (0, 1)]
        cells += [
            f"{statistics.median(a[kind] / b[kind] for a, b in zip(speeds[mine], reached, strict=True)):.2f}"
            for mine in ("ours", "ours, no retry")
            for kind in (0, 1)
        ]
        print(f"| {name} | " + " | ".join(cells) + " |")
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


def words(paragraphs: list[list[str]]) -> int:
    """Count words."""
    return sum(len(sentence.split()) for paragraph in paragraphs for sentence in paragraph)


def read(path: Path) -> list[list[str]]:
    """Return the lines of a file, each a paragraph of one sentence."""
    return [[line] for line in path.read_text(encoding="utf-8").splitlines() if line]


def write(articles: int) -> list[list[str]]:
    """Return paragraphs of sentences, all different."""
    chance = random.Random(1)  # noqa: S311 - the same text every time
    drawn = [
        [
            f"{chance.choice(SUBJECTS)} {chance.choice(VERBS)} "
            + ", ".join(chance.sample(CLAUSES, chance.randint(1, 3)))
            + "."
            for _ in range(chance.randint(2, 6))
        ]
        for _ in range(6 * articles)
    ]
    seen: set[str] = set()
    return [[text for text in paragraph if not (text in seen or seen.add(text))] for paragraph in drawn]


def measure(run: Callable[[list[list[str]]], object], paragraphs: list[list[str]]) -> Speed:
    """Return source words per second of the clock and of the processor's time over all threads."""
    clock, processor = time.perf_counter(), time.process_time()
    run(paragraphs)
    return words(paragraphs) / (time.perf_counter() - clock), words(paragraphs) / (time.process_time() - processor)


def ours(store: ModelStore, *, retry: bool) -> Callable[[list[list[str]]], object]:
    """Return our stage with a memory that is empty each time."""
    translator = Translator(store, TranslateConfig(retry=retry), DictMemory())
    translator.translate([("Halo dunia.", "id")])

    def run(paragraphs: list[list[str]]) -> object:
        translator._memory = DictMemory()  # noqa: SLF001 - the model stays loaded, what it said is forgotten
        return translator.translate([(sentence, "id") for paragraph in paragraphs for sentence in paragraph])

    return run


def bare(pack: Pack) -> Callable[[list[list[str]]], object]:
    """Return one call of CTranslate2 with our decoding options, on tokens that cost nothing."""
    import ctranslate2

    config = TranslateConfig()
    model = ctranslate2.Translator(
        str(pack.folder / "model"), compute_type="int8", inter_threads=available_threads(), intra_threads=1
    )
    tokenizer = load_tokenizer(pack)
    tokens: dict[str, list[str]] = {}

    def run(paragraphs: list[list[str]]) -> object:
        sentences = [sentence for paragraph in paragraphs for sentence in paragraph]
        sources = [
            tokens.get(sentence) or tokens.setdefault(sentence, tokenizer.encode(sentence)) for sentence in sentences
        ]
        return model.translate_batch(
            sorted(sources, key=len),
            max_batch_size=config.batch_tokens,
            batch_type="tokens",
            beam_size=config.beam_size,
            no_repeat_ngram_size=config.no_repeat_ngram_size,
            return_scores=True,
            replace_unknowns=True,
        )

    return run


def argos(pack: Pack) -> Callable[[list[list[str]]], object]:
    """Return Argos' own translation, in a home of its own, with nothing to download."""
    home = Path(tempfile.mkdtemp())
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "HOME"):
        os.environ[name] = str(home / name)
    os.environ |= {"ARGOS_PACKAGES_DIR": str(pack.folder.parent.resolve()), "ORT_DISABLE_TELEMETRY": "1"}
    from argostranslate import translate

    translation = translate.get_translation_from_codes("id", pack.to_code)
    translation.underlying.sentencizer = FullStops()

    def run(paragraphs: list[list[str]]) -> object:
        return [translation.translate(" ".join(paragraph)) for paragraph in paragraphs]

    return run


class FullStops:
    """Cut at full stops: all that this text needs."""

    def split_sentences(self, text: str) -> list[str]:
        """Return the sentences."""
        return [f"{sentence.strip().removesuffix('.')}." for sentence in text.split(". ")]


if __name__ == "__main__":
    main()
