"""Lines that recur over a source go, incrementally: each new seed may change what is known of the others."""

import json

import polars as pl

from pipeline.config import CleanConfig
from tests.runner.worlds import CONFIG, FERRY_ID, fingerprint

FRAME = "Kapal, laut dan langit bersama Kabar Teluk setiap pagi"
SETTINGS = CONFIG.model_copy(update={"clean": CleanConfig(repeated_articles=4)})


def record(n):
    body = FERRY_ID.replace("120 penumpang", f"{n} penumpang dari desa {chr(97 + n) * 5}").split("\n")
    own = [
        f"Warga desa {chr(97 + n) * 5} menunggu kapal sejak pagi dan membawa {n} karung beras untuk dijual di kota."
    ] * 3
    own = [
        f"{line} Cerita {word} mereka panjang sekali." for line, word in zip(own, ("satu", "dua", "tiga"), strict=True)
    ]
    return json.dumps(
        {"url": "https://kabar.example/x", "text": "\n\n".join([f"Judul {chr(97 + n) * 5}", *own, FRAME, body[0]])}
    )


def repeated(output):
    blocks = pl.read_parquet(output / "blocks.parquet")
    return blocks.filter(pl.col("rule") == "source.repeated")["text"].to_list()


def test_each_seed_teaches_and_bytes_equal_a_full_run(world, tmp_path):
    for n in range(6):
        world.write(f"{n}.jsonl", record(n) + "\n")
        world.run(SETTINGS)
        full = tmp_path / f"full{n}"
        world.run(SETTINGS, output=full)
        assert fingerprint(world.output) == fingerprint(full)
        assert repeated(world.output).count(FRAME) == (n + 1 if n >= 3 else 0)


def test_forgetting_when_seeds_go(world, tmp_path):
    for n in range(4):
        world.write(f"{n}.jsonl", record(n) + "\n")
    world.run(SETTINGS)
    assert FRAME in repeated(world.output)
    (world.seeds / "0.jsonl").unlink()
    world.run(SETTINGS)
    world.run(SETTINGS, output=tmp_path / "full")
    assert repeated(world.output) == []
    assert fingerprint(world.output) == fingerprint(tmp_path / "full")
