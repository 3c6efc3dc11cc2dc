"""What articles share in names and numbers is the same to the last bit, whatever order these are told in."""

from random import Random

from pipeline.group.compare import Vocabulary

SAID = [{str(word): 1 + word % article for word in range(0, 300, article)} for article in (2, 3, 5)]


def shared(articles):
    words = Vocabulary()
    for tokens in articles:
        words.add(tokens)
    return [words.shared(a, b) for a, b in ((0, 1), (0, 2), (1, 2))]


def test_the_order_of_tokens_does_not_show():
    rnd = Random(3)  # noqa: S311
    for _ in range(5):
        mixed = [dict(rnd.sample([*tokens.items()], len(tokens))) for tokens in SAID]
        assert shared(mixed) == shared(SAID)


def test_what_is_rare_weighs_more():
    common, rare = shared([{"paris": 1, "vardo": 1}, {"paris": 1, "lyon": 1}, {"paris": 1, "vardo": 1}])[:2]
    assert 0 < common < rare


def test_nothing_told_is_nothing_shared():
    assert shared([{}, {"vardo": 1}, {}]) == [0.0, 0.0, 0.0]
