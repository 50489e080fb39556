"""The desk's navigation: a table; each person sees the pages that exist and that their roles open."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from pipeline.access.rights import Right, may


@dataclass(frozen=True, slots=True)
class Place:
    """A page that navigation leads to. ``icon`` names a symbol of ``ikon.svg``."""

    path: str
    label: str
    icon: str
    right: Right


@dataclass(frozen=True, slots=True)
class Shown:
    """A place as shown to somebody; ``here``: they are on it or below it."""

    path: str
    label: str
    icon: str
    here: bool


PLACES = (
    Place("/", "Meja saya", "meja", Right.SIGNED_IN),
    Place("/kotak-masuk", "Kotak masuk", "kotak", Right.INBOX),
    Place("/verifikasi", "Verifikasi", "verifikasi", Right.VERIFY),
    Place("/buka", "Buka perkara", "buka", Right.OPEN_CASES),
    Place("/register", "Buku register", "register", Right.REGISTER),
    Place("/arsip", "Arsip", "arsip", Right.ARCHIVE),
    Place("/ringkasan", "Ringkasan", "ringkasan", Right.SUMMARY),
    Place("/keutuhan", "Keutuhan", "keutuhan", Right.INTEGRITY),
    Place("/akun", "Akun", "akun", Right.PEOPLE),
    Place("/akses", "Catatan akses", "akses", Right.ACCESS_LOG),
)
#: Pages below none of the places: where they belong.
_BELOW = {"/kasus": "/register"}


def navigation(roles: Collection[str], path: str, paths: Collection[str]) -> list[Shown]:
    """Return the places for somebody with these roles who is at ``path``; ``paths`` are those that the app has."""
    top = "/" + path.split("/")[1]
    here = _BELOW.get(top, top)
    open_places = (p for p in PLACES if p.path in paths and may(roles, p.right))
    return [Shown(p.path, p.label, p.icon, p.path == here) for p in open_places]
