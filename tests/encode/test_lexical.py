import pytest

from pipeline.encode import Lexical

ENCODER = Lexical()


def alike(a, b):
    rows = ENCODER.encode([a, b])
    return float(rows[0] @ rows[1])


@pytest.mark.parametrize(
    ("text", "nearer", "farther"),
    [
        ("The ferry Nordlys sank.", "Nordlys, a ferry, went down.", "The council raised the rent."),
        ("It cost 1,250 crowns.", "The price: 1.250 crowns", "It cost 30 crowns."),
        ("Fishermen were rescued.", "A rescue of fishermen", "Farmers were angry."),
        ("渡轮沉没", "沉没的渡轮", "房租上涨"),
    ],
)
def test_shared_content_brings_texts_together(text, nearer, farther):
    assert alike(text, nearer) > alike(text, farther)


def test_function_words_hardly_count():
    assert alike("the cat and the hat", "the dog and the log") < 0.2


@pytest.mark.parametrize("text", ["", "   ", "—…!"])
def test_a_text_without_words_is_a_zero_row(text):
    assert not ENCODER.encode([text]).any()


def test_the_name_says_that_it_is_degraded():
    assert "degraded" in ENCODER.name
    assert ENCODER.reads_english


@pytest.mark.parametrize("text", ["２００", "๒๐๐", "٢٠٠", "𝟐𝟎𝟎"])
def test_digits_of_every_script_are_one(text):
    assert alike(text, "200") == pytest.approx(1)


def test_separators_of_full_width_are_none_between_other_digits():
    assert alike("１，２５０", "1,250") == pytest.approx(1)
    assert alike("2024，30", "2024 30") == pytest.approx(1)
