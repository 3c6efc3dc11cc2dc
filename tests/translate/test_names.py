import pytest

from pipeline.translate.names import bare, chinese, find_names

NAMES = [
    # Indonesian: what has an English of its own is no name, and a capital at the beginning says nothing
    ("id", "Kapal itu berangkat dari Teluk Randu menuju Pulau Serindang.", ["Randu", "Serindang"]),
    ("id", "Nurhayati Siregar memimpin koperasi.", ["Nurhayati Siregar"]),
    ("id", "Serindang sepi pada malam hari.", []),
    ("id", "“Serindang sepi,” kata Joko Wibisono.", ["Joko Wibisono"]),
    ("id", "Presiden Amerika Serikat tiba hari Senin.", []),
    ("id", "Menteri Luar Negeri bertemu Joko Wirawan di Brussel.", ["Joko Wirawan"]),
    ("id", "Feri Terbakar di Selat Randu, Semua Penumpang Selamat", []),
    ("id", "Ini kali ke-5 PBB datang.", []),
    ("id", "Ia belajar Filologi di sana.", []),
    ("ms", "Rumah itu milik Hafizuddin sejak dulu.", ["Hafizuddin"]),
    # Vietnamese
    ("vi", "Ông Lê Văn Khoa, 61 tuổi, nói.", ["Le Van Khoa"]),
    ("vi", "Theo chị Hạnh, trẻ em xuống trước.", ["Hanh"]),
    ("vi", "Làng Tanjung Limau ở Indonesia.", ["Tanjung Limau", "Indonesia"]),
    ("vi", "Đội bóng Hà Lan thắng ở Vũ Hán.", []),
    ("vi", "Thủ tướng Campuchia gặp ông Hun Sen ở Italia.", ["Hun Sen"]),
    ("vi", "Ca sĩ Hồ Ngọc Mai hát ở Hà Nội.", ["Ho Ngoc Mai"]),
    ("vi", "Người Việt Nam yêu Ban Nhạc Mùa Xuân.", []),
    # Chinese
    ("zh-Hans", "江海船舶发言人周敏说，公司没有收到消息。", ["Zhou Min"]),
    ("zh-Hans", "周敏还说，公司将检查油管。", []),
    ("zh-Hans", "学生陈思远在电话里告诉记者。", ["Chen Siyuan"]),
    ("zh-Hant", "醫師林予安當時也在船上。", ["Lin Yu'an"]),
    ("zh-Hant", "林予安說，船很小。", ["Lin Yu'an"]),
    ("zh-Hans", "他高兴地说，票卖完了。", []),
    ("zh-Hans", "她从布宜诺斯艾利斯飞到莫桑比克。", ["Buenos Aires", "Mozambique"]),
    ("zh-Hant", "星期四下雨。", []),
    # what stands where a person is named may be a word, or a place
    ("zh-Hans", "外交部发言人周二表示，会议推迟。", []),
    ("zh-Hans", "总统任期的最后一年，村民高兴的样子。", []),
    ("zh-Hans", "记者于北京的报道。", []),
    ("zh-Hans", "记者王芳在现场。", ["Wang Fang"]),
    ("zh-Hans", "北京大学生多，北京大学的学生少。", ["Peking University"]),
    ("zh-Hans", "奥特曼还承认，想法很天真。", []),
    ("zh-Hans", "他说英国人来了。", []),
    ("zh-Hans", "他在Beatles的歌里听到印度尼西亚。", ["Beatles", "Indonesia"]),
    # elsewhere only what looks alike in every language
    ("de", "Der Mann kauft ein iPhone in Köln.", ["iPhone"]),
]


@pytest.mark.parametrize(("lang", "source", "expected"), NAMES)
def test_finds_the_names_that_english_writes_alike(lang, source, expected):
    found = list(find_names(source, lang))
    assert [name.english for name in found] == expected
    assert all(source[name.start : name.end] for name in found)
    assert sorted(found) == found or lang.startswith("zh")


def test_marks_come_off_latin_letters():
    assert bare("Đỗ Thị Hạnh, Éric và 周敏") == "Do Thi Hanh, Eric va 周敏"


def test_without_the_dictionary_no_chinese_name_is_found(monkeypatch):
    monkeypatch.setattr(chinese, "dictionary", lambda: chinese.Dictionary({}, 0, {}, {}, frozenset()))
    assert list(chinese.find_chinese("发言人周敏说，她去莫桑比克。")) == []
