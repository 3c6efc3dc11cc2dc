"""The model's shape and the settings of a training run."""

from pydantic import BaseModel, ConfigDict, Field


class Shape(BaseModel):
    """The sizes of a Transformer; the defaults are those of multilingual-e5-small, with fewer layers."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    n_source: int = Field(gt=0, description="pieces that the encoder knows")
    n_target: int = Field(gt=0, description="the first of them, which the decoder knows")
    width: int = Field(default=384, gt=0, description="units of a layer")
    heads: int = Field(default=12, gt=0, description="heads of an attention")
    feed_forward: int = Field(default=1536, gt=0, description="units inside a feed-forward layer")
    encoder_layers: int = Field(default=8, gt=0)
    decoder_layers: int = Field(default=2, gt=0)
    positions: int = Field(default=1056, gt=0, description="longest line, in pieces")


class Settings(BaseModel):
    """How a model is trained. Defaults are those of the shipped pack, made on a CPU."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    minutes: float = Field(default=60, gt=0, description="wall-clock budget; the learning rate ends with it")
    tokens: int = Field(default=2048, gt=0, description="padded pieces in a batch")
    rate: float = Field(default=5e-4, gt=0, description="highest learning rate")
    encoder_rate: float = Field(default=0.4, gt=0, description="share of it that the pretrained encoder gets")
    warmup: int = Field(default=40, ge=1, description="steps until the rate is reached")
    decay: float = Field(default=0.4, gt=0, le=1, description="last share of the budget, in which the rate falls")
    floor: float = Field(default=0.02, ge=0, le=1, description="share of the rate that is left at the end")
    smoothing: float = Field(default=0.1, ge=0, lt=1, description="label smoothing")
    dropout: float = Field(default=0.0, ge=0, lt=1, description="0 while the text is seen less than a few times")
    weight_decay: float = Field(default=0.01, ge=0)
    clip: float = Field(default=1.0, gt=0, description="greatest norm of the gradient")
    average: float = Field(default=0.99, ge=0, lt=1, description="decay of the running average of the weights")
    seed: int = Field(default=1, ge=0)
    threads: int = Field(default=0, ge=0, description="processor threads; 0 leaves it to torch")
    device: str = Field(default="", description="cpu or cuda; empty takes a GPU when there is one")
    half: bool | None = Field(
        default=None, description="compute in bfloat16; left out: where the processor or the GPU has it"
    )
    save_minutes: float = Field(default=4, gt=0, description="a checkpoint so often")
    max_steps: int = Field(default=0, ge=0, description="stop after so many steps; 0: when the budget is spent")
