from hypothesis import given
from hypothesis import strategies as st

from pipeline.align.links import components, order

pairs = st.sets(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=14)


def test_links_that_share_a_unit_are_joined():
    assert components([(1, 1), (1, 2), (3, 2), (5, 9)]) == [((1, 3), (1, 2)), ((5,), (9,))]


@given(pairs)
def test_components_partition_the_units_and_keep_the_links(linked):
    beads = components(linked)
    for side in (0, 1):
        units = [unit for bead in beads for unit in bead[side]]
        assert sorted(units) == sorted({pair[side] for pair in linked})
    for i, j in linked:
        assert sum(i in left and j in right for left, right in beads) == 1


def test_order_of_a_text_its_reverse_and_nothing():
    assert order([(i, i) for i in range(5)]) == 1
    assert order([(i, 5 - i) for i in range(5)]) == 0.2
    assert order([]) == 1


@given(pairs)
def test_order_is_a_share(linked):
    assert 0 < order(linked) <= 1
