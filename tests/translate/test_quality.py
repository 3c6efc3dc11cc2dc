import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.translate import quality


@settings(deadline=None)
@given(
    st.floats(-50, 0),
    st.text(max_size=300),
    st.lists(st.sampled_from(["length", "number_lost", "copied"]), unique=True),
)
def test_always_a_share(log_prob, english, flags):
    assert 0 <= quality.estimate(log_prob, english, tuple(flags)) <= 1


def test_surer_is_better_and_flags_are_worse():
    likely = quality.estimate(-0.3, "The cat sleeps on the table.", ())
    assert likely > quality.estimate(-1.5, "The cat sleeps on the table.", ())
    assert likely > quality.estimate(-0.3, "The cat sleeps on the table.", ("length", "number_lost"))


@pytest.mark.parametrize("flag", ["empty", "no_model"])
def test_nothing_is_worth_nothing(flag):
    assert quality.estimate(-0.1, "", (flag,)) == 0


def test_each_feature_has_a_weight():
    assert set(quality.FEATURES) == set(quality._weights())
    assert len(quality.features(-1.0, "a b", ())) == len(quality.FEATURES)
