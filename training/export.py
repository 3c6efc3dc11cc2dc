"""Write a trained model as a pack: CTranslate2 int8, SentencePiece, Argos' metadata, and a check that it speaks."""

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.store.codes import from_argos
from training.checkpoint import Trained
from training.model import greedy
from training.pairs import TrainingError
from training.pieces import encode
from training.tensors import twins

if TYPE_CHECKING:
    from ctranslate2.specs.transformer_spec import TransformerSpec

NAMES = {
    "id": "Indonesian",
    "ms": "Malay",
    "vi": "Vietnamese",
    "zh-Hans": "Chinese",
    "zh-Hant": "Chinese (traditional)",
    "ja": "Japanese",
    "ko": "Korean",
    "th": "Thai",
}
"""English names of the languages that a pack can be made for."""
LONGEST = 200
LEAST_AGREEMENT = 0.95
"""Share of the pieces that CTranslate2 in float32 must choose as torch does; ties and rounding explain the rest."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many check lines came out piece by piece as torch says them, in float32 and in int8."""

    lines: int
    float32: int
    int8: int


def export(trained: Trained, folder: Path, codes: Sequence[str], version: str, lines: Sequence[str]) -> Agreement:
    """Write the pack and translate the check lines with torch and with CTranslate2.

    Raises TrainingError, and leaves no pack, when float32 does not say what torch says: then the export is wrong.
    """
    if folder.exists():
        raise TrainingError(f"{folder} is there already; remove it or choose another name")
    folder.mkdir(parents=True)
    try:
        _save(trained, folder / "float32", None)
        _save(trained, folder / "model", "int8")
        (folder / "sentencepiece.model").write_bytes(trained.vocabulary.to_bytes())
        _write_json(folder / "metadata.json", metadata(codes, version))
        agreement = _compare(trained, folder, lines)
    except BaseException:
        shutil.rmtree(folder)
        raise
    shutil.rmtree(folder / "float32")
    return agreement


def metadata(codes: Sequence[str], version: str) -> dict[str, Any]:
    """Return Argos' metadata for a pack from these languages (Argos' codes) to English.

    Argos itself reads only `from_code`; our store reads `from_codes`.
    """
    others = [{"code": code, "name": _name(code)} for code in codes[1:]]
    return {
        "argos_version": "1.9",
        "from_code": codes[0],
        "from_codes": list(codes),
        "from_name": _name(codes[0]),
        "package_version": version,
        "source_languages": others,
        "target_languages": [{"code": "en", "name": "English"}],
        "to_code": "en",
        "to_name": "English",
        "type": "translate",
    }


def _name(code: str) -> str:
    """Return the English name of a language, its tag when it is not known here."""
    lang = from_argos(code)
    return NAMES.get(lang, lang)


def specification(trained: Trained) -> "TransformerSpec":
    """Return CTranslate2's description of the model, filled with copies of its weights."""
    from ctranslate2.specs import common_spec, transformer_spec

    shape = trained.model.shape
    weights = {name: value.float().numpy().copy() for name, value in trained.model.state_dict().items()}
    gelu = common_spec.Activation.GELU
    encoder = transformer_spec.TransformerEncoderSpec(
        shape.encoder_layers, shape.heads, pre_norm=False, activation=gelu, layernorm_embedding=True
    )
    decoder = transformer_spec.TransformerDecoderSpec(
        shape.decoder_layers, shape.heads, pre_norm=True, activation=gelu, layernorm_embedding=True
    )
    spec = transformer_spec.TransformerSpec(encoder, decoder)
    for twin in twins(shape):
        module = _at(spec, twin.path)
        first, second = ("weight", "bias") if twin.kind == "linear" else ("gamma", "beta")
        setattr(module, first, weights[f"{twin.torch}.weight"])
        setattr(module, second, weights[f"{twin.torch}.bias"])
    encoder.embeddings[0].weight = weights["emb.weight"]
    decoder.embeddings.weight = weights["emb.weight"][: shape.n_target].copy()
    decoder.projection.weight = weights["emb.weight"][: shape.n_target].copy()
    decoder.projection.bias = weights["out_bias"]
    for side, name in ((encoder, "enc_pos"), (decoder, "dec_pos")):
        side.scale_embeddings = False
        side.position_encodings.encodings = weights[name]
    return _with_vocabulary(spec, trained)


def _with_vocabulary(spec: "TransformerSpec", trained: Trained) -> "TransformerSpec":
    pieces = [piece.text for piece in trained.vocabulary.pieces]
    spec.register_source_vocabulary(pieces)
    spec.register_target_vocabulary(pieces[: trained.model.shape.n_target])
    spec.config.add_source_bos = spec.config.add_source_eos = True
    spec.config.layer_norm_epsilon = 1e-5
    return spec


def _at(spec: Any, path: str) -> Any:  # noqa: ANN401 - CTranslate2's specifications are untyped
    for part in path.split("/"):
        name, _, index = part.rpartition("_")
        # `linear_0` is an attribute of a feed-forward part and an item of an attention's list
        spec = getattr(spec, part) if hasattr(spec, part) else getattr(spec, name)[int(index)]
    return spec


def _save(trained: Trained, folder: Path, quantization: str | None) -> None:
    spec = specification(trained)
    spec.validate()
    spec.optimize(quantization=quantization)
    folder.mkdir()
    spec.save(str(folder))


def _compare(trained: Trained, folder: Path, lines: Sequence[str]) -> Agreement:
    pieces = [piece.text for piece in trained.vocabulary.pieces]
    sources = encode(trained.vocabulary.processor(), lines)
    said = [[pieces[i] for i in greedy(trained.model, source, LONGEST)] for source in sources]
    texts = [[pieces[i] for i in source] for source in sources]
    exact, quantised = _decode(folder / "float32", texts, "float32"), _decode(folder / "model", texts, "int8")
    _refuse_disagreement(said, exact)
    return Agreement(len(lines), _equal(said, exact), _equal(said, quantised))


def _decode(model: Path, sources: list[list[str]], compute_type: str) -> list[list[str]]:
    import ctranslate2

    translator = ctranslate2.Translator(str(model), device="cpu", compute_type=compute_type)
    results = [translator.translate_batch([source], beam_size=1, max_decoding_length=LONGEST)[0] for source in sources]
    return [result.hypotheses[0] for result in results]


def _refuse_disagreement(said: list[list[str]], exact: list[list[str]]) -> None:
    """Raise TrainingError when too few pieces agree; a line counts up to where the two part."""
    total = sum(max(len(a), len(b)) for a, b in zip(said, exact, strict=True))
    if total and sum(_common(a, b) for a, b in zip(said, exact, strict=True)) < LEAST_AGREEMENT * total:
        raise TrainingError("CTranslate2 does not say what torch says: the export is wrong; please report it")


def _common(a: list[str], b: list[str]) -> int:
    """Return how many pieces two lines begin with alike."""
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _equal(a: list[list[str]], b: list[list[str]]) -> int:
    return sum(x == y for x, y in zip(a, b, strict=True))


def _write_json(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")
