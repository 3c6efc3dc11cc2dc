"""Turn sentences into English with the installed models, and say how far each translation can be trusted."""

from pipeline.translate.decoder import Decodes
from pipeline.translate.memory import DictMemory, Memory
from pipeline.translate.translator import Translator
from pipeline.translate.version import VERSION

__all__ = ["VERSION", "Decodes", "DictMemory", "Memory", "Translator"]
