"""What a site puts around every story is debris; a story fetched twice is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.clean.repetition import LABEL, RULE, drop_repeated, find_repeated, source_lines
from pipeline.config import CleanConfig
from pipeline.records import Block, Cleaned, Declared, Kind, Metadata

CONFIG = CleanConfig(repeated_articles=5, repeated_share=0.02)
FRAME = "Ikuti saluran Kabar Teluk untuk cerita pagi"
STORIES = [
    f"Nelayan nomor {word} pulang membawa ikan dan cerita panjang tentang {word} malam di laut."
    for word in "abcdefghijkl"
]


def article(*lines, url="https://www.kabar.example/a", source=None, declared=None, title="Judul"):
    """Give what repetition knows of an article with these lines."""
    kinds = [Kind.TITLE, *[Kind.PARAGRAPH] * len(lines)]
    blocks = tuple(
        Block(n, n + 1, n + 1, 0, 0, text, text, kind)
        for n, (text, kind) in enumerate(zip([title, *lines], kinds, strict=True))
    )
    return source_lines(Cleaned(blocks, Metadata(source=source)), Declared(url=url, source=declared))


def site(n, **options):
    return {f"{i:02}": article(STORIES[i], FRAME, **options) for i in range(n)}


def test_a_line_around_every_story_is_found_once_enough_articles_have_it():
    assert find_repeated(site(4), CONFIG) == {}
    found = find_repeated(site(5), CONFIG)
    assert set(found) == {"00", "01", "02", "03", "04"}
    assert all(forms == (FRAME.lower(),) for forms in found.values())


def test_what_stands_once_is_never_repeated():
    found = find_repeated(site(3), CleanConfig(repeated_articles=1, repeated_share=0))
    assert found == dict.fromkeys(("00", "01", "02"), (FRAME.lower(),))


def test_numbers_in_the_line_may_differ():
    articles = {str(n): article(STORIES[n], f"Dibaca {n * 17} kali hari ini") for n in range(6)}
    assert len(find_repeated(articles, CONFIG)) == 6


def test_sources_are_kept_apart():
    articles = {f"{n}": article(STORIES[n], FRAME, url=f"https://site{n % 3}.example/x") for n in range(9)}
    assert find_repeated(articles, CONFIG) == {}


def test_www_is_the_same_host():
    articles = {
        f"{n}": article(STORIES[n], FRAME, url=f"https://{'www.' * (n % 2)}kabar.example/{n}") for n in range(6)
    }
    assert len(find_repeated(articles, CONFIG)) == 6


def test_without_an_address_the_named_source_counts_and_without_either_nothing():
    assert len(find_repeated(site(6, url=None, source="Kabar Teluk"), CONFIG)) == 6
    assert len(find_repeated(site(6, url=None, declared="Kabar Teluk"), CONFIG)) == 6
    assert find_repeated(site(6, url=None), CONFIG) == {}


@pytest.mark.parametrize(
    "url", ["http://[bad", "http://a:b@[::1", "http://[\ufffd", "http://kabar.example:x/", "?", "//"]
)
def test_an_address_that_is_none_does_no_harm(url):
    assert article(*STORIES[:2], url=url, source="Kabar Teluk").source in {"kabar teluk", "kabar.example"}


def test_a_story_fetched_again_and_again_is_kept():
    articles = {str(n): article(*STORIES[:4], f"Pembaruan ke-{n} dari redaksi.") for n in range(8)}
    assert find_repeated(articles, CONFIG) == {}


def test_a_line_that_few_of_many_have_is_kept():
    few = CleanConfig(repeated_articles=5, repeated_share=0.9)
    articles = site(5) | {f"x{n}": article(f"{STORIES[n]} Dan seterusnya.") for n in range(5, 12)}
    assert find_repeated(articles, few) == {}


def test_titles_never_count():
    articles = {str(n): article(STORIES[n], title="Cuaca hari ini") for n in range(8)}
    assert find_repeated(articles, CONFIG) == {}


def test_zero_turns_it_off():
    assert find_repeated(site(9), CleanConfig(repeated_articles=0)) == {}


def test_what_is_dropped_says_why():
    blocks = tuple(Block(n, n + 1, n + 1, 0, 0, text, text) for n, text in enumerate([STORIES[0], f"{FRAME}!"]))
    kept, gone = drop_repeated(blocks, (FRAME.lower(),))
    assert kept == blocks[0]
    assert (gone.keep, gone.kind, gone.label, gone.rule) == (False, Kind.DEBRIS, LABEL, RULE)


def test_a_title_is_not_dropped():
    title = Block(0, 1, 1, 0, 0, FRAME, FRAME, Kind.TITLE)
    assert drop_repeated((title,), (FRAME.lower(),)) == (title,)


@pytest.mark.parametrize("forms", [(), ("nothing of this",)])
def test_nothing_repeated_changes_nothing(forms):
    blocks = (Block(0, 1, 1, 0, 0, STORIES[0], STORIES[0]),)
    assert drop_repeated(blocks, forms) == blocks


@given(st.permutations(list(range(8))))
def test_the_order_of_arrival_does_not_matter(order):
    articles = site(8)
    shuffled = {f"{n:02}": articles[f"{n:02}"] for n in order}
    assert find_repeated(shuffled, CONFIG) == find_repeated(articles, CONFIG)
