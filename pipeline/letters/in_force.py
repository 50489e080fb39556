"""What an office of many draws its letters with, published at the centre so that every machine of it draws alike.

That is its Word templates with what lies beside them (logos, its own lists), those of its services, which versions of
them were taken into use, its settings, its public holidays, and who acts for whom; also what it reads letters and
checks signatures with.
Each state of it is one line of a book: all of it or nothing, every file by its SHA-256. A line is proven by the
office's key of page codes: whoever draws with it needs that key anyway, and who looks after the database has it not.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pipeline.acts import Act, Advice
from pipeline.errors import SettingsFault
from pipeline.letters.identity import Identity
from pipeline.letters.ports import Draft, Typist

#: The key by which a line is proven.
KEY = "kode-halaman"
#: The file of the public holidays by which the office counts its days; it lies in no folder of an office.
HOLIDAYS = "hari-libur.json"
SETTINGS = "office.toml"
#: Tables of the settings that are a machine's own: how it is reached, whom it reaches, where its copies go.
OF_A_MACHINE = frozenset({"pusat", "web", "cadangan", "segel", "surel", "kotak_surel", "pembacaan"})
_TEMPLATES = (".docx", ".png", ".toml")
#: What the proof is made of begins so, as nothing else that is made with the key does.
_ABOUT = b"yang berlaku di kantor\n"
#: The files there may be, by their paths under the office's folder: they are written to machines that follow.
_NAMES = re.compile(
    r"office\.toml|hari-libur\.json|\.akun/alih-tugas\.jsonl|archive/\.templat/daftar\.jsonl|archive/\.bobot-baca"
    r"|(?:letter_templates|kepercayaan|layanan/[a-z][a-z0-9-]*/templat)/[^/.~\x00-\x1f][^/\x00-\x1f]*"
)
_SHA256 = re.compile(r"[0-9a-f]{64}")  # of a file; a proof looks the same


@dataclass(frozen=True, slots=True)
class InForce:
    """A line of the book: since when these files, by their paths under the folder, are in force; ``proof`` is hex."""

    at: datetime
    files: Mapping[str, str]
    proof: str

    def is_proven(self, key: bytes) -> bool:
        """Say whether the office published this, by its key."""
        return hmac.compare_digest(self.proof, _proof(self.at, self.files, key))

    def told(self) -> dict[str, Any]:
        """Return what its line says."""
        return {"at": self.at.isoformat(), "files": dict(self.files), "proof": self.proof}


def in_force(at: datetime, files: Mapping[str, bytes], key: bytes) -> InForce:
    """Return what is said of these files, proven by the key."""
    named = {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())}
    return InForce(at, named, _proof(at, named, key))


def read_in_force(told: Mapping[str, Any]) -> InForce:
    """Return what a line says.

    Raises:
        ValueError, TypeError, KeyError, AttributeError: it is none, or names what is no such file.
    """
    files = {str(name): str(sha256) for name, sha256 in told["files"].items()}
    if not all(_NAMES.fullmatch(name) and _SHA256.fullmatch(sha256) for name, sha256 in files.items()):
        raise ValueError(files)
    if not _SHA256.fullmatch(proof := str(told["proof"])):
        raise ValueError(proof)
    return InForce(datetime.fromisoformat(told["at"]), files, proof)


def unlike(
    here: Mapping[str, str], there: Mapping[str, str], settings: tuple[Mapping[str, Any], Mapping[str, Any]]
) -> list[str]:
    """Return what in a folder is not as the office has it in force, in words; none if all is.

    Args:
        here: its files by their paths, each by its SHA-256.
        there: those in force.
        settings: what the settings of both say; what is of a machine may differ.
    """
    ours, theirs = settings
    tables = sorted(name for name in {*ours, *theirs} - OF_A_MACHINE if ours.get(name) != theirs.get(name))
    told = [f"office.toml [{name}]" for name in tables]
    templates = {name for name in {*here, *there} - {SETTINGS} if name.endswith(_TEMPLATES)}
    return told + sorted(name for name in templates if here.get(name) != there.get(name))


def may_be_published(name: str) -> bool:
    """Say whether a file may be part of it, by its path under the office's folder."""
    return _NAMES.fullmatch(name) is not None


def require_proven(found: InForce | None, office: str, key: bytes | None) -> InForce:
    """Return what an office has in force, once it is known to be that.

    Raises:
        SettingsFault: it has published nothing, this machine lacks its key, or it is not proven by that.
    """
    if found is None:
        raise SettingsFault(
            f"Kantor {office} belum menerbitkan templat dan pengaturannya ke pusat.",
            Advice(
                "Jalankan ", Act.WATCH_INBOX, " versi ini di mesin kantor itu; sampai saat itu perkaranya menunggu."
            ),
        )
    if key is None:
        raise SettingsFault(
            f"Kunci {KEY} kantor {office} tidak ada di mesin ini.",
            f"Salin .kunci/{KEY} dari mesin kantor itu (0600); sampai saat itu perkaranya menunggu.",
        )
    if not found.is_proven(key):
        raise SettingsFault(
            f"Templat dan pengaturan yang terbit bagi kantor {office} tidak terbukti dengan kunci {KEY} di mesin ini.",
            f"Salin .kunci/{KEY} dari mesin kantor itu. Bila kuncinya sama, terbitan itu bukan dari kantornya: "
            "jalankan `yankomas verify` di sana.",
        )
    return found


def require_no_older(found: InForce, followed: datetime | None, office: str) -> None:
    """Make sure that a machine goes back to nothing that its office had in force before what was ``followed`` here.

    Such a line is proven as ever; whoever writes to the database may have put it in again, or that was brought back.

    Raises:
        SettingsFault: it is older.
    """
    if followed is not None and found.at < followed:
        raise SettingsFault(
            f"Yang terbit bagi kantor {office} ({found.at:%d-%m-%Y %H.%M}) lebih lama daripada yang sudah diikuti di "
            f"mesin ini ({followed:%d-%m-%Y %H.%M}).",
            Advice("Jalankan ", Act.WATCH_INBOX, " di mesin kantor itu: yang berlaku terbit lagi sendiri."),
        )


def _proof(at: datetime, files: Mapping[str, str], key: bytes) -> str:
    said = json.dumps([at.isoformat(), sorted(files.items())]).encode()
    return hmac.new(key, _ABOUT + said, hashlib.sha256).hexdigest()


@dataclass(frozen=True, slots=True)
class CurrentTypist:
    """A typist that draws nothing with what is no longer in force: ``require`` raises Passing once it is not."""

    typist: Typist
    require: Callable[[], None]

    def draft(self, template: str, context: Mapping[str, Any], identity: Identity | None = None) -> Draft:
        """Fill the template, if it and what its values were made of are still in force."""
        self.require()
        return self.typist.draft(template, context, identity)
