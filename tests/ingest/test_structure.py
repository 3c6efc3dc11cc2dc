"""The tree that trafilatura leaves becomes lines with marks."""

from xml.etree.ElementTree import fromstring

import pytest

from pipeline.ingest.structure import write_out


@pytest.mark.parametrize(
    ("tree", "lines"),
    [
        ("<body><head>River</head><p>It rose.</p></body>", ["## River", "It rose."]),
        ("<body><list><item>one</item><item>two</item></list></body>", ["- one", "- two"]),
        ("<body><list><item>one<list><item>deep</item></list>rest</item></list></body>", ["- one", "- deep", "- rest"]),
        ("<body><list><item><p>one</p></item></list></body>", ["- one"]),
        ("<body><quote>We stay.</quote><quote><p>We</p><p>go.</p></quote></body>", ["> We stay.", "> We", "> go."]),
        ("<body><p>It <hi>rose</hi> <ref>here</ref>.</p></body>", ["It rose here."]),
        ("<body><p>one<lb/>two</p></body>", ["one", "two"]),
        ("<body>loose<p>\n  and \t bound\n</p>again</body>", ["loose", "and bound", "again"]),
        (
            "<body><table><row><cell>Day</cell><cell> Level </cell><cell/></row><row><cell/></row></table></body>",
            ["- Day | Level"],
        ),
        ("<body><div><p>one</p><p>two</p></div></body>", ["one", "two"]),
        ("<body><p/><list/></body>", []),
    ],
)
def test_a_line_a_block(tree, lines):
    body = fromstring(tree)  # noqa: S314  # our own
    assert write_out(body).split("\n") == (lines or [""])
