"""The admin's commands on the machine itself: accounts of the web desk."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from pipeline.access import account_details, credentials, granting
from pipeline.access.accounts import TERMINAL, Account, held
from pipeline.access.grant_parts import GrantParts
from pipeline.access.granting import Granted
from pipeline.cli.inputs import ready_root
from pipeline.cli.show import as_json, table
from pipeline.wiring import Root


def listing(options: Namespace) -> int:
    """Show all accounts."""
    root = ready_root(options)
    rows = [_row(account, root) for account in root.people.accounts.all()]
    if options.json:
        print(as_json(rows))
        return 0
    if not rows:
        print("Belum ada akun.")
        return 0
    cells = [[row["login"], row["name"], ", ".join(row["roles"]) or "-", row["state"]] for row in rows]
    print(table(cells, ["Nama masuk", "Nama", "Peran hari ini", "Keadaan"], {1: 40, 2: 40}))
    return 0


def make(options: Namespace) -> int:
    """Make an account and show its one-time link."""
    root = ready_root(options)
    roles, parts = [held(role) for role in options.roles], _parts(root, "akun buat")
    made = granting.make_account(options.login, options.name, options.nip, roles, by=TERMINAL, parts=parts)
    print(f"Akun {made.account.login} dibuat.")
    _say_waiting(made)
    return _show_link(root, root.people.links.make(made.account.login, root.clock.now(), TERMINAL))


def name(options: Namespace) -> int:
    """Set the name of an account's owner."""
    root = ready_root(options)
    account_details.change_name(options.login, options.name, by=TERMINAL, parts=_parts(root, "akun nama"))
    print(f"Nama akun {options.login} disimpan.")
    return 0


def nip(options: Namespace) -> int:
    """Set the NIP of an account."""
    root = ready_root(options)
    changed = granting.change_nip(options.login, options.nip, by=TERMINAL, parts=_parts(root, "akun nip"))
    print(f"NIP akun {changed.account.login} disimpan.")
    _say_waiting(changed)
    return 0


def address(options: Namespace) -> int:
    """Set where mail reaches an account."""
    root = ready_root(options)
    account_details.change_address(options.login, options.address, by=TERMINAL, parts=_parts(root, "akun surel"))
    print(f"Alamat surel akun {options.login} {'disimpan' if options.address.strip() else 'dikosongkan'}.")
    return 0


def link(options: Namespace) -> int:
    """Show a new one-time link of an account."""
    root = ready_root(options)
    return _show_link(root, credentials.make_link(options.login, by=TERMINAL, parts=_parts(root, "akun tautan")))


def lock(options: Namespace) -> int:
    """Lock an account."""
    root = ready_root(options)
    account_details.lock(options.login, locked=True, by=TERMINAL, parts=_parts(root, "akun kunci"))
    print(f"Akun {options.login} dikunci; semua sesinya berakhir.")
    return 0


def unlock(options: Namespace) -> int:
    """Open a locked account."""
    root = ready_root(options)
    account_details.lock(options.login, locked=False, by=TERMINAL, parts=_parts(root, "akun buka-kunci"))
    print(f"Akun {options.login} dibuka kembali.")
    return 0


def noted(root: Root, deed: str, about: str) -> None:
    """Write into the access log what is about to be done at the machine."""
    root.access_log.append(root.clock.now(), TERMINAL, deed, ("admin",), about=about)
    root.access_log.flush()


def _parts(root: Root, deed: str) -> GrantParts:
    """Return what granting needs, done at the machine; told below by :func:`noted`."""
    officials, of = root.settings.office.appointed, root.office_roles
    return GrantParts(root.people, officials, root.clock.now(), lambda about: noted(root, deed, about), of)


def _say_waiting(granted: Granted) -> None:
    """Say which roles wait for a second person."""
    if later := (*granted.waiting, *sorted(granted.account.kept_back)):
        print(f"Menunggu pengesahan di meja web (halaman Pengesahan): {', '.join(later)}.")


def _show_link(root: Root, key: str) -> int:
    print("Tautan sekali pakai untuk pemegang akun (berlaku 24 jam, tidak ditampilkan lagi):")
    print(f"{root.settings.web.url}/masuk/tautan?kunci={key}")
    return 0


def _row(account: Account, root: Root) -> dict[str, Any]:
    state = "dikunci" if account.locked else "aktif" if account.ready else "belum membuat kata sandi"
    roles = sorted(account.roles_on(root.clock.now().date(), root.settings.office.appointed, root.office_roles))
    return {"login": account.login, "name": account.name, "roles": roles, "state": state}
