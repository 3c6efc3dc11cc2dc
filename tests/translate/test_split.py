import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.translate.split import cut, join


def words(limit):
    return lambda text: len(text.split()) <= limit


def characters(limit):
    return lambda text: len(text) <= limit


def test_what_fits_stays_whole():
    assert cut("Satu, dua; tiga.", characters(50)) == ["Satu, dua; tiga."]


@pytest.mark.parametrize(
    ("text", "fits", "pieces"),
    [
        ("Kami pulang; hujan turun, kami lari.", words(3), ["Kami pulang;", "hujan turun,", "kami lari."]),
        ("Kami pulang, hujan turun, kami lari.", words(4), ["Kami pulang, hujan turun,", "kami lari."]),
        ("我们回家，雨下得很大；大家都跑了。", characters(12), ["我们回家，雨下得很大；", "大家都跑了。"]),
        ("我们回家，雨下得很大，大家都跑了。", characters(8), ["我们回家，", "雨下得很大，", "大家都跑了。"]),
        ("satu dua tiga empat lima", words(2), ["satu dua", "tiga empat", "lima"]),
        ("abcdefgh", characters(4), ["abcd", "efgh"]),
    ],
)  # fmt: skip
def test_cuts_at_the_strongest_mark_that_helps(text, fits, pieces):
    assert cut(text, fits) == pieces


def test_numbers_and_addresses_stay_whole():
    pieces = cut("Nilai 4,8 dan 1.200 ada di https://contoh.id/a,b,c sekarang juga", words(4))
    assert any("4,8" in piece for piece in pieces)
    assert any("https://contoh.id/a,b,c" in piece for piece in pieces)


@settings(deadline=None)
@given(st.text(alphabet="abc ,;:.。，；猫水\t", max_size=120), st.integers(1, 20))
def test_nothing_is_lost_and_every_piece_fits(text, limit):
    pieces = cut(text, characters(limit))
    assert "".join("".join(pieces).split()) == "".join(text.split())
    assert all(len(piece) <= limit for piece in pieces if text.strip())


def test_inner_full_stops_become_the_mark_of_the_source():
    assert join(["Kami pulang,", "kami lari."], ["We went home.", "We ran."]) == "We went home, We ran."
    assert join(["我们回家；", "大家跑。"], ["We went home .", "All ran."]) == "We went home; All ran."
    assert join(["Satu dua", "tiga."], ["One two.", "Three."]) == "One two Three."


def test_sentence_ends_keep_their_full_stop():
    assert join(["Satu.", "Dua."], ["One.", "Two."]) == "One. Two."


def test_empty_pieces_leave_no_space():
    assert join(["a,", "b"], ["", "B"]) == "B"
