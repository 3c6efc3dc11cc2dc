"""Average linkage: a story takes in what is close to its members on the whole, not to one of them."""

from collections import defaultdict
from collections.abc import Mapping
from heapq import heapify, heappop, heappush

from pipeline.forest import Forest

Pair = tuple[int, int]
Cluster = tuple[int, ...]
Ties = dict[Cluster, dict[Cluster, float]]


def clusters(n: int, scores: Mapping[Pair, float], threshold: float) -> list[Cluster]:
    """Partition range(n); `scores` are by (lower, higher), an absent pair counts 0.

    Clusters merge while the mean score between their members reaches the threshold, the closest first (Sokal &
    Michener 1958); ties go to the lowest members. A merge needs at least one pair that reaches the threshold itself,
    so each connected component of these pairs is settled on its own, by the pairs within it that have a score; one
    large component costs no more than many small ones.
    """
    parts = _components(n, scores, threshold)
    places = {node: place for place, part in enumerate(parts) for node in part}
    ties: list[Ties] = [{(node,): {} for node in part} for part in parts]
    for (a, b), score in scores.items():
        if places[a] == places[b]:
            within = ties[places[a]]
            within[a,][b,] = within[b,][a,] = score
    return sorted(cluster for within in ties for cluster in _agglomerate(within, threshold))


def _components(n: int, scores: Mapping[Pair, float], threshold: float) -> list[list[int]]:
    forest = Forest(range(n))
    for (a, b), score in scores.items():
        if score >= threshold:
            forest.join(a, b)
    return forest.trees()


def _agglomerate(ties: Ties, threshold: float) -> list[Cluster]:
    """Merge clusters; `ties` sum, both ways round, the scores between the members of two clusters, and are used up."""
    waiting = [_closeness(a, b, total) for a, others in ties.items() for b, total in others.items() if a < b]
    heapify(waiting)
    while waiting:
        distance, (a, b) = heappop(waiting)
        if -distance < threshold:
            break
        if a in ties and b in ties:
            merged = _merge(ties, a, b)
            for other, total in ties[merged].items():
                heappush(waiting, _closeness(min(other, merged), max(other, merged), total))
    return list(ties)


def _closeness(a: Cluster, b: Cluster, total: float) -> tuple[float, tuple[Cluster, Cluster]]:
    """Return what sorts the closest pair first, and among the equally close that with the lowest members."""
    return -total / (len(a) * len(b)), (a, b)


def _merge(ties: Ties, a: Cluster, b: Cluster) -> Cluster:
    merged = tuple(sorted(a + b))
    totals: dict[Cluster, float] = defaultdict(float)
    for half in (a, b):
        for other, total in ties.pop(half).items():
            if other not in {a, b}:
                totals[other] += total
                del ties[other][half]
    for other, total in totals.items():
        ties[other][merged] = total
    ties[merged] = dict(totals)
    return merged
