import pytest

from pipeline.records import Hypothesis
from pipeline.store import ModelStore
from pipeline.translate import DictMemory
from pipeline.translate.attempt import Draft
from tests.packs import build_pack


class CountingMemory(DictMemory):
    def __init__(self):
        super().__init__()
        self.puts = []

    def put_many(self, hypotheses):
        self.puts += hypotheses
        super().put_many(hypotheses)


def english(translator, source, lang="id"):
    return translator.translate([(source, lang)])[0].english


@pytest.mark.parametrize(
    ("lang", "source", "expected"),
    [
        ("id", "Kucing itu tidur di atas meja.", "Cat that sleeps on top table."),
        ("vi", "Con mèo ngủ trên bàn.", "The cat sleeps on table."),
        ("zh-Hans", "那只猫在桌子上睡觉。", "that one cat on table top sleeps."),
        ("zh-Hant", "那隻貓在桌子上睡覺。", "that one cat on table top sleeps."),
    ],
)
def test_translates_each_language_of_a_multilingual_pack(make, lang, source, expected):
    hypothesis = make().translate([(source, lang)])[0]
    assert hypothesis == Hypothesis(expected, hypothesis.score, (), "dict-mul_en 1.0")
    assert 0 < hypothesis.score <= 1


def test_answers_stand_in_the_order_asked(make):
    items = [("air", "id"), ("kucing itu tidur", "id"), ("buku", "id"), ("air", "id")]
    assert [h.english for h in make().translate(items)] == ["water", "cat that sleeps", "book", "water"]


def test_nothing_asked_nothing_answered(make):
    assert make().translate([]) == []


def test_english_passes_through_without_a_model(make):
    assert make().translate([("It rains.", "en"), ("It rains.", "en-GB")]) == [Hypothesis("It rains.", 1.0)] * 2


@pytest.mark.parametrize(
    "source", ["2024", "—", "12:30 / 4 %", "https://contoh.id/a", "@kebun #air", "", "OpenAI + Sora"]
)
def test_what_has_no_words_is_copied(make, source):
    assert make().translate([(source, "id")]) == [Hypothesis(source, 1.0)]


def test_numbers_alone_are_written_the_english_way(make):
    assert make().translate([("12.500 / 4,5 %", "id")]) == [Hypothesis("12,500 / 4.5 %", 1.0)]


def test_a_language_without_a_model_is_left_and_stops_nobody(make):
    found = make().translate([("Apa khabar", "ms"), ("kucing", "id"), ("???", "ms")])
    assert found[0] == Hypothesis("", 0.0, ("no_model",))
    assert found[1].english == "cat"
    assert found[2] == Hypothesis("???", 1.0)


def test_one_source_in_two_languages_is_two_questions(make):
    assert [h.english for h in make().translate([("air", "id"), ("air", "en")])] == ["water", "air"]


def test_equal_sentences_are_decoded_once(make):
    memory = CountingMemory()
    make(memory).translate([("kucing", "id")] * 50)
    assert len(memory.puts) == 1


def test_memory_answers_the_second_time(make):
    memory = CountingMemory()
    first = make(memory).translate([("kucing", "id"), ("air", "id")])
    again = make(memory).translate([("air", "id"), ("kucing", "id")])
    assert again == first[::-1]
    assert len(memory.puts) == 2


@pytest.mark.parametrize(
    "changed",
    [{"beam_size": 3}, {"repetition_penalty": 1.3}, {"length_penalty": 0.5}, {"max_source_tokens": 40}, {"retry": 0}],
)
def test_memory_forgets_when_decoding_changes(make, changed):
    memory = CountingMemory()
    make(memory).translate([("kucing", "id")])
    make(memory, **changed).translate([("kucing", "id")])
    assert len(set(memory.puts)) == 2


def test_memory_forgets_when_the_engine_changes(make, monkeypatch):
    memory = CountingMemory()
    make(memory).translate([("kucing", "id")])
    monkeypatch.setattr("pipeline.translate.translator.libraries", lambda: {"ctranslate2": "99.0"})
    make(memory).translate([("kucing", "id")])
    assert len(set(memory.puts)) == 2


def test_threads_and_batch_size_change_no_key(make):
    memory = CountingMemory()
    make(memory).translate([("kucing", "id")])
    make(memory, threads=2, batch_tokens=64).translate([("kucing", "id")])
    assert len(memory.puts) == 1


def test_memory_forgets_another_model(make, tmp_path):
    memory = CountingMemory()
    make(memory).translate([("kucing", "id")])
    build_pack(tmp_path / "dict-mul_en-1_0", {"kucing": "tiger"})
    found = make(memory, store=ModelStore(tmp_path)).translate([("kucing", "id")])
    assert found[0].english == "tiger"


def test_a_glossary_term_asks_again_only_for_sentences_that_hold_it(make, tmp_path):
    glossary = tmp_path / "glossary.tsv"
    glossary.write_text("id\tkucing\tfeline\n", encoding="utf-8")
    memory = CountingMemory()
    make(memory).translate([("kucing tidur", "id"), ("air dingin", "id")])
    plain, bound = make(memory), make(memory, glossary=glossary)
    found = bound.translate([("kucing tidur", "id"), ("air dingin", "id")])
    assert "feline" in found[0].english
    assert found[1].english == "water cold"
    assert len(memory.puts) == 3
    assert plain.signature("id") != bound.signature("id")


