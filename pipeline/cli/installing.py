"""``yankomas pasang``: the office as a service of this machine, rehearsed, installed, taken away."""

from __future__ import annotations

from argparse import Namespace

from pipeline.errors import UsageFault
from pipeline.wiring import lay_out, office_in, service_plan, this_machine
from pipeline.work.install_service import install, rehearse, remove


def pasang(options: Namespace) -> int:
    """Install the office of the root as a service, say what that would do (``--coba``), or take it away (``--lepas``).

    Raises:
        UsageFault: the office keeps its cases at a centre.
    """
    root, machine = office_in(options.root), this_machine()
    if options.remove:
        print("\n".join(remove(machine)))
        return 0
    if root.is_central:
        raise UsageFault(
            "Kantor ini disimpan di pusat: meja dan pekerjanya dilayani untuk beberapa kantor sekaligus.",
            "Jalankan `yankomas pusat meja` dan `pusat pekerja` sebagai layanan sendiri; lihat docs/many-offices.md.",
        )
    plan, host = service_plan(root)
    if options.rehearse:
        print("\n".join(rehearse(plan, host, machine)))
        print("\nTidak ada yang ditulis.")
        return 0
    print("\n".join(install(plan, host, machine, lay_out)))
    print(
        f"\nYankomas berjalan sebagai layanan. Akun admin yang pertama:\n"
        f"  sudo -u yankomas {plan.program} --root {plan.folder} akun buat NAMA_MASUK --nama 'NAMA' --peran admin\n"
        f"Pemeriksaan: sudo -u yankomas {plan.program} --root {plan.folder} doctor\n"
        f"Cadangan malam mulai sesudah cadangan pertama dibuat orang (kata sandinya tampak sekali itu saja)."
    )
    return 0
