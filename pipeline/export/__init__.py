"""The corpus in the shapes that trainers and translators take, streamed."""

from pipeline.export.formats import write_jsonl, write_moses, write_tmx, write_tsv
from pipeline.export.pairs import Choice, Exported, read_pairs

__all__ = ["Choice", "Exported", "read_pairs", "write_jsonl", "write_moses", "write_tmx", "write_tsv"]
