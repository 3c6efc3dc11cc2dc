"""Give a model its first weights: from multilingual-e5, or from a pack that is trained on."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from training.e5 import dequantise
from training.model import Model
from training.packfile import Weights, read_weights
from training.pairs import TrainingError
from training.pieces import parse
from training.prepare import E5_WEIGHTS, TOKENIZER
from training.settings import Shape
from training.tensors import twins

LAYER = re.compile(r"(encoder|decoder)/layer_\d+/")


def pack_shape(folder: Path) -> Shape:
    """Return the shape of a pack's model; raise TrainingError when it is not one that this package exports."""
    weights = read_weights(folder / "model" / "model.bin")
    layers = {"/".join(name.split("/")[:2]) for name in weights if LAYER.match(name)}
    needed = ("encoder/embeddings_0/weight", "encoder/layernorm_embedding/gamma", "decoder/embeddings/weight")
    if any(name not in weights for name in needed):
        raise TrainingError(f"{folder} was not made by this package, so training cannot go on from it")
    n_source, width = weights[needed[0]].shape
    return Shape(
        n_source=n_source,
        n_target=weights[needed[2]].shape[0],
        width=width,
        heads=int(weights["encoder/num_heads"]),
        feed_forward=weights["encoder/layer_0/ffn/linear_0/weight"].shape[0],
        encoder_layers=sum(name.startswith("encoder/") for name in layers),
        decoder_layers=sum(name.startswith("decoder/") for name in layers),
        positions=weights["encoder/position_encodings/encodings"].shape[0],
    )


def load_pack(model: Model, folder: Path, prepared: Path) -> None:
    """Fill the model with a pack's weights; raise TrainingError when text was prepared with another vocabulary."""
    if parse((folder / TOKENIZER).read_bytes()).pieces != parse((prepared / TOKENIZER).read_bytes()).pieces:
        raise TrainingError(
            f"{prepared} was not prepared with the vocabulary of {folder}; prepare it with --like {folder}"
        )
    weights = read_weights(folder / "model" / "model.bin")
    model.load_state_dict(from_weights(weights, model.shape))


def from_weights(weights: Weights, shape: Shape) -> dict[str, Tensor]:
    """Return a state for `Model` from the variables of a CTranslate2 file."""
    state = {
        "emb.weight": _tensor(weights["encoder/embeddings_0/weight"]),
        "out_bias": _tensor(weights["decoder/projection/bias"]),
        "enc_pos": _tensor(weights["encoder/position_encodings/encodings"]),
        "dec_pos": _tensor(weights["decoder/position_encodings/encodings"]),
    }
    for twin in twins(shape):
        first, second = ("weight", "bias") if twin.kind == "linear" else ("gamma", "beta")
        state[f"{twin.torch}.weight"] = _tensor(weights[f"{twin.path}/{first}"])
        state[f"{twin.torch}.bias"] = _tensor(weights[f"{twin.path}/{second}"])
    return state


@dataclass(frozen=True, slots=True)
class _Arrays:
    """The quantised arrays of e5 in a prepared folder."""

    matrix: Callable[[str], Tensor]
    vector: Callable[[str], Tensor]


def load_e5(model: Model, prepared: Path) -> None:
    """Fill embeddings, positions and the encoder's layers (the first ones) from e5; the decoder stays as it is."""
    stored = np.load(prepared / E5_WEIGHTS)
    width = int(stored["sizes"][0])
    if width != model.shape.width:
        raise TrainingError(f"e5 is {width} units wide, the model {model.shape.width}")
    arrays = _Arrays(
        lambda name: _tensor(dequantise(stored[name]).reshape(-1, width)),
        lambda name: _tensor(stored[name].view("<f4").astype(np.float32)),
    )
    with torch.no_grad():
        _embeddings(model, _tensor(stored["rows"].astype(np.float32)), arrays)
        for i, layer in enumerate(model.enc):
            _encoder_layer(layer, f"l{i}", arrays, int(stored["sizes"][3]), width)


def _embeddings(model: Model, rows: Tensor, arrays: _Arrays) -> None:
    new = rows.abs().sum(1) == 0
    rows[new] = torch.randn(int(new.sum()), rows.shape[1]) * rows[~new].std()
    model.emb.weight.copy_(rows)
    width = model.shape.width
    learnt = arrays.vector("emb.pos").view(-1, width) + arrays.vector("emb.type").view(-1, width)[0]
    positions = learnt.repeat(-(-model.shape.positions // len(learnt)), 1)[: model.shape.positions]
    for target in (model.enc_pos, model.dec_pos):
        target.copy_(positions)
    for norm in (model.enc_eln, model.dec_eln):
        norm.weight.copy_(arrays.vector("emb.ln.w"))
        norm.bias.copy_(arrays.vector("emb.ln.b"))


def _encoder_layer(layer: torch.nn.Module, name: str, arrays: _Arrays, inner: int, width: int) -> None:
    for linear, parts in ((layer.att.qkv, "q k v"), (layer.att.o, "ao"), (layer.f1, "fi"), (layer.f2, "fo")):
        matrices = [arrays.matrix(f"{name}.{part}.w") for part in parts.split()]
        columns = inner if parts == "fo" else width
        linear.weight.copy_(torch.cat([matrix.reshape(-1, columns) for matrix in matrices]))
        linear.bias.copy_(torch.cat([arrays.vector(f"{name}.{part}.b") for part in parts.split()]))
    for norm, part in ((layer.n1, "aln"), (layer.n3, "oln")):
        norm.weight.copy_(arrays.vector(f"{name}.{part}.w"))
        norm.bias.copy_(arrays.vector(f"{name}.{part}.b"))


def _tensor(values: npt.NDArray[np.float32]) -> Tensor:
    return torch.from_numpy(np.array(values, dtype=np.float32))
