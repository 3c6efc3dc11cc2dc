from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.translate import protect
from pipeline.translate.terms import load_terms

TERMS = load_terms(None, ())


def kinds(source, lang="id"):
    return [(source[s.start : s.end], s.kind) for s in protect.spans(source, lang, TERMS)]


@pytest.mark.parametrize(
    ("lang", "source", "expected"),
    [
        ("id", "Baca https://contoh.id/a?b=1&c=2, lalu pulang.", [("https://contoh.id/a?b=1&c=2", "literal")]),
        ("id", "Lihat (https://contoh.id/a).", [("https://contoh.id/a", "literal")]),
        ("zh-Hans", "请看https://liwen.cn/a。谢谢", [("https://liwen.cn/a", "literal")]),
        ("zh-Hans", "目录在www.tushu.cn上", [("www.tushu.cn", "literal")]),
        ("id", "Surat ke a.b@desa.id ya", [("a.b@desa.id", "literal")]),
        ("zh-Hans", "关注@huayuan，谢谢", [("@huayuan", "literal")]),
        ("id", "Tanda #hematair dan #1", [("#hematair", "literal"), ("1", "number")]),
        ("id", "Jalankan `rm -r x 3`", [("`rm -r x 3`", "literal")]),
        ("id", "Kata OpenAI dan OpenAIs", [("OpenAI", "keep"), ("OpenAIs", "name")]),
        ("zh-Hans", "他用iPhone拍照", [("iPhone", "keep")]),
        ("zh-Hans", "他听Beatles的歌", [("Beatles", "name")]),
        ("id", "Ia mendengar Beatles", [("Beatles", "name")]),
        ("id", "Kamera X100 seharga Rp5 juta", [("X100", "name"), ("5 juta", "number")]),
        ("id", "meta dan zoom", []),
        ("vi", "Có 1.200 người", [("1.200", "number")]),
    ],
)
def test_finds_what_must_be_carried_over(lang, source, expected):
    assert kinds(source, lang) == expected


def test_mask_and_unmask_meet_again():
    source = "Surat ke a@desa.id atau b@desa.id, lalu a@desa.id"
    masked = protect.mask(source, protect.literals(source))
    assert "@" not in masked.text
    assert len(masked.stands_for) == 2
    assert protect.unmask(masked.text, masked) == source


def test_placeholders_that_the_source_holds_are_not_used():
    masked = protect.mask("Q7 dan a@desa.id", protect.literals("Q7 dan a@desa.id"))
    assert masked.stands_for[0][0] != "Q7"
    assert protect.unmask(masked.text, masked) == "Q7 dan a@desa.id"


@pytest.mark.parametrize("said", ["see Q7.", "see q7.", "see Q 7."])
def test_a_placeholder_is_known_in_any_case(said):
    assert protect.unmask(said, protect.Masked("Q7", (("Q7", r"\1 @x"),))) == r"see \1 @x."


@pytest.mark.parametrize("said", ["see Q77.", "see AQ7.", "see Q"])
def test_what_only_resembles_a_placeholder_stays(said):
    assert protect.unmask(said, protect.Masked("Q7", (("Q7", "@x"),))) == said


def test_more_spans_than_placeholders_leave_the_rest_as_it_is():
    source = " ".join(f"a{n}@desa.id" for n in range(30))
    masked = protect.mask(source, protect.literals(source))
    assert len(masked.stands_for) == len(protect.PLACEHOLDERS)
    assert protect.unmask(masked.text, masked) == source


def test_names_get_their_case_back_and_numbers_their_english_form():
    source = "ChatGPT menjual 1.200 buku"
    spans = protect.spans(source, "id", TERMS)
    assert protect.restore_names("chatgpt sold books", spans) == "ChatGPT sold books"
    assert protect.restore_numbers("sold 1.200 books.", source, spans) == "sold 1,200 books."
    assert protect.restore_numbers("sold 1.2005 or 31.200", source, spans) == "sold 1.2005 or 31.200"


@pytest.mark.parametrize(
    ("source", "lang", "english"),
    [
        ("Ông Long đi bộ.", "vi", "He walked a long road."),
        ("世卫组织（WHO）的人", "zh-Hans", "the person who came"),
        ("Bà An là một kỹ sư giỏi.", "vi", "She is an engineer, and An is good."),
    ],
)
def test_everyday_words_are_made_no_names(source, lang, english):
    assert protect.restore_names(english, protect.spans(source, lang, TERMS)) == english


def test_what_is_no_amount_stays_as_it_is():
    source = "Versi 2.0.1 terbit 15.03.2026"
    assert protect.restore_numbers("2.0.1 of 15.03.2026", source, protect.spans(source, "id", TERMS)) == (
        "2.0.1 of 15.03.2026"
    )


@settings(deadline=None)
@given(st.text(max_size=80), st.sampled_from(["id", "zh-Hans"]))
def test_spans_are_in_order_apart_and_survive_masking(source, lang):
    spans = protect.spans(source, lang, TERMS)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    literal = tuple(span for span in spans if span.kind == "literal")
    masked = protect.mask(source, literal)
    if all(p in masked.text.split() for p, _ in masked.stands_for):
        assert protect.unmask(masked.text, masked) == source
