"""The admin's commands on the machine itself: accounts of the web desk."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable
from typing import Any

from pipeline.access.accounts import Account, as_logged, held
from pipeline.cli.inputs import ready_root
from pipeline.cli.show import as_json, table
from pipeline.wiring import Root

#: How the log names whoever works at the machine itself.
_TERMINAL = "terminal"


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
    people, now = root.people, root.clock.now()
    _note(root, "akun buat", options.login, options.roles)
    account = people.accounts.make(options.login, options.name, [held(r) for r in options.roles], now, options.nip)
    print(f"Akun {account.login} dibuat.")
    return _show_link(root, account.login)


def link(options: Namespace) -> int:
    """Show a new one-time link of an account."""
    root = ready_root(options)
    login = root.people.accounts.account(options.login).login
    _note(root, "akun tautan", login)
    return _show_link(root, login)


def lock(options: Namespace) -> int:
    """Lock an account."""
    root = ready_root(options)
    _note(root, "akun kunci", options.login)
    root.people.accounts.lock(options.login, locked=True)
    print(f"Akun {options.login} dikunci; semua sesinya berakhir.")
    return 0


def unlock(options: Namespace) -> int:
    """Open a locked account."""
    root = ready_root(options)
    _note(root, "akun buka-kunci", options.login)
    root.people.accounts.lock(options.login, locked=False)
    print(f"Akun {options.login} dibuka kembali.")
    return 0


def _note(root: Root, deed: str, login: str, roles: Iterable[str] = ()) -> None:
    """Write into the access log what is about to be done with an account, before it is done."""
    noted(root, deed, as_logged(login, roles))


def noted(root: Root, deed: str, about: str) -> None:
    """Write into the access log what is about to be done at the machine."""
    root.access_log.append(root.clock.now(), _TERMINAL, deed, ("admin",), about=about)
    root.access_log.flush()


def _show_link(root: Root, login: str) -> int:
    key = root.people.links.make(login, root.clock.now())
    print("Tautan sekali pakai untuk pemegang akun (berlaku 24 jam, tidak ditampilkan lagi):")
    print(f"{root.settings.web.url}/masuk/tautan?kunci={key}")
    return 0


def _row(account: Account, root: Root) -> dict[str, Any]:
    state = "dikunci" if account.locked else "aktif" if account.ready else "belum membuat kata sandi"
    roles = sorted(account.roles_on(root.clock.now().date(), root.settings.office.appointed))
    return {"login": account.login, "name": account.name, "roles": roles, "state": state}
