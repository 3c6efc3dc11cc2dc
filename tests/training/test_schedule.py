import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.schedule import average_decay, rate
from training.settings import Settings

SETTINGS = Settings(rate=1e-3, warmup=10, decay=0.4, floor=0.1)


@pytest.mark.parametrize(
    ("step", "spent", "expected"),
    [(0, 0.0, 1e-4), (9, 0.0, 1e-3), (500, 0.6, 1e-3), (500, 0.8, 5.5e-4), (500, 1.0, 1e-4), (500, 1.5, 1e-4)],
)
def test_the_rate_rises_stays_and_falls(step, spent, expected):
    assert rate(step, spent, SETTINGS) == pytest.approx(expected)


@given(st.floats(0, 1), st.floats(0, 1))
def test_the_rate_never_rises_again_after_warming_up(a, b):
    assert rate(100, max(a, b), SETTINGS) <= rate(100, min(a, b), SETTINGS)


def test_the_average_forgets_the_start_soon():
    assert average_decay(0, SETTINGS) == pytest.approx(0.1)
    assert average_decay(10_000, SETTINGS) == SETTINGS.average
