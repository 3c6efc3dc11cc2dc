import json
from pathlib import Path

import pytest

from pipeline.translate import guards, protect
from pipeline.translate.terms import load_terms

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "guards.jsonl").read_text(encoding="utf-8").splitlines()
]
TERMS = load_terms(None, ())


def judge(case: dict) -> set[str]:
    source, english, lang = case["source"], case["english"], case["lang"]
    spans = protect.spans(source, lang, TERMS)
    found = guards.Case(source, english, lang, spans, case.get("cut", False), case.get("lost", 0))
    return set(guards.flags(found))


@pytest.mark.parametrize("name", guards.GUARDS)
def test_guard_is_precise_and_misses_little(name):
    verdicts = [(name in case["flags"], name in judge(case)) for case in CASES]
    hits = sum(labelled and found for labelled, found in verdicts)
    labelled = sum(labelled for labelled, _ in verdicts)
    found = sum(found for _, found in verdicts)
    assert labelled >= 4
    wrong = [c for c in CASES if (name in c["flags"]) != (name in judge(c))]
    assert hits / found >= 0.95, wrong
    assert hits / labelled >= 0.95, wrong


def test_good_translations_outnumber_any_one_fault():
    assert sum(not case["flags"] for case in CASES) >= 50
