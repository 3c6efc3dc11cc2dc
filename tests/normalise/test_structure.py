"""Headings, lists, quotes, speakers and wrapped lines, in several scripts: what each line of a page becomes."""

import pytest

from pipeline.config import NormaliseConfig
from pipeline.normalise import normalise
from pipeline.normalise.wrap import join_lines
from pipeline.records import Seed

H, I, P, Q, T = "heading", "list_item", "paragraph", "quote", "title"  # noqa: E741

PAGES = {
    "Chinese numerals": (
        "青石镇河水变浑\n办法有两条：\n一、每天早上在镇政府门口发水。\n二、学校食堂停业到周五。",
        [
            (T, "青石镇河水变浑"),
            (P, "办法有两条："),
            (I, "每天早上在镇政府门口发水。"),
            (I, "学校食堂停业到周五。"),
        ],
    ),
    "Chinese numerals over ten in brackets": (
        "条例\n（十九）井水一律停用。\n（二十）违者罚款。\n（三）见附件",
        [(T, "条例"), (I, "井水一律停用。"), (I, "违者罚款。"), (P, "（三）见附件")],
    ),
    "numbered headings in Chinese keep their numbers": (
        "青石镇河水变浑\n一、背景\n上游连下三天大雨。\n二、办法\n镇里开始发水。",
        [(T, "青石镇河水变浑"), (P, "一、背景"), (P, "上游连下三天大雨。"), (P, "二、办法"), (P, "镇里开始发水。")],
    ),
    "readings that were set above Japanese words": (
        "青石町の川\n町長の\n田中\n（たなか）氏は橋を閉じた。\n漁師らは\n網\n（あみ）\nを上げ、\n桟橋\n（さんばし）に戻った。\n国際\n（ヨミ）",
        [
            (T, "青石町の川"),
            (P, "町長の田中（たなか）氏は橋を閉じた。"),
            (P, "漁師らは網（あみ）を上げ、桟橋（さんばし）に戻った。"),
            (P, "国際（ヨミ）"),
        ],
    ),
    "brackets that hold no reading": (
        "青石町の川\n町長は\n橋\n（写真）を閉じた。\n田中\n\n（たなか）氏",
        [(T, "青石町の川"), (P, "町長は"), (P, "橋"), (P, "（写真）を閉じた。"), (P, "田中"), (P, "（たなか）氏")],
    ),
    "Hindi and Arabic lists": (
        "नदी भूरी हुई\n1. गाँव वालों ने पानी उबाला।\n2. कुएँ का पानी न पिएँ।\n• اغلوا الماء قبل الشرب.",
        [
            (T, "नदी भूरी हुई"),
            (I, "गाँव वालों ने पानी उबाला।"),
            (I, "कुएँ का पानी न पिएँ।"),
            (I, "اغلوا الماء قبل الشرب."),
        ],
    ),
    "glued headings": (
        "River\nThe water rose. ## What the town does\nIt fetches water. ### Wells",
        [(T, "River"), (P, "The water rose."), (H, "What the town does"), (P, "It fetches water."), (H, "Wells")],
    ),
    "a quote": ("River\n> We have never seen it so.", [(T, "River"), (Q, "We have never seen it so.")]),
    "speakers left at the end of the turn before": (
        (
            "Talking of rivers\nThe mud came with the rain. Tom Wick, ferryman:\n"
            "I have never seen it like this. Mara Quill, engineer:\nIt will be clear in two days."
        ),
        [
            (T, "Talking of rivers"),
            (P, "The mud came with the rain."),
            (P, "Tom Wick, ferryman:"),
            (P, "I have never seen it like this."),
            (P, "Mara Quill, engineer:"),
            (P, "It will be clear in two days."),
        ],
    ),
    "a title before a speaker's name": (
        "Talking of rivers\nDr. Mara Quill, engineer:\nThe mud came with the rain. Tom Wick, ferryman:\nNo.",
        [
            (T, "Talking of rivers"),
            (P, "Dr. Mara Quill, engineer:"),
            (P, "The mud came with the rain."),
            (P, "Tom Wick, ferryman:"),
            (P, "No."),
        ],
    ),
    "turns that begin with their speaker": (
        "记者：河水什么时候变清？\n王立：如果雨停了，两天就够。\n记者：水井呢？",
        [(T, "记者：河水什么时候变清？"), (P, "王立：如果雨停了，两天就够。"), (P, "记者：水井呢？")],
    ),
    "Thai wrapped at a column": (
        (
            "ชาวประมงริมแม่น้ำสังเกตเห็นตั้งแต่เช้าวันอังคารว่าน้ำใน\n"
            "แม่น้ำขุ่นผิดปกติและรีบแจ้งสำนักงานประปาของอำเภอทันที\n"
            "วิศวกรของสำนักงานอธิบายว่าฝนที่ตกหนักติดต่อกันสามวันทาง\n"
            "ต้นน้ำพัดโคลนลงมาและต้องใช้เวลาอีกสองวันกว่าน้ำจะใสและ\n"
            "เทศบาลนำน้ำดื่มมาจากจังหวัดใกล้เคียงและขอให้ประชาชนงด\nใช้น้ำบ่อไปก่อน"
        ),
        [
            (
                P,
                (
                    "ชาวประมงริมแม่น้ำสังเกตเห็นตั้งแต่เช้าวันอังคารว่าน้ำในแม่น้ำขุ่นผิดปกติและรีบแจ้งสำนักงานประปาของอำเภอทันที"
                    "วิศวกรของสำนักงานอธิบายว่าฝนที่ตกหนักติดต่อกันสามวันทางต้นน้ำพัดโคลนลงมาและต้องใช้เวลาอีกสองวันกว่าน้ำจะใสและ"
                    "เทศบาลนำน้ำดื่มมาจากจังหวัดใกล้เคียงและขอให้ประชาชนงดใช้น้ำบ่อไปก่อน"
                ),
            )
        ],
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_what_each_line_becomes(name):
    text, expected = PAGES[name]
    blocks = normalise(Seed("", "", 0, "utf-8", text), NormaliseConfig())
    assert [(block.kind.value, block.text) for block in blocks] == expected


def test_long_paragraphs_are_joined_as_short_ones_are():
    words = [f"kata{n % 97}-" if n % 7 == 0 else f"kata{n % 89}" for n in range(4000)]
    lines = [" ".join(words[at : at + 9]) for at in range(0, len(words), 9)]
    known = frozenset({"kata7kata8", "kata63kata61"})
    joined = join_lines("\n".join(lines), known)
    by_hand = lines[0]
    for line in lines[1:]:
        by_hand = join_lines(f"{by_hand}\n{line}", known)
    assert joined == by_hand
