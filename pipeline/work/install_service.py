"""Installing the office as a service of this machine, again without harm, and taking that back: the folder stays."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from pipeline.errors import EngineMissing, NotAllowed, Passing, SettingsFault, YankomasError
from pipeline.work.ports import Machine
from pipeline.work.service_plan import ACCOUNT, MARK, SERVICE, TIMERS, UNITS, USER, ServicePlan, all_places

#: Bytes that must be free on the disk of the office's folder: less holds nothing for long.
LEAST_ROOM = 1_000_000_000
_ADVICE = "Ulangi dengan sudo; `--coba` menunjukkan dahulu apa yang akan ditulis."


def obstacles(plan: ServicePlan, host: str, machine: Machine) -> Iterator[YankomasError]:
    """Yield what stands against an installation, each as the error that it would be.

    ``host`` is where the desk would listen, at the plan's port.
    """
    if not machine.is_root:
        yield NotAllowed("Memasang layanan perlu root.", _ADVICE)
    if not machine.has_systemd:
        yield EngineMissing(
            "Komputer ini tidak dijalankan oleh systemd; tidak ada layanan yang dapat dipasang.",
            "Pakai Debian biasa, atau jalankan `yankomas run` dengan cara yang ada di sini (wadah: lihat panduan).",
        )
    try:
        plan.check()
    except SettingsFault as fault:
        yield fault
    yield from (_foreign(path) for path in plan.files() if machine.read(path) and not _ours(machine, path))
    if not machine.runs(SERVICE) and (why := machine.port_taken(host, plan.port)):
        yield Passing(
            f"Pintu {plan.port} pada {host} tidak dapat dipakai: {why}.",
            "Hentikan dahulu `yankomas run` yang berjalan, atau isi [web] pintu yang lain di office.toml.",
        )
    if machine.room(plan.folder) < LEAST_ROOM:
        yield Passing(
            f"Cakram {plan.folder} hampir penuh: sisanya di bawah {LEAST_ROOM // 10**9} GB.",
            "Kosongkan ruang, atau pilih cakram lain; belum ada yang ditulis.",
        )


def rehearse(plan: ServicePlan, host: str, machine: Machine) -> list[str]:
    """Return what an installation would do, a line each, and what stands against it; nothing is written."""
    lines = [f"{_fate(path, text, machine):<10} {path}" for path, text in plan.files().items()]
    if not machine.has_office(plan.folder):
        lines.append(f"{'dibuat':<10} {plan.folder} (folder kantor baru)")
    lines.append(f"{'pemilik':<10} {plan.folder}: {USER}")
    lines += [f"{'dijalankan':<10} {unit}" for unit in UNITS]
    return [*lines, *(f"{'HALANGAN':<10} {fault}" for fault in obstacles(plan, host, machine))]


def install(plan: ServicePlan, host: str, machine: Machine, lay_out: Callable[[Path], list[str]]) -> list[str]:
    """Install the office as a service and start it; return a line for each thing. What is so already stays so.

    Raises:
        NotAllowed, EngineMissing, SettingsFault, Passing: something stands against it; nothing was written.
        EngineFault: the machine refused a step; says which. Doing it again goes on from there.
    """
    if fault := next(obstacles(plan, host, machine), None):
        raise fault
    written = []
    for path, text in plan.files().items():
        fate = _fate(path, text, machine)
        if fate != "sudah ada":
            machine.write(path, text)
        written.append(f"{fate:<10} {path}")
    machine.run("systemd-sysusers", str(ACCOUNT))
    if not machine.has_office(plan.folder):
        written += lay_out(plan.folder)[:-1]
    machine.give(plan.folder, USER)
    machine.run("systemctl", "daemon-reload")
    machine.run("systemctl", "enable", "--now", *TIMERS)
    machine.run("systemctl", "enable", SERVICE)
    machine.run("systemctl", "restart", SERVICE)
    return [*written, f"{'berjalan':<10} {', '.join(UNITS)}"]


def remove(machine: Machine) -> list[str]:
    """Take the service away; the office's folder with archive, settings and keys stays, and so does its owner.

    Raises:
        NotAllowed: this is not root.
    """
    if not machine.is_root:
        raise NotAllowed("Melepas layanan perlu root.", _ADVICE)
    there = [path for path in all_places() if _ours(machine, path)]
    if not there:
        return ["Tidak ada layanan Yankomas yang terpasang di komputer ini."]
    if machine.has_systemd:
        units = [unit for unit in UNITS if any(path.name == unit for path in there)]
        if units:
            machine.run("systemctl", "disable", "--now", *units)
    for path in there:
        machine.remove(path)
    if machine.has_systemd:
        machine.run("systemctl", "daemon-reload")
    return [*(f"{'dihapus':<10} {path}" for path in there), f"Folder kantor tidak disentuh; pemiliknya tetap {USER}."]


def _fate(path: Path, text: str, machine: Machine) -> str:
    there = machine.read(path)
    return "ditulis" if there is None else "sudah ada" if there == text else "diperbarui"


def _ours(machine: Machine, path: Path) -> bool:
    return MARK in (machine.read(path) or "")


def _foreign(path: Path) -> SettingsFault:
    return SettingsFault(
        f"{path} sudah ada dan tidak ditulis `yankomas pasang`.", "Pindahkan atau hapus berkas itu, lalu ulangi."
    )
