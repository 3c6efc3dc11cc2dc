"""The Transformer, laid out as CTranslate2 reads it: a deep encoder, a shallow decoder, one embedding table.

The encoder is multilingual-e5's (learnt positions, normalised embeddings, normalisation after each part, GELU), so that
its weights fit; the decoder normalises before each part, which trains better from nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - as torch's own documentation names it

from training.batches import IGNORED
from training.loss import summed_loss
from training.pieces import BEGIN, END
from training.settings import Shape

Cache = dict[str, Tensor]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the pieces of a batch stand. They are kept one after the other, and laid in a grid for attention alone.

    More than a fifth of a batch is padding, which nothing else has a use for: without it a step on a CPU takes three
    quarters of the time.
    """

    mask: Tensor
    index: Tensor

    @classmethod
    def of(cls, mask: Tensor) -> "Layout":
        """Return the layout of a grid (lines, length) that is True where a piece stands."""
        return cls(mask, mask.reshape(-1).nonzero().squeeze(1))

    def flat(self, grid: Tensor) -> Tensor:
        """Return the pieces of a grid (lines, length, ...) one after the other."""
        return grid.reshape(self.mask.numel(), *grid.shape[2:]).index_select(0, self.index)

    def grid(self, flat: Tensor) -> Tensor:
        """Return pieces (pieces, units) as a grid (lines, length, units), 0 where none stands."""
        rows = flat.new_zeros(self.mask.numel(), flat.shape[1]).index_copy_(0, self.index, flat)
        return rows.view(*self.mask.shape, flat.shape[1])

    def positions(self) -> Tensor:
        """Return the place of each piece in its line, from 0."""
        return self.index % self.mask.shape[1]


@dataclass(frozen=True, slots=True)
class Pieces:
    """A batch inside the model: `units` (pieces, width) and where they stand."""

    units: Tensor
    layout: Layout


class Attention(nn.Module):
    """Multi-head attention; over itself, or over the encoder's output when `cross`."""

    def __init__(self, shape: Shape, *, cross: bool) -> None:
        super().__init__()
        width = shape.width
        self.heads, self.cross = shape.heads, cross
        if cross:
            self.q, self.kv = nn.Linear(width, width), nn.Linear(width, 2 * width)
        else:
            self.qkv = nn.Linear(width, 3 * width)
        self.o = nn.Linear(width, width)

    def forward(self, x: Pieces, memory: Pieces, mask: Tensor | None, cache: Cache | None) -> Tensor:
        """Return what the pieces of `x` read of `memory` (pieces, width); `mask` is True where reading is allowed."""
        if self.cross:
            query, key, value = self._heads(self.q(x.units), x.layout), *self._remembered(memory, cache)
        else:
            query, key, value = self._heads(self.qkv(x.units), x.layout).chunk(3, 1)
            key, value = _grown(key, value, cache)
        read = _attend(query, key, value, mask).transpose(1, 2).flatten(2)
        return self.o(x.layout.flat(read))

    def _heads(self, units: Tensor, layout: Layout) -> Tensor:
        """Return (lines, heads, length, units of a head); where keys and values follow queries, so do their heads."""
        grid = layout.grid(units)
        head = self.o.in_features // self.heads
        return grid.view(*grid.shape[:2], -1, head).transpose(1, 2)

    def _remembered(self, memory: Pieces, cache: Cache | None) -> tuple[Tensor, Tensor]:
        if cache:
            return cache["k"], cache["v"]
        key, value = self._heads(self.kv(memory.units), memory.layout).chunk(2, 1)
        if cache is not None:
            cache["k"], cache["v"] = key, value
        return key, value


class Layer(nn.Module):
    """One layer: self-attention, in a decoder attention to the encoder, and a feed-forward part."""

    def __init__(self, shape: Shape, dropout: float, *, decoder: bool) -> None:
        super().__init__()
        self.before, self.dropout = decoder, dropout
        self.att, self.n1 = Attention(shape, cross=False), nn.LayerNorm(shape.width)
        if decoder:
            self.xatt, self.n2 = Attention(shape, cross=True), nn.LayerNorm(shape.width)
        self.f1, self.f2 = nn.Linear(shape.width, shape.feed_forward), nn.Linear(shape.feed_forward, shape.width)
        self.n3 = nn.LayerNorm(shape.width)

    def encode(self, x: Pieces, mask: Tensor) -> Pieces:
        """Return the layer's output in an encoder."""
        x = self._part(x, self.n1, lambda y: self.att(y, y, mask, None))
        return self._part(x, self.n3, self._feed)

    def decode(self, x: Pieces, memory: Pieces, masks: tuple[Tensor | None, Tensor], caches: "Caches") -> Pieces:
        """Return the layer's output in a decoder; `masks` are those of the two attentions."""
        x = self._part(x, self.n1, lambda y: self.att(y, y, masks[0], caches[0]))
        x = self._part(x, self.n2, lambda y: self.xatt(y, memory, masks[1], caches[1]))
        return self._part(x, self.n3, self._feed)

    def _feed(self, x: Pieces) -> Tensor:
        return self.f2(F.gelu(self.f1(x.units)))

    def _part(self, x: Pieces, norm: nn.LayerNorm, part: Callable[[Pieces], Tensor]) -> Pieces:
        y = part(Pieces(norm(x.units), x.layout) if self.before else x)
        if self.training and self.dropout:
            y = F.dropout(y, self.dropout)
        return Pieces(x.units + y if self.before else norm(x.units + y), x.layout)


