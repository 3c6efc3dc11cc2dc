"""Promises of the stage: every block comes back, nothing depends on chance, a clean article is left alone."""

from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.clean import clean, clean_all
from pipeline.clean.lexicon import read
from pipeline.config import CleanConfig
from pipeline.records import Block, Kind
from tests.clean.pages import blocks_of, clean_lines, kept, labels

PROSE = [
    "On Tuesday morning the fishermen of Greystone noticed that the river had turned brown and told the water office.",
    "Three days of rain upstream had washed mud into the channel, an engineer said, and two more must pass.",
    "The town has brought in drinking water from the next county and asked people to leave their wells alone for now.",
    "Nobody has fallen ill so far, the doctor said, although a dozen families had drunk from the wells.",
]
FURNITURE = ["Home > News > Local", "Share", "Copy link", "0 comments", "• English", "© 2025 Greystone Post"]

lines = st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n\r"), max_size=60), max_size=30)
mixed = st.lists(st.sampled_from([*PROSE, *FURNITURE, "The mayor speaks", "12", "——", "不過！"]), max_size=40)


@pytest.mark.parametrize("line", ["\u202e", " ", "."])
def test_a_page_of_next_to_nothing_comes_back(line):
    blocks = blocks_of([line])
    assert [block.text for block in clean(blocks, CleanConfig()).blocks] == [block.text for block in blocks]


@settings(deadline=None, max_examples=60)
@given(st.one_of(lines, mixed))
def test_every_block_comes_back_in_order_with_its_words(page):
    before = blocks_of(page)
    after = clean(before, CleanConfig()).blocks
    assert [b._replace(kind=Kind.PARAGRAPH, keep=True, label=None, rule=None) for b in after] == [
        b._replace(kind=Kind.PARAGRAPH) for b in before
    ]


@settings(deadline=None, max_examples=60)
@given(st.one_of(lines, mixed))
def test_a_removed_block_says_what_it_is_and_which_rule_removed_it(page):
    for block in clean_lines(page).blocks:
        assert block.keep == (block.kind is not Kind.DEBRIS)
        assert bool(block.label) == bool(block.rule) == (not block.keep)


@settings(deadline=None, max_examples=30)
@given(mixed)
def test_the_same_page_is_judged_the_same_again(page):
    assert clean_lines(page) == clean_lines(page)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.one_of(lines, mixed), max_size=6))
def test_pages_judged_together_are_judged_as_if_alone(pages):
    articles = [blocks_of(page) for page in pages]
    assert list(clean_all(articles, CleanConfig())) == [clean(article, CleanConfig()) for article in articles]


def test_pages_beyond_one_batch_keep_their_order():
    articles = [blocks_of([*PROSE, *FURNITURE, f"Bridge {number}"] * 40) for number in range(20)]
    assert list(clean_all(articles, CleanConfig())) == [clean(article, CleanConfig()) for article in articles]


@settings(deadline=None, max_examples=40)
@given(st.lists(st.sampled_from(PROSE), min_size=1, max_size=12, unique=True))
def test_a_plain_article_survives_whole(page):
    assert kept(page) == page


@settings(deadline=None, max_examples=40)
@given(st.permutations(PROSE), st.permutations(FURNITURE))
def test_furniture_below_goes_and_the_story_stays(story, furniture):
    assert kept([*story, *furniture]) == story


def test_nothing_gives_nothing():
    assert clean((), CleanConfig()).blocks == ()


def test_a_title_of_the_container_is_never_removed():
    title = Block(0, 0, 0, 0, 0, "", "Share", Kind.TITLE)
    cleaned = clean((title, *blocks_of([*PROSE, "Share"])), CleanConfig())
    assert cleaned.blocks[0].keep
    assert not cleaned.blocks[-1].keep
    assert cleaned.metadata.title == "Share"


def test_the_first_kept_line_becomes_the_title_when_furniture_stood_above():
    cleaned = clean_lines(["Share", "Copy link", "Brown river worries Greystone", *PROSE])
    assert cleaned.metadata.title == "Brown river worries Greystone"
    assert [block.kind for block in cleaned.blocks[2:4]] == [Kind.TITLE, Kind.PARAGRAPH]


def test_kinds_of_what_stays():
    page = ["Brown river worries Greystone", PROSE[0], "The wells", PROSE[1], "• water for three days", PROSE[2]]
    assert [block.kind for block in clean_lines(page).blocks] == [
        Kind.TITLE,
        Kind.PARAGRAPH,
        Kind.HEADING,
        Kind.PARAGRAPH,
        Kind.LIST_ITEM,
        Kind.PARAGRAPH,
    ]


