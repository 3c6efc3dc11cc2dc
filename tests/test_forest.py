"""Trees of what belongs together."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.forest import Forest

links = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)))


def joined(pairs):
    forest = Forest(range(10))
    for a, b in pairs:
        forest.join(a, b)
    return forest


@given(links)
def test_trees_hold_what_links_reach(pairs):
    reach = {node: {node} for node in range(10)}
    for a, b in pairs:
        both = reach[a] | reach[b]
        reach |= dict.fromkeys(both, both)
    forest = joined(pairs)
    assert forest.trees() == sorted({tuple(sorted(nodes)): sorted(nodes) for nodes in reach.values()}.values())
    assert all(forest.root(node) == min(nodes) for node, nodes in reach.items())


@given(links, st.randoms())
def test_order_does_not_matter(pairs, random):
    shuffled = [pair[:: random.choice((1, -1))] for pair in random.sample(pairs, len(pairs))]
    assert joined(shuffled).trees() == joined(pairs).trees()


def test_a_node_that_was_never_seen_is_a_tree():
    forest: Forest[str] = Forest()
    forest.join("b", "a")
    assert forest.root("c") == "c"
    assert forest.trees() == [["a", "b"], ["c"]]
