from pathlib import Path

import pytest

from pipeline.config import load_config
from pipeline.errors import ConfigError
from pipeline.translate.terms import load_terms


def glossary(tmp_path, text):
    path = tmp_path / "glossary.tsv"
    path.write_text(text, encoding="utf-8")
    return path


def found(terms, source, lang):
    return [(source[f.start : f.end], f.term.english) for f in terms.find(source, lang)]


def test_terms_of_a_language_hold_there_only(tmp_path):
    terms = load_terms(
        glossary(tmp_path, "# ours\n\nid\tkebun raya\tbotanical garden\nzh\t植物园\tbotanical garden\n"), ()
    )
    assert found(terms, "Kami ke Kebun Raya.", "id") == [("Kebun Raya", "botanical garden")]
    assert found(terms, "Kami ke kebun raya.", "vi") == []
    assert found(terms, "我们去植物园。", "zh-Hant") == [("植物园", "botanical garden")]


def test_whole_words_but_han_may_stand_beside(tmp_path):
    terms = load_terms(glossary(tmp_path, "id\tair\twater\n"), ("Fera",))
    assert found(terms, "airnya air", "id") == [("air", "water")]
    assert found(terms, "他用Fera写字", "zh-Hans") == [("Fera", "Fera")]
    assert found(terms, "Ferari fera", "id") == []


def test_the_longer_term_wins_and_the_glossary_comes_before_names(tmp_path):
    terms = load_terms(glossary(tmp_path, "id\tkebun\tgarden\nid\tkebun raya\tpark\n*\tOpenAI\tOpen AI\n"), ())
    assert found(terms, "kebun raya dan kebun, OpenAI", "id") == [
        ("kebun raya", "park"),
        ("kebun", "garden"),
        ("OpenAI", "Open AI"),
    ]


def test_of_equally_long_terms_that_of_the_narrower_language_wins(tmp_path):
    terms = load_terms(glossary(tmp_path, "id\tGemini\tthe twins\nzh\t總統\tleader\nzh-TW\t總統\tPresident\n"), ())
    assert found(terms, "Kata Gemini", "id") == [("Gemini", "the twins")]
    assert found(terms, "Kata Gemini", "vi") == [("Gemini", "Gemini")]
    assert found(terms, "總統來了", "zh-Hant") == [("總統", "President")]
    assert found(terms, "總統來了", "zh-Hans") == [("總統", "leader")]


def test_words_need_no_space_in_scripts_that_have_none(tmp_path):
    terms = load_terms(glossary(tmp_path, "\ufeffja\tトヨタ\tToyota\nko\t서울\tSeoul\nTH\tกรุงเทพ\tBangkok\n"), ())
    assert found(terms, "トヨタはOpenAIと", "ja") == [("トヨタ", "Toyota"), ("OpenAI", "OpenAI")]
    assert found(terms, "서울은", "ko") == [("서울", "Seoul")]
    assert found(terms, "ไปกรุงเทพแล้ว", "th") == [("กรุงเทพ", "Bangkok")]


def test_names_come_with_the_package():
    terms = load_terms(None, ())
    for name in ("OpenAI", "Sora", "a16z", "ChatGPT"):
        assert found(terms, f"Kata {name}, ya", "id") == [(name, name)]


@pytest.mark.parametrize(
    ("text", "line"),
    [("id\tair\n", "line 1"), ("# x\nid\tair\twater\tmore\n", "line 2"), ("id\t\tx\n", "line 1")],
)
def test_a_broken_line_is_named(tmp_path, text, line):
    with pytest.raises(ConfigError, match=line):
        load_terms(glossary(tmp_path, text), ())


def test_a_missing_glossary_is_named(tmp_path):
    with pytest.raises(ConfigError, match=r"no\.tsv"):
        load_terms(tmp_path / "no.tsv", ())


def test_digest_tells_glossaries_apart(tmp_path):
    plain = load_terms(None, ())
    assert plain.digest == load_terms(None, ()).digest
    assert plain.digest != load_terms(glossary(tmp_path, "id\tair\twater\n"), ()).digest


@pytest.mark.parametrize("name", ["terms.tsv", "lists/terms.tsv"])
def test_a_glossary_stands_beside_the_configuration_wherever_one_calls(tmp_path, monkeypatch, name):
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    settings = tmp_path / "project" / "pipeline.toml"
    settings.parent.mkdir()
    settings.write_text(f'[translate]\nglossary = "{name}"\n', encoding="utf-8")
    assert load_config(settings).translate.glossary == tmp_path / "project" / name


def test_an_absolute_glossary_stays_where_it_is(tmp_path):
    settings = tmp_path / "pipeline.toml"
    settings.write_text('[translate]\nglossary = "/srv/terms.tsv"\n', encoding="utf-8")
    assert load_config(settings).translate.glossary == Path("/srv/terms.tsv")
