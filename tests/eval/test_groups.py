import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st
from pytest import approx  # noqa: PT013

from pipeline.encode import Lexical
from pipeline.eval.groups import b3_f1, evaluate, pair_f1
from tests.align.samples import ENGLISH, OTHER
from tests.shared import shared

labels = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=12)


def test_known_values():
    gold, found = {"a": 1, "b": 1, "c": 2}, {"a": "x", "b": "x", "c": "x"}
    assert pair_f1(gold, found) == approx(2 * (1 / 3) / (4 / 3))
    assert b3_f1(gold, found) == approx(2 * (5 / 9) / (14 / 9))


def test_everybody_alone_is_right_when_they_are():
    alone = {"a": 1, "b": 2}
    assert pair_f1(alone, alone) == 1.0


@given(labels)
def test_scores_are_symmetric_shares(rows):
    gold = {str(n): row[0] for n, row in enumerate(rows)}
    found = {str(n): row[1] for n, row in enumerate(rows)}
    for score in (pair_f1, b3_f1):
        assert 0 <= score(gold, found) <= 1
        assert score(gold, found) == approx(score(found, gold))
        assert score(gold, gold) == 1


def test_evaluates_a_folder_of_texts(tmp_path):
    (tmp_path / "grouping").mkdir()
    (tmp_path / "align_multi" / "txt_dev").mkdir(parents=True)
    texts = {"a": ENGLISH, "b": [f"{text} So they said." for text in ENGLISH], "c": OTHER}
    for name, lines in texts.items():
        (tmp_path / "align_multi" / "txt_dev" / f"{name}.txt").write_text("\n\n".join(lines), encoding="utf-8")
    (tmp_path / "grouping" / "dev_full.tsv").write_text("file\tgroup\na\t1\nb\t1\nc\t2\n", encoding="utf-8")
    english = {score.name: score.value for score in evaluate(tmp_path, encoder=Source())}
    assert english == {"groups.full.pair_f1": 1.0, "groups.full.b3_f1": 1.0}


class Source(Lexical):
    """The lexical encoder on sources, for English texts."""

    reads_english = False


def test_the_reference_scorer_agrees(tmp_path):
    table = shared("gold", "grouping", "dev_full.tsv")
    gold = {row[0]: row[1] for row in (line.split("\t") for line in table.read_text().splitlines()[1:])}
    found = {name: str(hash(int(name, 16)) % 40) for name in gold}
    prediction = tmp_path / "pred.tsv"
    prediction.write_text("".join(f"{name}\t{label}\n" for name, label in found.items()))
    script = [sys.executable, str(shared("gold", "score_groups.py")), str(table), str(prediction)]
    lines = dict(
        line.split() for line in subprocess.run(script, check=True, capture_output=True, text=True).stdout.splitlines()
    )
    assert float(lines["pair_F1"]) == approx(pair_f1(gold, found), abs=6e-4)
    assert float(lines["b3_F1"]) == approx(b3_f1(gold, found), abs=6e-4)
