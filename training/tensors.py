"""Name each weight of the model as CTranslate2 names it: one table, read in both directions.

Exporting walks it from torch to a specification, restoring from a pack's file back to torch.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from training.settings import Shape


@dataclass(frozen=True, slots=True)
class Twin:
    """A module of the torch model and its path in CTranslate2; `kind` is `linear` or `norm`."""

    torch: str
    path: str
    kind: str


def twins(shape: Shape) -> Iterator[Twin]:
    """Yield every linear and normalising module; embeddings, positions and the output bias have their own rules."""
    for side, layers in (("encoder", shape.encoder_layers), ("decoder", shape.decoder_layers)):
        short = side[:3]
        yield Twin(f"{short}_eln", f"{side}/layernorm_embedding", "norm")
        for i in range(layers):
            yield from _layer(f"{short}.{i}", f"{side}/layer_{i}", decoder=side == "decoder")
    yield Twin("dec_norm", "decoder/layer_norm", "norm")


def _layer(name: str, path: str, *, decoder: bool) -> Iterator[Twin]:
    yield Twin(f"{name}.n1", f"{path}/self_attention/layer_norm", "norm")
    yield Twin(f"{name}.att.qkv", f"{path}/self_attention/linear_0", "linear")
    yield Twin(f"{name}.att.o", f"{path}/self_attention/linear_1", "linear")
    if decoder:
        yield Twin(f"{name}.n2", f"{path}/attention/layer_norm", "norm")
        for i, part in enumerate(("q", "kv", "o")):
            yield Twin(f"{name}.xatt.{part}", f"{path}/attention/linear_{i}", "linear")
    yield Twin(f"{name}.n3", f"{path}/ffn/layer_norm", "norm")
    yield Twin(f"{name}.f1", f"{path}/ffn/linear_0", "linear")
    yield Twin(f"{name}.f2", f"{path}/ffn/linear_1", "linear")
