import json

import pytest

from pipeline.translate import doubles

PIECES = ["<unk>", "</s>", "▁the", "▁water", "▁very", "▁2025", "s", "▁,", "▁Water"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("target_vocabulary.json", json.dumps(PIECES)),
        ("shared_vocabulary.json", json.dumps(PIECES)),
        ("shared_vocabulary.txt", "\n".join(PIECES) + "\n"),
    ],
)
def test_whole_words_are_forbidden_twice(tmp_path, name, text):
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert doubles.forbidden(tmp_path) == [["▁the", "▁the"], ["▁water", "▁water"], ["▁Water", "▁Water"]]


def test_only_the_most_frequent_words_are_watched(tmp_path):
    words = ["▁" + "abcdefghij"[i // 1000] + "".join("abcdefghij"[int(c)] for c in f"{i:04}") for i in range(3000)]
    (tmp_path / "target_vocabulary.json").write_text(json.dumps(words), encoding="utf-8")
    assert doubles.forbidden(tmp_path) == [[word, word] for word in words[: doubles.WORDS]]


def test_a_model_without_words_of_this_make_forbids_nothing(tmp_path):
    assert doubles.forbidden(tmp_path) == []
    (tmp_path / "target_vocabulary.json").write_text(json.dumps(["the", "wa@@", "ter"]), encoding="utf-8")
    assert doubles.forbidden(tmp_path) == []
