import io
import json
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.export import Exported, write_jsonl, write_moses, write_tmx, write_tsv
from pipeline.export.formats import TSV_COLUMNS, one_line

NASTY = 'Ikan <segar> & "murah"\tdi\npasar\r\nlama\u2028baru\x00\x1f\ufffe 渔民'
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def pair(src: str = NASTY, tgt: str = "Fish", src_lang: str = "id", tgt_lang: str = "en") -> Exported:
    return Exported("0f" * 8, "train", "mt", src_lang, tgt_lang, src, tgt, 0.8125, ["retried"], "s&1", ["a"], [[1, 2]])


def written(write, *pairs: Exported) -> str:
    out = io.StringIO()
    write(pairs, out)
    return out.getvalue()


def test_jsonl_gives_every_column_back():
    line, end = written(write_jsonl, pair()).split("\n")
    assert Exported(**json.loads(line)) == pair()
    assert end == ""


def test_tsv_is_a_header_and_a_line_a_pair():
    header, line, end = written(write_tsv, pair()).split("\n")
    row = dict(zip(header.split("\t"), line.split("\t"), strict=True))
    assert tuple(row) == TSV_COLUMNS
    assert row["src"] == 'Ikan <segar> & "murah" di pasar lama baru\x00 \ufffe 渔民'
    assert float(row["score"]) == 0.8125
    assert end == ""


def test_tmx_is_xml_that_holds_the_text():
    root = ET.fromstring(written(write_tmx, pair(), pair(src_lang="zh-Hans")))  # noqa: S314 (written above)
    assert (root.tag, root.get("version")) == ("tmx", "1.4")
    needed = {"creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang", "datatype"}
    assert needed <= set(root.find("header").keys())
    first, second = root.findall("body/tu")
    assert [tuv.get(XML_LANG) for tuv in second.findall("tuv")] == ["zh-Hans", "en"]
    assert first.find("tuv/seg").text.split() == one_line(NASTY).replace("\x00", "").replace("\ufffe", "").split()
    assert {prop.get("type"): prop.text for prop in first.findall("prop")} == {
        "x-kind": "mt",
        "x-split": "train",
        "x-score": "0.8125",
        "x-story": "s&1",
    }


def test_tmx_of_nothing_is_still_a_document():
    assert ET.fromstring(written(write_tmx)).findall("body/tu") == []  # noqa: S314 (written above)


def test_moses_writes_two_parallel_files_a_language_pair(tmp_path):
    pairs = [pair(), pair("渔民\n回来了", "Fishers\nare back", "zh-Hans"), pair("dua\u2029baris", "two lines")]
    paths = write_moses(iter(pairs), tmp_path / "news.clean")
    assert [path.name for path in paths] == [
        "news.clean.id-en.en",
        "news.clean.id-en.id",
        "news.clean.zh-Hans-en.en",
        "news.clean.zh-Hans-en.zh-Hans",
    ]
    lines = [path.read_text(encoding="utf-8").split("\n") for path in paths]
    assert lines[0] == ["Fish", "two lines", ""]
    assert lines[1][1:] == ["dua baris", ""]
    assert (lines[2], lines[3]) == (["Fishers are back", ""], ["渔民 回来了", ""])


@pytest.mark.parametrize("write", [write_tsv, write_jsonl, write_tmx])
def test_pairs_are_written_as_they_come(write):
    def endless():
        while True:
            yield pair()

    class Full(io.StringIO):
        def write(self, text):
            if self.tell() > 10_000:
                raise OverflowError
            return super().write(text)

    with pytest.raises(OverflowError):
        write(endless(), Full())


@settings(deadline=None)
@given(st.text(), st.text())
def test_any_text_survives(src, tgt):
    given_pair = pair(src, tgt)
    assert Exported(**json.loads(written(write_jsonl, given_pair))) == given_pair
    header, line, _ = written(write_tsv, given_pair).split("\n")
    assert len(line.split("\t")) == len(header.split("\t"))
    root = ET.fromstring(written(write_tmx, given_pair))  # noqa: S314 (written above)
    legal = "".join(char for char in src if char in "\t\n\r" or (char >= " " and char not in "\ufffe\uffff"))
    assert (root.find("body/tu/tuv/seg").text or "") == legal
    assert len(one_line(src).splitlines()) <= 1