def test_long_sentences_are_cut_at_clauses_and_nothing_is_lost(make):
    source = ", ".join(["kucing itu tidur di meja"] * 60) + "."
    hypothesis = make(max_source_tokens=30, retry=False).translate([(source, "id")])[0]
    assert hypothesis.english.count("cat that sleeps on table") == 60
    assert "truncated" not in hypothesis.flags


def test_a_long_sentence_depends_on_no_other(make):
    long = ", ".join(["kucing itu tidur di meja"] * 20)
    alone = make().translate([(long, "id")])
    assert make().translate([(long, "id"), ("air", "id"), (long + ", air", "id")])[:1] == alone


def test_flagged_sentences_are_retried_and_say_so(make):
    hypothesis = make().translate([("kucing 谁 tidur", "id")])[0]
    assert "retried" in hypothesis.flags
    plain = make(retry=False).translate([("kucing 谁 tidur", "id")])[0]
    assert plain.flags == ("wrong_script",)


@pytest.fixture
def offers(monkeypatch):
    """Let the model offer two drafts for every sentence, and count how often it is asked."""
    asked = []

    def attempt(jobs, *_):
        asked.append(len(jobs))
        return [(Draft("The 猫 sleeps.", -0.1, cut=False), Draft("The cat sleeps.", -0.2, cut=False)) for _ in jobs]

    monkeypatch.setattr("pipeline.translate.decoder.attempt", attempt)
    return asked


def test_a_second_choice_without_fault_is_kept_and_nothing_decoded_again(make, offers):
    hypothesis = make().translate([("Kucing itu tidur.", "id")])[0]
    assert (hypothesis.english, hypothesis.flags) == ("The cat sleeps.", ("retried",))
    assert offers == [1]


@pytest.mark.usefixtures("offers")
def test_without_retry_the_first_choice_stands(make):
    hypothesis = make(retry=False).translate([("Kucing itu tidur.", "id")])[0]
    assert (hypothesis.english, hypothesis.flags) == ("The 猫 sleeps.", ("wrong_script",))


def test_languages_of_one_model_are_decoded_together(make, offers):
    make().translate([("kucing itu", "id"), ("con mèo", "vi"), ("那只猫", "zh-Hans"), ("那隻貓", "zh-Hant")])
    assert offers == [4]


def test_literals_come_through_to_the_letter(make):
    source = "buku itu di https://contoh.id/a_b dan www.desa.id dan surat@desa.id dan @ke_bun dan #air dan `x = y_1`"
    found = english(make(), source)
    for literal in ("https://contoh.id/a_b", "www.desa.id", "surat@desa.id", "@ke_bun", "#air", "`x = y_1`"):
        assert literal in found


def test_numbers_are_written_the_english_way(make):
    assert english(make(), "kucing membeli 2.500 buku") == "cat bought 2,500 book"


def test_a_term_holds_even_when_the_model_loses_it(make, tmp_path):
    build_pack(
        tmp_path / "m" / "dict-id_en-1_0", {"kucing": "cat", "tidur": "sleeps", "Sora": "soda"}, from_codes=["id"]
    )
    found = make(store=ModelStore(tmp_path / "m")).translate([("Sora tidur kucing", "id")])[0]
    assert "Sora" in found.english
    assert "retried" in found.flags


def test_only_the_lost_term_is_cut_out(make, tmp_path):
    words = {"kucing": "cat", "tidur": "sleeps", "Sora": "soda", "Q7": "queue", "air": "water", ".": "."}
    build_pack(tmp_path / "m" / "dict-id_en-1_0", words, from_codes=["id"])
    store = ModelStore(tmp_path / "m")
    found = make(store=store).translate([("Kucing tidur Sora air OpenAI tidur.", "id")])[0]
    assert found.english == "Cat sleeps Sora water OpenAI sleeps."
    assert found.flags == ("retried", "stitched")


def test_a_number_with_its_scale_is_translated(make):
    assert english(make(), "5 juta") != "5 juta"


def test_pivot_is_followed_and_flagged(make, tmp_path):
    build_pack(tmp_path / "a-jv_id-1_0", {"kewan": "kucing", "turu": "tidur"}, from_codes=["jv"], to_code="id")
    build_pack(tmp_path / "b-id_en-1_0", from_codes=["id"])
    hypothesis = make(store=ModelStore(tmp_path)).translate([("kewan turu", "jv")])[0]
    assert hypothesis.english == "cat sleeps"
    assert hypothesis.flags == ("pivot",)
    assert hypothesis.model == "a-jv_id 1.0 > b-id_en 1.0"


def test_models_are_loaded_only_when_needed(make, monkeypatch):
    monkeypatch.setattr("pipeline.translate.decoder.Engine", None)
    assert make().translate([("It rains.", "en"), ("x", "ms")])[0].english == "It rains."
