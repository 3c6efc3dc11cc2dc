"""Folding: one spelling for every width, case and number, the same for a line and for a book."""

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.clean.fold import bare, fold

ALIKE = str.maketrans({"’": "'", "‘": "'", "ı": "i", "\u0307": ""})
text = st.text(st.characters(exclude_characters="\n"), max_size=60)


def test_widths_cases_and_numbers():
    assert fold("ＳＨＡＲＥ 1,204 Ảnh：") == "share 0 ảnh:"
    assert bare(fold("【分享】…")) == "分享"


def test_apostrophes_and_the_letters_i_of_turkish_are_alike():
    assert fold("L’article") == fold("l'article")
    assert fold("İLGİLİ YAZILAR") == fold("ilgili yazılar") == "ilgili yazilar"
    assert fold("İLGİLİ YAZILAR" * 40) == "ilgili yazilar" * 40


@settings(deadline=None)
@given(st.lists(text, max_size=30))
def test_lines_fold_alike_alone_and_in_a_long_text(lines):
    filler = "—" * 400
    assert fold("\n".join([*lines, filler])).split("\n") == [*map(fold, lines), filler]


@settings(deadline=None)
@given(st.characters(exclude_categories=["Nd", "Nl", "No", "Cs"]))
def test_every_character_is_written_plainly(character):
    plain = unicodedata.normalize("NFKC", character).casefold().translate(ALIKE)
    if not any(c.isdigit() for c in plain):
        assert fold(character) == plain
        assert fold(character * 400) == plain * 400
