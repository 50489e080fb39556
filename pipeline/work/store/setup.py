"""Laying out an office folder: the folders, the settings, the Word templates and the office's own lists."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

from pipeline.access.accounts import held
from pipeline.access.ports import People
from pipeline.archive.store.layout import opened
from pipeline.errors import UsageFault
from pipeline.office import laws, phrases

_PACKAGE = Path(__file__).resolve().parents[2]
_DEMO_MARK = "INI-FOLDER-CONTOH.txt"
#: What the example file asks the office to fill in, and what a demonstration has there: invented.
_INVENTED = {
    "Jalan (isi alamat kantor di office.toml), Bengkulu": "Jalan Rekaan Nomor 1, Bengkulu",
    "Telepon: (isi) · Laman: (isi) · Surel: (isi)": "Telepon: 0736-000000 · Surel: kantor@rekaan.contoh",
}


def bundled() -> Path:
    """Return the folder that holds ``letter_templates/`` and ``office.toml``: the package's, or the checkout's."""
    packed = _PACKAGE / "bundled"
    return packed if packed.is_dir() else _PACKAGE.parent


def samples() -> list[Path]:
    """Return the sample letters that come with the software: invented people and events."""
    return sorted(p for p in (_PACKAGE / "work" / "samples").iterdir() if p.suffix in {".pdf", ".jpg", ".png", ".tif"})


def lay_out(folder: Path) -> list[str]:
    """Make what is missing of an office folder; return a line for each thing. Nothing that exists is touched.

    Raises:
        UsageFault: the place is taken by a file.
        ArchiveFault: there is an office of a later version.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageFault(f"{folder} adalah berkas, bukan folder.", "Pilih nama folder lain.")
    lines = []
    layout = opened(folder)
    for place in (layout.inbox, layout.archive, layout.templates):
        lines.append(f"{'sudah ada' if place.is_dir() else 'dibuat   '}  {place}")
        place.mkdir(mode=0o750, parents=True, exist_ok=True)
    sources = [*sorted((bundled() / "letter_templates").glob("*.docx")), laws.SHIPPED, phrases.SHIPPED]
    sources.append(bundled() / "office.toml")
    for source in sources:
        target = layout.settings if source.name == "office.toml" else layout.templates / source.name
        lines.append(f"{'sudah ada' if target.exists() else 'disalin  '}  {target}")
        if not target.exists():
            shutil.copyfile(source, target)
    return [*lines, f"Isi {layout.settings}, lalu periksa dengan: yankomas --root {folder} doctor"]


def lay_out_filled(folder: Path) -> list[str]:
    """Make what is missing of an office folder, with an invented letterhead in settings that are new.

    Raises:
        UsageFault, ArchiveFault: as :func:`lay_out`.
    """
    settings = folder / "office.toml"
    fresh, lines = not settings.exists(), lay_out(folder)
    if fresh:
        text = settings.read_text(encoding="utf-8")
        for asked, invented in _INVENTED.items():
            text = text.replace(asked, invented)
        settings.write_text(text, encoding="utf-8")
    return lines


#: With which all accounts of a demonstration come in.
DEMO_PASSWORD = "empat kata contoh saja"  # noqa: S105 - printed for whoever tries the program
#: The accounts of a demonstration: login, name, role. Invented people.
DEMO_ACCOUNTS = (
    ("rani", "Rani Contoh", "tim-yankomas"),
    ("eko", "Eko Contoh", "kasubbid"),
    ("sari", "Sari Contoh", "kabid"),
    ("dewi", "Dewi Contoh", "kadiv"),
    ("budi", "Budi Contoh", "kakanwil"),
    ("ita", "Ita Contoh", "arsiparis"),
    ("ani", "Ani Contoh", "admin"),
)


def make_demo_accounts(people: People, now: datetime) -> None:
    """Make the accounts of a demonstration that are not there yet."""
    there = {account.login for account in people.accounts.all()}
    for login, name, role in DEMO_ACCOUNTS:
        if login not in there:
            people.accounts.make(login, name, [held(role)], now)
            people.accounts.set_password(login, DEMO_PASSWORD)


def lay_out_demo(folder: Path) -> None:
    """Make a folder of its own for the sample letters and drop them in; real registers never see them.

    Raises:
        UsageFault: the folder is in use for something else.
    """
    mark = folder / _DEMO_MARK
    if folder.exists() and not mark.exists() and any(folder.iterdir()):
        raise UsageFault(
            f"{folder} sudah berisi sesuatu dan bukan folder contoh.",
            "Sebut folder lain: yankomas demo FOLDER. Surat contoh tidak boleh masuk register yang sebenarnya.",
        )
    lay_out_filled(folder)
    mark.write_text("Folder contoh dari `yankomas demo`; orang dan peristiwanya rekaan. Boleh dihapus.\n")
    for sample in samples():
        shutil.copyfile(sample, folder / "inbox" / sample.name)
