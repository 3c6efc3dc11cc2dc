"""What goes into the cache comes out of it equal."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.records import Block, Hypothesis, Kind
from pipeline.runner.codec import pack, unpack

TEXT = st.text(st.characters(exclude_categories=("Cs",)))
SCORE = st.floats(0, 1)


@given(st.builds(Hypothesis, english=TEXT, score=SCORE, flags=st.lists(TEXT).map(tuple), model=TEXT))
def test_hypotheses_survive(hypothesis):
    assert unpack(Hypothesis, pack(Hypothesis, hypothesis)) == hypothesis


@given(
    st.lists(
        st.builds(
            Block,
            block_id=st.integers(0, 10**6),
            line_start=st.integers(0, 10**6),
            line_end=st.integers(0, 10**6),
            char_start=st.integers(0, 10**9),
            char_end=st.integers(0, 10**9),
            text_raw=TEXT,
            text=TEXT,
            kind=st.sampled_from(Kind),
            keep=st.booleans(),
            label=st.none() | TEXT,
            rule=st.none() | TEXT,
            repairs=st.lists(TEXT).map(tuple),
            lang=st.none() | TEXT,
        )
    ).map(tuple)
)
def test_blocks_survive_with_their_types(blocks):
    back = unpack(tuple[Block, ...], pack(tuple[Block, ...], blocks))
    assert back == blocks
    assert all(isinstance(block.kind, Kind) for block in back)


def test_equal_records_give_equal_bytes():
    assert pack(Hypothesis, Hypothesis("a", 0.1)) == pack(Hypothesis, Hypothesis("a", 0.1))