def test_a_higher_threshold_never_removes_less():
    page = [
        "Menu",
        "Local stories",
        "Brown river worries Greystone",
        *PROSE,
        *FURNITURE,
        "Five bridges need paint",
        "More",
    ]
    removed = [
        {b.block_id for b in clean_lines(page, CleanConfig(threshold=t)).blocks if not b.keep} for t in (0.0, 0.5, 0.9)
    ]
    assert removed[0] <= removed[1] <= removed[2]


UNSEEN = {
    "Thai": (
        [
            "ชาวประมงริมแม่น้ำสังเกตเห็นตั้งแต่เช้าวันอังคารว่าน้ำในแม่น้ำขุ่นผิดปกติและรีบแจ้งสำนักงานประปาของอำเภอทันที",
            "วิศวกรของสำนักงานอธิบายว่าฝนที่ตกหนักติดต่อกันสามวันทางต้นน้ำพัดโคลนลงมาและต้องใช้เวลาอีกสองวันกว่าน้ำจะใส",
            "เทศบาลนำน้ำดื่มมาจากจังหวัดใกล้เคียงและขอให้ประชาชนงดใช้น้ำบ่อไปก่อนจนกว่าจะมีประกาศ",
        ],
        ["แชร์", "Facebook", "ข่าวที่เกี่ยวข้อง", "© 2025"],
    ),
    "Burmese": (
        [
            "အင်္ဂါနေ့မနက်က မြစ်ကမ်းနားက ရေလုပ်သားတွေဟာ မြစ်ရေ နောက်နေတာကို သတိပြုမိပြီး ရေရုံးကို အကြောင်းကြားခဲ့ကြပါတယ်။",
            "မြစ်ညာမှာ မိုးသုံးရက်ဆက်တိုက်ရွာလို့ ရွှံ့တွေမျောပါလာတာဖြစ်ပြီး နောက်နှစ်ရက်ကြာမှ ကြည်မယ်လို့ ပြောပါတယ်။",
        ],
        ["Facebook", "Twitter", "WhatsApp", "https://news.example/burmese"],
    ),
    "Korean": (
        [
            "화요일 아침 어부들은 강물이 흐려진 것을 보고 곧바로 수도 사무소에 알렸다.",
            "사무소의 기술자는 상류에 사흘 동안 비가 내려 진흙이 쓸려 왔으며 이틀은 더 지나야 맑아질 것이라고 말했다.",
            "마을은 이웃 군에서 식수를 들여왔고 주민들에게 당분간 우물물을 쓰지 말라고 부탁했다.",
        ],
        ["공유하기", "페이스북", "댓글 0", "많이 본 뉴스"],
    ),
    "German": (
        [
            "Am Dienstagmorgen bemerkten die Fischer, dass der Fluss braun geworden war, und riefen das Wasseramt an.",
            "Drei Tage Regen hätten Schlamm in das Bett gespült, sagte eine Ingenieurin, und zwei kämen noch.",
            "Die Stadt hat Trinkwasser aus dem Nachbarkreis geholt und bittet darum, die Brunnen vorerst zu meiden.",
        ],
        ["Teilen", "Link kopieren", "0 Kommentare", "Impressum"],
    ),
}


@pytest.mark.parametrize("language", UNSEEN)
def test_other_languages(language):
    story, furniture = UNSEEN[language]
    assert kept(story) == story
    assert kept([*story, *furniture]) == story


@pytest.mark.parametrize(
    ("language", "lexicon"), [("Thai", "th"), ("Burmese", "my"), ("Korean", "ko"), ("German", "de")]
)
def test_a_language_whose_lexicon_is_left_out(language, lexicon, monkeypatch):
    others = sorted(path.name for path in files("pipeline.clean").joinpath("lexicons").iterdir())
    others.remove(f"{lexicon}.toml")
    few = read(others)
    monkeypatch.setattr("pipeline.clean.evidence.load", lambda: few)
    story = UNSEEN[language][0]
    known_everywhere = ["Facebook", "WhatsApp", "https://news.example/a", "© 2025"]
    assert kept(["Facebook", "Twitter", *story, *known_everywhere]) == story


def test_a_list_of_links_in_a_language_without_a_lexicon_goes():
    story = ["Iyimelika yeeseshoni yayigqityiwe ngoLwesibini emva kweentsuku ezintathu zemvula enamandla emlanjeni.",
             "Injineli yathi udaka luza kuhlala iintsuku ezimbini ngaphambi kokuba amanzi acace kwakhona edolophini.",
             "Abantu bacelwe ukuba bangasebenzisi amaqula okwangoku, bathathe amanzi ecaweni."] * 2  # fmt: skip
    links = [f"Iindaba ezinye {number}" for number in range(14)]
    page = ["Facebook", "Twitter", *story, "Facebook", "Twitter", "WhatsApp", *links, "https://news.example", "1", "2"]
    removed = labels(page)
    assert not any(number in removed for number in range(3, 9))
    assert sum(number in removed for number in range(12, 26)) >= 12
