"""Small folders of seeds, written for the tests, and what a run makes of them."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from pipeline.config import AlignConfig, Config, GroupConfig, IngestConfig
from pipeline.runner.crew import Local
from pipeline.runner.progress import Reporter
from pipeline.runner.run import Options, Summary, run

FERRY_ID = """Feri baru menghubungkan Pulau Senja dengan daratan

Bagikan
Komentar (12)

Feri bernama Camar mulai berlayar pada 3 Maret 2025 dengan 120 penumpang di dalamnya.

Wali kota Rina Hartono mengatakan bahwa pelayaran itu memangkas waktu perjalanan dari empat jam menjadi 45 menit.

Tiket sekali jalan dijual seharga 25.000 rupiah dan dapat dibeli di pelabuhan.
"""

FERRY_VI = """Phà mới nối đảo Hoàng Hôn với đất liền

Chiếc phà mang tên Camar bắt đầu chạy vào ngày 3 tháng 3 năm 2025 với 120 hành khách trên tàu.

Thị trưởng Rina Hartono cho biết chuyến phà rút ngắn thời gian đi lại từ bốn giờ xuống còn 45 phút.

Chia sẻ bài viết
"""

FERRY_EN = """New ferry links Senja island to the mainland

The ferry Camar made its first trip on 3 March 2025 with 120 passengers aboard.

Mayor Rina Hartono said the crossing now takes 45 minutes instead of four hours.

Share this article
"""

BRIDGE_ZH = """旧铁桥今年秋天重新开放

林城的旧铁桥经过两年的修缮,将在10月1日重新开放。

工程师王立说,新换的钢梁可以再用一百年。
"""

MARKET_ID = """Pasar ikan Teluk Biru pindah ke gedung baru

Sebanyak 340 pedagang pasar ikan Teluk Biru pindah ke gedung baru pada hari Senin.

Kepala pasar Budi Santoso berharap tempat itu lebih bersih dan lebih aman bagi pembeli.
"""

TEXTS = {
    "ferry-id.txt": FERRY_ID,
    "ferry-vi.md": FERRY_VI,
    "ferry-en.txt": FERRY_EN,
    "bridge-zh.txt": BRIDGE_ZH,
    "market-id.txt": MARKET_ID,
}

CONFIG = Config(
    ingest=IngestConfig(max_bytes=100_000),
    group=GroupConfig(encoder="lexical"),
    align=AlignConfig(encoder="lexical"),
)


@dataclass(frozen=True, slots=True)
class World:
    """A seeds folder, an output folder and a models folder."""

    seeds: Path
    output: Path
    models: Path

    def write(self, name: str, content: str | bytes) -> Path:
        """Put a seed into the folder."""
        path = self.seeds / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def fill(self) -> None:
        """Put all sample seeds into the folder."""
        for name, text in TEXTS.items():
            self.write(name, text)

    def run(
        self, config: Config = CONFIG, *, output: Path | None = None, jobs: int = 1, force: bool = False
    ) -> Summary:
        """Run the flow over the folder."""
        options = Options(self.seeds, output or self.output, self.models, config, force, Local(jobs))
        return run(options, Reporter(quiet=True))

    def computed(self, config: Config = CONFIG) -> dict[str, int]:
        """Run the flow and return how many results each stage had to compute."""
        reporter = Reporter(quiet=True)
        run(Options(self.seeds, self.output, self.models, config), reporter)
        return {stage.stage: stage.computed for stage in reporter.runs}


def fingerprint(output: Path) -> dict[str, str]:
    """Digest every file of an output folder that the law of identical bytes covers: all but manifest and state."""
    files = (path for path in output.rglob("*") if path.is_file() and ".state" not in path.parts)
    return {
        path.relative_to(output).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(files)
        if path.name != "manifest.json"
    }