Caches = tuple[Cache | None, Cache | None]


class Model(nn.Module):
    """The whole model; `emb` serves the encoder, the decoder (its first rows) and the softmax."""

    def __init__(self, shape: Shape, dropout: float = 0.0) -> None:
        super().__init__()
        self.shape = shape
        self.emb = nn.Embedding(shape.n_source, shape.width)
        self.out_bias = nn.Parameter(torch.zeros(shape.n_target))
        self.enc_pos = nn.Parameter(torch.zeros(shape.positions, shape.width))
        self.dec_pos = nn.Parameter(torch.zeros(shape.positions, shape.width))
        self.enc_eln, self.dec_eln = nn.LayerNorm(shape.width), nn.LayerNorm(shape.width)
        self.enc = nn.ModuleList(Layer(shape, dropout, decoder=False) for _ in range(shape.encoder_layers))
        self.dec = nn.ModuleList(Layer(shape, dropout, decoder=True) for _ in range(shape.decoder_layers))
        self.dec_norm = nn.LayerNorm(shape.width)
        self._initialise()

    def forward(self, source: Tensor, lengths: Tensor, given: Tensor, wanted: Tensor, smoothing: float) -> Tensor:
        """Return the summed cross-entropy of what should be said."""
        there = wanted != IGNORED
        hidden = self.decode(given, self.encode(source, lengths), there)
        if hidden.units.device.type == "cpu" and not torch.is_autocast_enabled("cpu"):
            weight = self.emb.weight[: self.shape.n_target]
            return summed_loss(hidden.units, weight, self.out_bias, wanted[there], smoothing)
        logits = self.logits(hidden.units).float()
        return F.cross_entropy(logits, wanted[there], label_smoothing=smoothing, reduction="sum")

    def encode(self, source: Tensor, lengths: Tensor) -> Pieces:
        """Return the encoder's output."""
        layout = Layout.of(torch.arange(source.shape[1], device=source.device)[None] < lengths[:, None])
        x = Pieces(self.enc_eln(self.emb(layout.flat(source)) + self.enc_pos[layout.positions()]), layout)
        for layer in self.enc:
            x = layer.encode(x, layout.mask[:, None, None, :])
        return x

    def decode(
        self, given: Tensor, memory: Pieces, there: Tensor, caches: list[Caches] | None = None, start: int = 0
    ) -> Pieces:
        """Return the decoder's output where `there` is True; with caches, `given` is one piece at position `start`."""
        length, layout = given.shape[1], Layout.of(there)
        x = Pieces(self.dec_eln(self.emb(layout.flat(given)) + self.dec_pos[start + layout.positions()]), layout)
        past = None if caches else torch.ones(length, length, dtype=torch.bool, device=given.device).tril()
        masks = (past, memory.layout.mask[:, None, None, :])
        for i, layer in enumerate(self.dec):
            x = layer.decode(x, memory, masks, caches[i] if caches else (None, None))
        return Pieces(self.dec_norm(x.units), layout)

    def logits(self, hidden: Tensor) -> Tensor:
        """Return a score for each target piece."""
        return F.linear(hidden, self.emb.weight[: self.shape.n_target], self.out_bias)

    def _initialise(self) -> None:
        nn.init.normal_(self.emb.weight, std=self.shape.width**-0.5)
        for name, value in self.named_parameters():
            if value.dim() == 2 and "emb" not in name and "pos" not in name:  # noqa: PLR2004
                nn.init.xavier_uniform_(value)
            elif name.endswith("bias"):
                nn.init.zeros_(value)


def greedy(model: Model, source: list[int], longest: int) -> list[int]:
    """Return the piece ids that a CPU model says to one source line, at most `longest`, each the likeliest."""
    line = torch.tensor([[BEGIN, *source, END]])
    with torch.no_grad():
        encoded = model.encode(line, torch.tensor([line.shape[1]]))
        caches: list[Caches] = [({}, {}) for _ in model.dec]
        said: list[int] = []
        last = BEGIN
        while len(said) < longest:
            last = _next(model, last, encoded, caches, len(said))
            if last == END:
                break
            said.append(last)
    return said


def _next(model: Model, last: int, encoded: Pieces, caches: list[Caches], at: int) -> int:
    given = torch.tensor([[last]])
    hidden = model.decode(given, encoded, torch.ones_like(given, dtype=torch.bool), caches, at)
    return int(model.logits(hidden.units[-1]).argmax())


def _grown(key: Tensor, value: Tensor, cache: Cache | None) -> tuple[Tensor, Tensor]:
    if cache is None:
        return key, value
    if cache:
        key, value = torch.cat([cache["k"], key], 2), torch.cat([cache["v"], value], 2)
    cache["k"], cache["v"] = key, value
    return key, value


def _attend(query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None) -> Tensor:
    """Return softmax(q·k) v; written out on a CPU, where the backward pass of torch's fused bfloat16 kernel is slow."""
    if query.device.type != "cpu":
        return F.scaled_dot_product_attention(query, key, value, attn_mask=mask)
    weights = (query * query.shape[-1] ** -0.5) @ key.transpose(-1, -2)
    if mask is not None:
        weights = weights.masked_fill(~mask, float("-inf"))
    return weights.softmax(-1).to(value.dtype) @ value
