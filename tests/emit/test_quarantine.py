import json

from pipeline.emit.quarantine import Quarantined, write_quarantine

REFUSED = [
    Quarantined("z/港.txt", "empty", "holds no text", "ab" * 32, 0),
    Quarantined("a.txt", "unreadable", "permission denied", None, None),
]


def test_rows_are_sorted_by_path_whatever_the_order(tmp_path):
    write_quarantine(REFUSED, tmp_path)
    first = (tmp_path / "quarantine.jsonl").read_bytes()
    write_quarantine(reversed(REFUSED), tmp_path)
    assert (tmp_path / "quarantine.jsonl").read_bytes() == first
    rows = [json.loads(line) for line in first.decode().splitlines()]
    assert [row["path"] for row in rows] == ["a.txt", "z/港.txt"]
    assert rows[0] == {
        "path": "a.txt",
        "code": "unreadable",
        "reason": "permission denied",
        "sha256": None,
        "n_bytes": None,
    }


def test_nothing_refused_leaves_an_empty_file(tmp_path):
    write_quarantine([], tmp_path)
    assert (tmp_path / "quarantine.jsonl").read_bytes() == b""
