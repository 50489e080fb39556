"""What changes of an account without making it more than it was: its owner's name, its address, its lock."""

from __future__ import annotations

from pipeline.access.accounts import checked_name, loggable
from pipeline.access.addresses import checked_address
from pipeline.access.grant_parts import GrantParts
from pipeline.office.person import name_key


def change_name(login: str, name: str, *, by: str, parts: GrantParts) -> None:
    """Set the name of an account's owner; one that is another person's confirms nothing for seven days.

    Raises:
        NotFound: there is no such account.
        Incomplete: that is no name.
    """
    wanted = checked_name(name)
    account = parts.people.accounts.account(login)
    parts.note(f"{loggable(login)}: nama")
    if account.name == wanted:
        return
    parts.people.accounts.set_name(account.login, wanted)
    if name_key(wanted) != name_key(account.name):  # it may be another's from now on
        parts.people.accounts.unsettle(account.login, parts.now)
    parts.tell(f"{by} mengubah nama akun {login}: {account.name} menjadi {wanted}.", login, by)


def change_address(login: str, address: str, *, by: str, parts: GrantParts) -> None:
    """Set where mail reaches an account; who has it is told in its pages, and the former address by mail.

    Raises:
        NotFound: there is no such account.
        Incomplete: that is no address.
    """
    wanted = checked_address(address)
    account = parts.people.accounts.account(login)
    parts.note(f"{loggable(login)}: surel")
    if account.address == wanted:
        return
    parts.people.accounts.set_address(account.login, wanted, parts.now)
    what = "mengubah" if account.address and wanted else "mengisi" if wanted else "mengosongkan"
    parts.people.notices.tell({login, by}, f"{by} {what} alamat surel akun {login}.", parts.now)


def lock(login: str, *, locked: bool, by: str, parts: GrantParts) -> None:
    """Lock an account, which ends its sessions and links, or open it again.

    Raises:
        NotFound: there is no such account.
        NotAllowed: it would leave the office without an admin.
    """
    parts.note(loggable(login))
    parts.people.accounts.lock(login, locked=locked, now=parts.now)
    parts.tell(f"{by} {'mengunci' if locked else 'membuka kembali'} akun {login}.", login, by)
