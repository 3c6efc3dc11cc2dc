import pytest

from pipeline.report.html import Html, join, more, table, tag, words


def test_text_is_escaped_and_markup_is_not():
    assert tag("p", "a < b & c", tag("b", "d")) == "<p>a &lt; b &amp; c<b>d</b></p>"


def test_attributes_are_quoted_and_escaped():
    assert tag("a", "x", href='"><script>', class_="y", id=None) == '<a href="&quot;&gt;&lt;script&gt;" class="y">x</a>'


def test_a_string_made_of_markup_is_text_again():
    assert tag("p", Html("<b>") + "x") == "<p>&lt;b&gt;x</p>"


@pytest.mark.parametrize(("value", "written"), [(12345, "12,345"), (0.625, "0.62"), (None, ""), ("x", "x")])
def test_numbers_are_written_for_people(value, written):
    assert join([value]) == written


def test_columns_of_numbers_are_set_right_with_their_headings():
    page = table(["a", "b"], [("x", 1)])
    assert '<th>a</th><th class="number">b</th>' in page
    assert '<td>x</td><td class="number">1</td>' in page


def test_an_empty_table_says_so():
    assert "nothing" in table(["a", "b"], [])


def test_what_is_left_out_is_counted():
    assert "… and 1,990 more rows" in more(10, 2000, "rows")
    assert more(10, 10, "rows") == ""


def test_words_carry_their_language():
    assert words("渔民", "zh-Hans") == '<span lang="zh-Hans" dir="auto" class="words">渔民</span>'
