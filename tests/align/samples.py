"""Our own small texts, in five languages, and versions made of them."""

from pipeline.records import Kind, Passage, Version

ENGLISH = [
    "The ferry Nordlys ran aground near Vardo late on Monday.",
    "All 48 passengers were brought ashore by two fishing boats.",
    "The captain said that the radar had failed an hour before.",
    "Repairs will cost about 3 million crowns, the owner estimates.",
    "A schoolteacher on board led the children in song.",
    "The harbour will stay closed until Thursday morning.",
]
INDONESIAN = [
    "Feri Nordlys kandas di dekat Vardo pada Senin malam.",
    "Semua 48 penumpang dibawa ke darat oleh dua kapal nelayan.",
    "Kapten mengatakan bahwa radar sudah rusak satu jam sebelumnya.",
    "Perbaikan akan menelan biaya sekitar 3 juta krona, menurut perkiraan pemilik.",
    "Seorang guru sekolah di kapal mengajak anak-anak bernyanyi.",
    "Pelabuhan akan tetap ditutup sampai Kamis pagi.",
]
CHINESE = [
    "周一深夜，渡轮Nordlys在瓦尔多附近搁浅。",
    "两艘渔船把全部48名乘客送上了岸。",
    "船长说，雷达一小时前就出了故障。",
    "船主估计维修费用约为300万克朗。",
    "船上一位教师带着孩子们唱歌。",
    "港口将关闭至周四上午。",
]
OTHER = [
    "Bakers in Lyon are testing flour milled from chestnuts.",
    "The recipe calls for 12 hours of rest, says the miller.",
    "Customers find the crust darker and a little sweet.",
    "A kilo sells for 9 euros at the Saturday market.",
]

WORDS = [a + b + c for a in "bdfgklmnprst" for b in ("al", "ir", "ot", "um", "en") for c in "bdfgklmnprst"]


def sentences(n, rnd):
    """Return sentences of made-up words, no two of them alike."""
    return [" ".join(rnd.choices(WORDS, k=8)) + "." for _ in range(n)]


def version(name, lang, texts, english=None):
    passages = tuple(
        Passage(number, Kind.PARAGRAPH, text, pivot, 1.0)
        for number, (text, pivot) in enumerate(zip(texts, english or texts, strict=True), 1)
    )
    return Version(name, lang, texts[0] if texts else "", "", passages)
