"""Average linkage: a story takes in what is close to its members on the whole, not to one of them."""

from collections.abc import Mapping

Pair = tuple[int, int]
Cluster = tuple[int, ...]


def clusters(n: int, scores: Mapping[Pair, float], threshold: float) -> list[Cluster]:
    """Partition range(n); `scores` are by (lower, higher), an absent pair counts 0.

    Clusters merge while the mean score between their members reaches the threshold, the closest first (Sokal &
    Michener 1958); ties go to the lowest members. A merge needs at least one pair that reaches the threshold itself,
    so each connected component of these pairs is settled on its own, and the cost stays near linear.
    """
    return sorted(
        cluster for part in _components(n, scores, threshold) for cluster in _agglomerate(part, scores, threshold)
    )


def _components(n: int, scores: Mapping[Pair, float], threshold: float) -> list[list[int]]:
    parents = list(range(n))

    def root(node: int) -> int:
        while parents[node] != node:
            parents[node] = parents[parents[node]]
            node = parents[node]
        return node

    for (a, b), score in sorted(scores.items()):
        if score >= threshold:
            first, second = sorted((root(a), root(b)))
            parents[second] = first
    parts: dict[int, list[int]] = {}
    for node in range(n):
        parts.setdefault(root(node), []).append(node)
    return list(parts.values())


def _agglomerate(part: list[int], scores: Mapping[Pair, float], threshold: float) -> list[Cluster]:
    current: list[Cluster] = [(node,) for node in part]
    sums = {(a, b): scores.get((a[0], b[0]), 0.0) for a in current for b in current if a < b}
    while sums:
        mean, pair = min((-total / (len(a) * len(b)), (a, b)) for (a, b), total in sums.items())
        if -mean < threshold:
            break
        current = _merge(current, sums, pair)
    return current


def _merge(
    current: list[Cluster], sums: dict[tuple[Cluster, Cluster], float], pair: tuple[Cluster, Cluster]
) -> list[Cluster]:
    merged = tuple(sorted(pair[0] + pair[1]))
    others = [cluster for cluster in current if cluster not in pair]
    totals = {other: sum(sums[min(other, half), max(other, half)] for half in pair) for other in others}
    for key in [key for key in sums if key[0] in pair or key[1] in pair]:
        del sums[key]
    sums.update({(min(other, merged), max(other, merged)): total for other, total in totals.items()})
    return [*others, merged]
