"""Write down what a run found: the tables, the corpus, the manifest."""

from pipeline.emit.counts import EmitCounts
from pipeline.emit.dossier import Dossier, duplicate_of
from pipeline.emit.stage import emit
from pipeline.emit.told import Telling

VERSION = "4"

__all__ = ["VERSION", "Dossier", "EmitCounts", "Telling", "duplicate_of", "emit"]
