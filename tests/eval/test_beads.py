import json
import random
import re
import subprocess
import sys

from pytest import approx  # noqa: PT013

from pipeline.encode import Lexical
from pipeline.eval.beads import evaluate, fold_card, gold_pair
from pipeline.eval.links import Counts, count
from pipeline.eval.rungs import read_rungs, rung_scores
from tests.align.samples import ENGLISH
from tests.shared import shared


def gold_row(links, groups, alone_a=(), alone_b=()):
    return {
        "links": links,
        "groups": groups,
        "only_a": list(alone_a),
        "only_b": list(alone_b),
        "dirty_a": [],
        "dirty_b": [],
    }


ROW = gold_row([[1, 1, 2, 1.0], [2, 1, 1, 0.4], [3, 3, 1, 0.9]], [[[1, 2], [1]], [[3], [3]]], [4], [2])


def test_perfect_links_score_one():
    counts = count(gold_pair(ROW), frozenset({(1, 1), (2, 1), (3, 3)}))
    assert (counts.link_f1(), counts.strict_f1(), counts.lax_f1(), counts.no_partner_recall()) == (1, 1, 1, 1)


def test_a_missed_small_overlap_costs_the_bead_but_not_the_link():
    counts = count(gold_pair(ROW), frozenset({(1, 1), (3, 3)}))
    assert counts.link_f1() == 1
    assert counts.strict_f1() == 0.5
    assert counts.lax_f1() == 1


def test_a_forced_partner_costs_recall_of_no_partner():
    assert count(gold_pair(ROW), frozenset({(4, 2)})).no_partner_recall() == 0


def test_nothing_proposed():
    assert count(gold_pair(ROW), frozenset()).link_f1() == 0


def test_ladders_with_a_deletion_and_a_split():
    gold = read_rungs("[0]:[0]\n[1, 2]:[1]\n[3]:[]\n[4]:[2, 3]\n")
    test = read_rungs("[0]:[0]:0.9\n[1]:[1]\n[2]:[]\n[3]:[2]\n[4]:[3]\n")
    strict, lax = rung_scores([gold], [test])
    assert strict == approx(2 * (1 / 5) * (1 / 3) / (1 / 5 + 1 / 3))
    assert lax == approx(2 * (3 / 5) / (8 / 5))


def test_evaluates_a_folder(tmp_path):
    folder = tmp_path / "align_multi"
    (folder / "txt_dev").mkdir(parents=True)
    for name in "ab":
        (folder / "txt_dev" / f"{name}.txt").write_text("\n".join(ENGLISH), encoding="utf-8")
    links = [[n, n, 1, 1.0] for n in range(1, 7)]
    row = gold_row(links, [[[n], [n]] for n in range(1, 7)])
    row |= {"doc": "d", "a": "a", "b": "b", "lang_a": "en", "lang_b": "en"}
    (folder / "pairs_dev.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    found = {score.name: score.value for score in evaluate(tmp_path, encoder=Source())}
    assert found["beads.multi.link_f1"] == 1
    assert found["beads.multi.strict_f1"] == 1


class Source(Lexical):
    """The lexical encoder on sources, for English texts."""

    reads_english = False


def test_there_is_a_scorecard_for_every_document():
    for pivoted in (False, True):
        cards = [fold_card(f"doc{n}", pivoted=pivoted).translations for n in range(20)]
        assert all(card.features for card in cards)
        assert ("pivot" in cards[0].features) == pivoted


def shuffled_links(row, seed):
    rnd = random.Random(seed)  # noqa: S311
    links = [(i, j) for i, j, *_ in row["links"] if rnd.random() < 0.8]
    return frozenset((i, j + (rnd.random() < 0.1)) for i, j in links)


def test_the_reference_scorer_agrees_on_links(tmp_path):
    pairs = shared("gold", "align_multi", "pairs_dev.jsonl")
    total, rows = Counts(), []
    for n, line in enumerate(pairs.read_text(encoding="utf-8").splitlines()):
        row = json.loads(line)
        links = shuffled_links(row, n)
        total += count(gold_pair(row), links)
        rows += [f"{row['a']}\t{i}\t{row['b']}\t{j}\n" for i, j in sorted(links)]
    prediction = tmp_path / "pred.tsv"
    prediction.write_text("".join(rows))
    script = [sys.executable, str(shared("gold", "score_align.py")), "multi", str(pairs), str(prediction)]
    out = subprocess.run(script, check=True, capture_output=True, text=True).stdout
    link, strict, lax = (float(value) for value in re.findall(r"F1 ([\d.]+)", out))
    alone = float(re.findall(r"R ([\d.]+)$", out.strip())[0])
    ours = total.link_f1(), total.strict_f1(), total.lax_f1(), total.no_partner_recall()
    assert ours == approx((link, strict, lax, alone), abs=6e-4)


def test_the_reference_scorer_agrees_on_ladders(tmp_path):
    gold_paths = sorted(shared("gold", "align_sentences", "mac_dev").glob("*.gold"))
    gold = [read_rungs(path.read_text()) for path in gold_paths]
    test = [[(left, right[:1]) for left, right in rungs if left != (5,)] for rungs in gold]
    paths = []
    for path, rungs in zip(gold_paths, test, strict=True):
        paths.append(tmp_path / path.name)
        paths[-1].write_text("".join(f"{list(left)}:{list(right)}\n" for left, right in rungs))
    script = [sys.executable, str(shared("gold", "score_sentalign.py")), "--gold", *map(str, gold_paths)]
    out = subprocess.run([*script, "--test", *map(str, paths)], check=True, capture_output=True, text=True).stdout
    assert rung_scores(gold, test) == approx(tuple(float(value) for value in re.findall(r"F1 ([\d.]+)", out)), abs=1e-4)
