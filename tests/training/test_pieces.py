import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.training.samples import sentences
from training.pairs import TrainingError
from training.pieces import N_FIXED, Piece, Vocabulary, encode, learn, parse
from training.vocabulary import prune

LINES = [line for pair in sentences(400) for line in pair]


@pytest.fixture(scope="module")
def learnt():
    return learn(LINES, 320)


def test_a_learnt_vocabulary_begins_with_the_fixed_pieces(learnt):
    assert [piece.text for piece in learnt.pieces[:3]] == ["<unk>", "<s>", "</s>"]
    assert learnt.pieces[3].text == "<0x00>"
    assert learnt.pieces[N_FIXED - 1].text == "<0xFF>"


def test_writing_and_reading_gives_the_same_vocabulary_and_tokens(learnt):
    again = parse(learnt.to_bytes())
    assert again == learnt
    assert encode(again.processor(), LINES[:20]) == encode(learnt.processor(), LINES[:20])


@given(st.lists(st.tuples(st.text(min_size=1), st.floats(width=32, allow_nan=False), st.integers(1, 6)), max_size=20))
@settings(deadline=None)
def test_any_pieces_survive_the_file(pieces):
    vocabulary = Vocabulary(tuple(Piece(text.replace("\0", "-"), *rest) for text, *rest in pieces), b"\x12\x02\x08\x01")
    assert parse(vocabulary.to_bytes()) == vocabulary


@pytest.mark.parametrize("blob", [b"\xff\xff\xff", b"plain text", b"\x0a\x50short"])
def test_what_is_no_model_is_refused(blob):
    with pytest.raises(TrainingError, match="SentencePiece"):
        parse(blob)


def test_pruning_puts_english_first_and_keeps_every_line_readable(learnt):
    sources, english = zip(*sentences(400), strict=True)
    choice = prune(learnt, (), sources, english, (1, 1))
    target = choice.vocabulary.head(choice.n_target).processor()
    assert [target.decode(ids) for ids in encode(target, english[:30])] == list(english[:30])
    assert all(0 not in ids for ids in encode(choice.vocabulary.processor(), sources))
    assert N_FIXED < choice.n_target < len(choice.vocabulary.pieces) <= len(learnt.pieces)


def test_pruning_follows_the_counts(learnt):
    often = prune(learnt, (), ["kapal biru"] * 3, ["blue ship"] * 3, (3, 3))
    never = prune(learnt, (), ["kapal biru"] * 3, ["blue ship"] * 3, (30, 30))
    assert len(never.vocabulary.pieces) < len(often.vocabulary.pieces)


def test_each_piece_keeps_its_row(learnt):
    rows = tuple(1000 + i for i in range(len(learnt.pieces)))
    choice = prune(learnt, rows, ["kapal"], ["ship"], (1, 1))
    where = {piece.text: row for piece, row in zip(learnt.pieces, rows, strict=True)}
    assert choice.e5_rows == tuple(where[piece.text] for piece in choice.vocabulary.pieces)
