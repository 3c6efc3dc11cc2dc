"""What a run made and with what: `manifest.json` and the signature that every table carries."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from pipeline.emit.counts import EmitCounts, Tally
from pipeline.emit.quarantine import Quarantined
from pipeline.emit.schema import SCHEMA_VERSION
from pipeline.store import Pack


@dataclass(frozen=True, slots=True)
class Signature:
    """Everything that the bytes of the output depend on, besides the seeds.

    `stages` are (name, version) in the order of the flow; `config` is a digest of the configuration; `models` are
    `pack@version#digest`; `encoder` is name and version, or None without one; `libraries` are (name, version).
    """

    tool: str
    stages: tuple[tuple[str, str], ...]
    config: str
    models: tuple[str, ...]
    encoder: str | None
    libraries: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        """Return the signature in sacreBLEU's style: `name:value` joined by bars."""
        parts = [
            ("pipeline", self.tool),
            *self.stages,
            ("config", self.config),
            ("models", "+".join(sorted(self.models)) or "none"),
            ("encoder", self.encoder or "none"),
            *self.libraries,
        ]
        return "|".join(f"{name}:{value}" for name, value in parts)


@dataclass(frozen=True, slots=True)
class StageRun:
    """What one stage did in one run: `computed` and `reused` count its results, `seconds` is wall time."""

    stage: str
    computed: int
    reused: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Maker:
    """What made an output: its signature, and the models that were there."""

    signature: str
    packs: tuple[Pack, ...] = ()


def write_manifest(
    folder: Path, maker: Maker, counts: EmitCounts, quarantined: Sequence[Quarantined], runs: Sequence[StageRun]
) -> None:
    """Write `manifest.json`: `signature` and `counts` follow from seeds and settings, `run` is of this run alone."""
    manifest = {
        "schema_version": SCHEMA_VERSION,
        "signature": maker.signature,
        "models": [_model(pack) for pack in maker.packs],
        "counts": {
            "articles": nested(counts.articles),
            "quarantined": nested(Tally("all", row.code, 1) for row in quarantined).get("all", {}),
            "blocks": nested(counts.blocks),
            "sentences": nested(counts.sentences),
            "flagged": asdict(counts.flagged),
            "stories": counts.stories,
            "alignments": counts.alignments,
            "groups": nested(counts.groups),
            "cut": counts.cut,
            "corpus": nested(counts.corpus),
            "dropped": nested(counts.dropped),
        },
        "run": {
            run.stage: {"computed": run.computed, "reused": run.reused, "seconds": round(run.seconds, 3)}
            for run in runs
        },
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
    (folder / "manifest.json").write_text(text, encoding="utf-8", newline="\n")


def _model(pack: Pack) -> dict[str, str | list[str]]:
    """Return what a reader must know of a model to trust, cite and find it again."""
    return {
        "name": pack.name,
        "version": pack.version,
        "languages": list(pack.from_codes),
        "digest": pack.digest,
        "licence": pack.licence,
        "origin": pack.origin,
    }


def nested(tallies: Iterable[Tally]) -> dict[str, dict[str, int]]:
    """Return tallies as JSON: group → name → n, groups and names sorted."""
    counts: dict[str, dict[str, int]] = {}
    for tally in sorted(tallies, key=lambda tally: (tally.group, tally.name)):
        group = counts.setdefault(tally.group, {})
        group[tally.name] = group.get(tally.name, 0) + tally.n
    return counts
