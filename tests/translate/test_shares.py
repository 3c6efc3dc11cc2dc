from pipeline.translate.shares import Shares, flagged


def test_counts_before_and_after_the_retry():
    flags = [
        (),
        ("retried",),
        ("number_lost", "retried"),
        ("pivot",),
        ("retried", "stitched"),
        ("length",),
        ("no_model",),
    ]
    assert flagged(flags) == Shares(n=6, before=4, after=2)


def test_nothing_is_nothing():
    assert flagged([]) == Shares(0, 0, 0)
