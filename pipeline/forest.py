"""Trees of things that belong together, joined two at a time (disjoint sets; Galler & Fischer 1964)."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from _typeshed import SupportsRichComparison

Node = TypeVar("Node", bound="SupportsRichComparison")


class Forest(Generic[Node]):
    """Trees named by their lowest node; a node that was never seen is a tree of its own."""

    def __init__(self, nodes: Iterable[Node] = ()) -> None:
        self._parents = {node: node for node in nodes}

    def root(self, node: Node) -> Node:
        """Return the lowest node of a node's tree."""
        while self._parents.setdefault(node, node) != node:
            self._parents[node] = self._parents[self._parents[node]]
            node = self._parents[node]
        return node

    def join(self, a: Node, b: Node) -> None:
        """Make one tree of those of two nodes."""
        first, second = sorted((self.root(a), self.root(b)))
        self._parents[second] = first

    def trees(self) -> list[list[Node]]:
        """Return the nodes of each tree, ascending, the trees by their lowest nodes."""
        trees: dict[Node, list[Node]] = {}
        for node in sorted(self._parents):
            trees.setdefault(self.root(node), []).append(node)
        return list(trees.values())
