"""Build a Marian model folder as OPUS-MT publishes them: one layer, random weights, real files."""

import shutil
from pathlib import Path

import numpy as np

WIDTH, VOCABULARY = 8, ["</s>", "<unk>", "▁a", "▁b", "▁kucing", "▁cat"]
CONFIG = """type: transformer
enc-depth: 1
dec-depth: 1
transformer-heads: 2
transformer-decoder-autoreg: self-attention
transformer-no-projection: false
transformer-ffn-activation: swish
transformer-preprocess: ""
transformer-postprocess: dan
transformer-postprocess-emb: d
transformer-guided-alignment-layer: last
"""


def build_marian(folder: Path, tokenizer: Path) -> Path:
    folder.mkdir(parents=True)
    chance = np.random.default_rng(7)
    weights = {"Wemb": chance.normal(size=(len(VOCABULARY), WIDTH))}
    for scope in ("encoder_l1_self", "decoder_l1_self", "decoder_l1_context"):
        for part in "qkvo":
            weights[f"{scope}_W{part}"] = chance.normal(size=(WIDTH, WIDTH))
            weights[f"{scope}_b{part}"] = np.zeros((1, WIDTH))
        norm(weights, f"{scope}_Wo")
    for scope in ("encoder_l1_ffn", "decoder_l1_ffn"):
        weights |= {f"{scope}_W1": chance.normal(size=(WIDTH, 16)), f"{scope}_b1": np.zeros((1, 16))}
        weights |= {f"{scope}_W2": chance.normal(size=(16, WIDTH)), f"{scope}_b2": np.zeros((1, WIDTH))}
        norm(weights, f"{scope}_ffn")
    weights["decoder_ff_logit_out_b"] = np.zeros((1, len(VOCABULARY)))
    arrays = {name: array.astype(np.float32) for name, array in weights.items()}
    arrays["special:model.yml"] = np.frombuffer(CONFIG.encode() + b"\0", dtype=np.int8)
    np.savez(folder / "model.npz", **arrays)
    vocabulary = "".join(f'"{word}": {n}\n' for n, word in enumerate(VOCABULARY))
    (folder / "vocab.yml").write_text(vocabulary, encoding="utf-8")
    (folder / "decoder.yml").write_text(
        "models:\n  - model.npz\nvocabs:\n  - vocab.yml\n  - vocab.yml\n", encoding="utf-8"
    )
    for name in ("source.spm", "target.spm"):
        shutil.copy(tokenizer, folder / name)
    return folder


def norm(weights, scope):
    weights[f"{scope}_ln_scale"] = np.ones((1, WIDTH))
    weights[f"{scope}_ln_bias"] = np.zeros((1, WIDTH))
