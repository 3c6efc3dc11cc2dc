"""Build a tiny exact translation model: a one-layer transformer whose hand-set weights are a dictionary.

It answers word for word, in order, at once, and copies what it does not know, so that a test can say to the letter
what a translation must be. The files are those of a real Argos package: a CTranslate2 model, a
SentencePiece model and metadata.

How the weights work: a source word is one-hot in the first dimensions and its position one-hot in the rest; the
decoder's query is its own position, the encoder's keys are theirs, so step t reads word t; the values carry the word
through the dictionary into the dimensions of the target words, from which the projection picks the next token.
"""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import sentencepiece
from ctranslate2.specs import transformer_spec

POSITIONS = 264  # more than a translation may have
SHARP = 400.0  # far above any rounding: the softmax is then a choice
SPECIAL = ("<unk>", "<s>", "</s>")
MARKS = {mark: mark for mark in ".,!?:;%()\"'-"} | dict(zip("。，！？、；：", ".,!?,;:", strict=True))

_DICTIONARY = """
    kucing=cat anjing=dog tidur=sleeps di=on atas=top meja=table itu=that buku=book baru=new kota=city
    air=water sungai=river dingin=cold kami=we membeli=bought hari=day ini=this dan=and harga=price
    naik=rises turun=falls sekolah=school guru=teacher warga=people desa=village jalan=road rumah=house
    con=the mèo=cat ngủ=sleeps trên=on bàn=table sách=book mới=new nước=water sông=river lạnh=cold
    chúng=we mua=bought giá=price tăng=rises thành=city người=people làng=village trường=school và=and
    猫=cat 貓=cat 睡觉=sleeps 睡覺=sleeps 桌子=table 书=book 書=book 新=new 城市=city 水=water 河=river 冷=cold 我们=we
    我們=we 买=bought 買=bought 学校=school 學校=school 老师=teacher 老師=teacher 村=village 和=and 的=of 那=that 只=one
    隻=one 在=on 上=top 今天=today 了=now 一=one 本=copy 这=this 這=this 条=the 條=the 很=very 价格=price 價格=price
"""
WORDS = dict(pair.split("=") for pair in _DICTIONARY.split())


def build_pack(
    folder: Path,
    words: Mapping[str, str] = WORDS,
    *,
    from_codes: Sequence[str] = ("id", "vi", "zh", "zt"),
    to_code: str = "en",
    version: str = "1.0",
    positions: int = POSITIONS,
) -> Path:
    """Write a package into `folder` (made, with its parents) and return it; a sentence holds fewer than `positions`."""
    pieces = _pieces(words)
    folder.mkdir(parents=True)
    (folder / "sentencepiece.model").write_bytes(_tokenizer(sorted({*pieces, *pieces.values()})))
    _spec(pieces, positions).save_to(folder / "model")
    metadata = {
        "package_version": version,
        "argos_version": "1.9",
        "from_code": from_codes[0],
        "from_codes": list(from_codes),
        "to_code": to_code,
        "type": "translate",
    }
    (folder / "metadata.json").write_text(json.dumps(metadata), encoding="utf-8")
    return folder


def build_archive(path: Path, pack: Path, top: str = "translate-xx_en-1_0") -> Path:
    """Zip a package the way Argos does, one folder at the top; stored, for these zeros would compress like a bomb."""
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(pack.rglob("*")):
            if file.is_file():
                archive.write(file, f"{top}/{file.relative_to(pack).as_posix()}")
    return path


def _pieces(words: Mapping[str, str]) -> dict[str, str]:
    """Return source and target pieces: Latin words begin with a space, Han words stand by themselves."""
    pieces = dict(MARKS)
    for source, target in words.items():
        said = "▁" + target.replace(" ", "▁")
        if source >= "\u2e80":
            pieces[source] = said
            continue
        pieces["▁" + source] = said
        pieces["▁" + source.capitalize()] = "▁" + target.capitalize().replace(" ", "▁")
    return pieces


def _tokenizer(pieces: Sequence[str]) -> bytes:
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(["a"]),
        model_writer=model,
        model_type="char",
        vocab_size=len(pieces) + len(SPECIAL) + 2,
        hard_vocab_limit=False,
        user_defined_symbols=list(pieces),
        normalization_rule_name="identity",
        minloglevel=2,
    )
    return model.getvalue()


class _Spec:
    def __init__(self, spec: transformer_spec.TransformerSpec) -> None:
        self.spec = spec

    def save_to(self, folder: Path) -> None:
        folder.mkdir()
        self.spec.validate()
        self.spec.optimize()
        self.spec.save(str(folder))


def _spec(pieces: Mapping[str, str], positions: int) -> _Spec:
    source = [*SPECIAL, *pieces]
    target = [*SPECIAL, *dict.fromkeys(pieces.values())]
    width = len(source) + positions
    spec = transformer_spec.TransformerSpec.from_config(1, 1, pre_norm=True)
    places = np.zeros((positions, width), np.float32)
    places[:, len(source) :] = np.eye(positions, dtype=np.float32)
    words = np.zeros((len(source), width), np.float32)
    words[:, : len(source)] = np.eye(len(source), dtype=np.float32)
    place = np.zeros((width, width), np.float32)  # keeps the position, drops the word
    place[len(source) :, len(source) :] = np.eye(positions, dtype=np.float32)
    say = np.zeros((width, width), np.float32)  # the dictionary
    for i, word in enumerate(source):
        say[target.index(pieces.get(word, word)), i] = 1.0
    _side(spec.encoder, spec.encoder.embeddings[0], words, places)
    _side(spec.decoder, spec.decoder.embeddings, np.zeros((len(target), width), np.float32), places)
    reading = spec.decoder.layer[0].attention
    _norm(reading.layer_norm, width)
    _linear(reading.linear[0], place * SHARP)
    _linear(reading.linear[1], np.concatenate([place, say]))
    _linear(reading.linear[2], np.eye(width, dtype=np.float32) * SHARP)
    picks = np.zeros((len(target), width), np.float32)
    picks[:, : len(target)] = np.eye(len(target), dtype=np.float32)
    _linear(spec.decoder.projection, picks)
    spec.register_source_vocabulary(source)
    spec.register_target_vocabulary(target)
    spec.config.add_source_eos = True
    return _Spec(spec)


def _side(side, embedding, words: np.ndarray, places: np.ndarray) -> None:
    """Fill an encoder or decoder that passes its input through: everything but the embeddings is nothing."""
    width = words.shape[1]
    nothing = np.zeros((width, width), np.float32)
    embedding.weight = words
    side.scale_embeddings = False
    side.position_encodings.encodings = places
    _norm(side.layer_norm, width)
    layer = side.layer[0]
    _norm(layer.self_attention.layer_norm, width)
    _linear(layer.self_attention.linear[0], np.concatenate([nothing] * 3))
    _linear(layer.self_attention.linear[1], nothing)
    _norm(layer.ffn.layer_norm, width)
    _linear(layer.ffn.linear_0, nothing)
    _linear(layer.ffn.linear_1, nothing)


def _norm(spec, width: int) -> None:
    spec.gamma, spec.beta = np.ones(width, np.float32), np.zeros(width, np.float32)


def _linear(spec, weight: np.ndarray) -> None:
    spec.weight, spec.bias = weight.astype(np.float32), np.zeros(weight.shape[0], np.float32)
