"""Training pages: archives checked and read, HTML dumped to lines, lines labelled by an extractor."""

import hashlib
import io
import subprocess
import sys
import tarfile

import pytest

from pipeline.clean.lessons import Source, read_lessons, read_sources
from pipeline.clean.teach import dump, label_lines, teach
from pipeline.errors import ConfigError

STORY = [
    "On Tuesday morning the fishermen noticed that the river had turned brown, and nobody could tell them why.",
    "The mill upstream had opened its gates during the night, said the warden, who had been called out of bed.",
    "By noon the water was clear again; the fish, however, stayed away from the harbour for another three weeks.",
    "The town council will hear the owner of the mill on Friday, and wants to know who gave the order to open.",
]
MENU = ["News", "Weather", "Tides", "Harbour", "Letters", "Markets", "Boats", "Archive", "Contact", "About us"]
PAGE = (
    "<html><head><title>Brown river</title></head><body><nav><ul>"
    + "".join(f'<li><a href="/{item}">{item}</a></li>' for item in MENU)
    + "</ul></nav><article><h1>Brown river</h1>"
    + "".join(f"<p>{line}</p>" for line in STORY)
    + "</article><footer><p>All rights reserved</p></footer>"
    + "<!-- "
    + "x" * 4000
    + " --></body></html>"
)


def pack(folder, pages, leave_out=frozenset()):
    path = folder / "pages.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        for name, html in pages.items():
            member = tarfile.TarInfo(f"top/{name}")
            member.size = len(html.encode())
            archive.addfile(member, io.BytesIO(html.encode()))
    return Source(path.name, hashlib.sha256(path.read_bytes()).hexdigest(), "fetch pages", "CC0-1.0", leave_out)


def test_a_page_becomes_labelled_lines():
    labelled = dict(teach(PAGE.encode()))
    assert [labelled[line] for line in STORY] == ["keep"] * len(STORY)
    assert [labelled[line] for line in MENU] == ["debris"] * len(MENU)
    assert labelled["Brown river"] == "ignore"


def test_lessons_are_read_in_order_and_once(tmp_path):
    pages = {
        "b.html": PAGE,
        "a.html": PAGE,
        "c.html": PAGE.replace("Tuesday", "Monday"),
        "d.txt": PAGE,
        "e.html": "<p>x",
    }
    source = pack(tmp_path, pages, frozenset())
    assert [page.name for page in read_lessons(tmp_path, [source])] == ["pages.tar.gz/a.html", "pages.tar.gz/c.html"]


def test_some_pages_are_left_out(tmp_path):
    source = pack(tmp_path, {"a.html": PAGE}, frozenset(["a.html"]))
    assert read_lessons(tmp_path, [source]) == []


def test_a_missing_archive_is_named_with_the_command_that_fetches_it(tmp_path):
    with pytest.raises(ConfigError, match="fetch pages"):
        read_lessons(tmp_path, [Source("gone.tgz", "0", "fetch pages", "", frozenset())])


def test_another_archive_is_refused(tmp_path):
    source = pack(tmp_path, {"a.html": PAGE})
    (tmp_path / source.archive).write_bytes(b"something else")
    with pytest.raises(ConfigError, match="SHA-256"):
        read_lessons(tmp_path, [source])


def test_training_without_its_pages_says_how_to_get_them(tmp_path):
    command = [sys.executable, "-m", "pipeline.clean.train", str(tmp_path)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert all(source.fetch in result.stderr for source in read_sources())


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<p>one <b>two</b> three</p>", ["one two three"]),
        ("<p>one<br>two</p>", ["one", "two"]),
        ("<div>one<p>two</p>three</div>four", ["one", "two", "three", "four"]),
        ("<p>one\n\t two</p>", ["one two"]),
        ("one<script>no</script>two<!-- no -->three<style>no</style>", ["onetwothree"]),
    ],
)
def test_dump(html, lines):
    lxml_html = pytest.importorskip("lxml.html")
    assert dump(lxml_html.fromstring(f"<body>{html}</body>")) == lines


def test_what_the_extractor_is_in_two_minds_about_is_ignored():
    lines = [*MENU, "Brown river", *STORY, "A postscript that only the generous setting would keep."]
    strict, generous = "\n".join(STORY), "\n".join([*STORY, lines[-1]])
    labels = [label for _, label in label_lines(lines, [strict, generous], ["brownriver"])]
    assert labels == ["debris"] * len(MENU) + ["ignore"] + ["keep"] * len(STORY) + ["ignore"]


def test_articles_that_share_little_teach_nothing():
    lines = [*MENU, *MENU, *STORY]
    assert label_lines(lines, ["\n".join(STORY), "\n".join(STORY)], [])
    assert label_lines(lines, ["\n".join(STORY[:2]), "\n".join(STORY)], []) == []
    assert label_lines(STORY, ["\n".join(STORY), "\n".join(STORY)], []) == []
