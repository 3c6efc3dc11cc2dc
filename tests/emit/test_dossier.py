from dataclasses import replace

from pipeline.emit.dossier import duplicate_of
from pipeline.records import Declared, Metadata
from tests.emit.factories import HARBOUR_ID, dossier

ARTICLE = dossier("a.txt", "id", "harbour", HARBOUR_ID)


def test_the_title_is_what_the_cleaner_found_else_declared_else_the_first_title_block():
    declared = replace(ARTICLE, declared=Declared(title="Dari wadah"))
    assert declared.title == HARBOUR_ID[0][0][0]
    assert replace(declared, metadata=Metadata()).title == "Dari wadah"
    assert replace(ARTICLE, metadata=Metadata()).title == HARBOUR_ID[0][0][0]


def test_the_english_of_a_block_joins_its_sentences():
    assert ARTICLE.english()[1] == f"{HARBOUR_ID[1][0][1]} {HARBOUR_ID[1][1][1]}"
    assert ARTICLE.title_en == HARBOUR_ID[0][0][1]


def test_an_article_without_a_kept_title_has_no_english_title():
    blocks = tuple(block._replace(keep=False) for block in ARTICLE.identified.blocks)
    assert replace(ARTICLE, identified=replace(ARTICLE.identified, blocks=blocks)).title_en is None


def test_a_duplicate_names_the_first_and_holds_no_text():
    copy = duplicate_of(ARTICLE, "b.txt")
    assert (copy.status, copy.path, copy.reason) == ("duplicate", "b.txt", "same content as a.txt")
    assert (copy.article_id, copy.title) == (ARTICLE.article_id, ARTICLE.title)
    assert (copy.sentences, copy.identified.blocks) == ((), ())
