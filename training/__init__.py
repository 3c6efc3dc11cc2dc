"""Train, fine-tune and export a translation pack: many languages to English, on a CPU or a GPU.

The flow is `read` → `mix` (with `augment`) → `prepare` → `train` → `export` → `score`. Only `train` and `export` need
torch (`pip install '.[train]'`); a finished pack needs none of this to translate.
"""
