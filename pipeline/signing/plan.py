"""How an office signs electronically (``office.toml``): whom it trusts, who signs with what, who stamps the time.

Without a holder, everything is signed in ink. No passphrase and no key stands in the settings, only where they lie.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.office.office_file import Table, fault, within

FILE, TOKEN, SERVICE = "sertifikat", "token", "bsre"
_NEEDED: Mapping[str, tuple[str, ...]] = {FILE: ("berkas",), TOKEN: ("modul", "token", "label"), SERVICE: ("nik",)}
#: How the service's own words are called, by ours; an office whose service differs names them anew.
FIELDS: Mapping[str, str] = {
    "nik": "nik",
    "kata_sandi": "passphrase",
    "berkas": "file",
    "sifat": "signatureProperties",
    "tampilan": "tampilan",
    "gambar": "imageBase64",
    "halaman": "page",
    "kiri": "originX",
    "atas": "originY",
    "lebar": "width",
    "tinggi": "height",
    "tanda": "tag",
    "tempat": "location",
    "alasan": "reason",
    "kesalahan": "error",
}
_SENDINGS = ("base64", "multipart")
_SEEN, _UNSEEN = "terlihat", "tersembunyi"


@dataclass(frozen=True, slots=True)
class KeyHolder:
    """What the official of a NIP signs with: one of :data:`FILE`, :data:`TOKEN`, :data:`SERVICE`, and its details."""

    nip: str
    means: str
    details: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ServicePlan:
    """The government's signing service in the office's own network (BSSN's eSign Client): where, and in which words.

    ``tag`` is a sign on the sheet at which the service puts the signature; empty: it is told the place.
    ``password_file`` holds the office's password for the service, ``server_certificates`` who vouches for its server.
    ``seconds`` is how long an answer is waited for.
    """

    address: str = ""
    path: str = "/api/v2/sign/pdf"
    user: str = ""
    password_file: str = ""
    server_certificates: str = ""
    sending: str = _SENDINGS[0]
    visible: bool = True
    tag: str = ""
    seconds: float = 60.0
    wrong_passphrase: tuple[str, ...] = ("passphrase",)
    fields: Mapping[str, str] = field(default_factory=lambda: dict(FIELDS))


@dataclass(frozen=True, slots=True)
class SigningPlan:
    """All of it. ``trust`` is the folder of trusted certificates, ``stamps`` the address of a time stamp server.

    ``authenticity`` is the address of the page on which anybody may ask whether a letter is ours.
    """

    trust: str = "kepercayaan"
    footer: str = ""
    reason: str = "Naskah dinas"
    stamps: str = ""
    authenticity: str = ""
    holders: tuple[KeyHolder, ...] = ()
    service: ServicePlan = field(default_factory=ServicePlan)

    def holder(self, nip: str) -> KeyHolder | None:
        """Return what the official of that NIP signs with; None: with ink."""
        return next((h for h in self.holders if nip and digits(h.nip) == digits(nip)), None)


def digits(nip: str) -> str:
    """Return a NIP without the blanks that it is printed with."""
    return "".join(sign for sign in nip if sign.isdigit())


def plan_of(table: Table) -> SigningPlan:
    """Read the table ``tanda_tangan``; an office that signs in ink may leave it out.

    Raises:
        SettingsFault: it is not as it should be; names the key.
    """
    usual = SigningPlan()
    plan = SigningPlan(
        trust=table.get("kepercayaan", str, usual.trust),
        footer=table.get("kaki", str, usual.footer),
        reason=table.get("alasan", str, usual.reason),
        stamps=table.get("cap_waktu", str, usual.stamps),
        authenticity=table.get("keaslian", str, usual.authenticity),
        holders=tuple(_holder(n, row) for n, row in enumerate(table.get("pemegang", list, []), start=1)),
        service=_service(table.part("bsre")),
    )
    table.done()
    _check_address("tanda_tangan.cap_waktu", plan.stamps)
    _check_address("tanda_tangan.keaslian", plan.authenticity)
    if not plan.service.address and any(h.means == SERVICE for h in plan.holders):
        raise fault("tanda_tangan.bsre.alamat", "kosong", "Isi alamat layanan eSign Client di jaringan kantor.")
    return plan


def _holder(position: int, values: object) -> KeyHolder:
    table = Table(f"tanda_tangan.pemegang[{position}]", values)
    nip, means = table.get("nip", str), table.get("cara", str)
    if means not in _NEEDED:
        raise fault(f"{table.where}.cara", f"{means!r} tidak dikenal", f"Pilih: {', '.join(_NEEDED)}.")
    details = {key: str(table.get(key, str)) for key in _NEEDED[means]}
    table.done()
    if not digits(nip):
        raise fault(f"{table.where}.nip", "kosong", "Isi NIP pejabat itu seperti pada [[jabatan]].")
    return KeyHolder(nip, means, details)


def _service(table: Table) -> ServicePlan:
    usual = ServicePlan()
    names = table.part("nama")
    look = table.get("tampilan", str, _SEEN)
    if look not in (_SEEN, _UNSEEN):
        raise fault(f"{table.where}.tampilan", f"{look!r} tidak dikenal", f"Pilih {_SEEN} atau {_UNSEEN}.")
    service = ServicePlan(
        address=table.get("alamat", str, usual.address),
        path=table.get("jalur", str, usual.path),
        user=table.get("pengguna", str, usual.user),
        password_file=table.get("berkas_sandi", str, usual.password_file),
        server_certificates=table.get("sertifikat_server", str, usual.server_certificates),
        sending=table.get("kirim", str, usual.sending),
        visible=look == _SEEN,
        tag=table.get("tanda", str, usual.tag),
        seconds=within(table, "detik", 1, 600, usual.seconds),
        wrong_passphrase=table.texts("sandi_salah", list(usual.wrong_passphrase)),
        fields={ours: names.get(ours, str, theirs) for ours, theirs in FIELDS.items()},
    )
    names.done()
    table.done()
    _check_address(f"{table.where}.alamat", service.address)
    if service.sending not in _SENDINGS:
        raise fault(f"{table.where}.kirim", f"{service.sending!r} tidak dikenal", f"Pilih {' atau '.join(_SENDINGS)}.")
    return service


def _check_address(key: str, address: str) -> None:
    if address and not address.startswith(("https://", "http://")):
        raise fault(key, f"{address!r} bukan alamat", 'Tulis misalnya "https://esign.contoh.go.id".')
