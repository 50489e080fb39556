"""How what is known becomes the texts of a sheet: of the office, of the case, of the forms of its moves.

A template names its values in Indonesian (``{{ nomor_register }}``), because clerks edit the templates. What is not
known is the empty text: the sheet then leaves the line free to be written on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from pipeline.access.children import without_children
from pipeline.cases.case_kind import NEWS, SPOKEN
from pipeline.cases.key_labels import role_name
from pipeline.cases.secrecy_level import is_secret
from pipeline.letters.sheets import hands, phrasing
from pipeline.letters.sheets.parties import proxy_in_words
from pipeline.letters.sheets.sheet_facts import MoveMade, SheetFacts
from pipeline.office import wording
from pipeline.office.office import Office
from pipeline.office.officials import ACTING, ON_BEHALF, Official
from pipeline.office.roles import PRINTED

#: The templates of the periodical report, of other services theirs and their register book, of the dispatch book, of
#: how a year's register is closed, of the papers of records in custody and of their lists, of the survey, and of
#: letters on personal data: they belong to no case's SOP.
REPORT = "laporan-berkala"
SERVICE_REPORT = "laporan-layanan"
SERVICE_BOOK = "buku-register-layanan"
DISPATCHES = "buku-ekspedisi"
CLOSING_SHEET = "penutupan-register"
LOAN_FORM, CHECKLIST = "formulir-peminjaman", "kelengkapan-map"
TRANSFER_LIST, TRANSFER_MINUTES = "daftar-pemindahan", "berita-acara-pemindahan"
HAND_OVER_MINUTES = "berita-acara-penyerahan"
RECORD_PAPERS = (LOAN_FORM, CHECKLIST, TRANSFER_LIST, TRANSFER_MINUTES, HAND_OVER_MINUTES)
RECORD_SHEETS = ("daftar-usul-musnah", "berita-acara-pemusnahan")
SURVEY = "survei-kepuasan"
PRIVACY_ANSWER = "jawaban-data-pribadi"
BREACH_NOTICE = "pemberitahuan-kebocoran"
OFFICE_SHEETS = (
    *(REPORT, DISPATCHES, CLOSING_SHEET, *RECORD_PAPERS, *RECORD_SHEETS),
    *(SERVICE_REPORT, SERVICE_BOOK, SURVEY, PRIVACY_ANSWER, BREACH_NOTICE),
)
#: The value that stands for the office's logo: the first day of its name, where it was called otherwise before.
LOGO = "logo"


def of_office(day: date, office: Office) -> dict[str, Any]:
    """Return the letterhead and what else is the office's, on a sheet of that day.

    An office that was called otherwise before also says since when: its logo of that time is shown (``LOGO``).
    """
    office = office.on(day)
    head = office.letterhead
    return {
        **({LOGO: office.since.isoformat()} if office.since else {}),
        "kop_kementerian": "\n".join(head.ministry),
        "kop_kantor": head.office,
        "kop_alamat": head.address,
        "kop_kontak": head.contact,
        "layanan": office.service,
        "tempat": office.place,
        "tanggal_dokumen": wording.long_date(day),
    }


def of_case(facts: SheetFacts) -> dict[str, Any]:
    """Return what is the case's on every sheet."""
    fields = facts.fields
    return {
        "nomor_register": facts.register_number,
        "nomor_perkara": facts.number,
        "diterima": wording.weekday_and_hour(facts.received_at),
        "tanggal_terima": wording.long_date(facts.received_at),
        "jam_terima": wording.hour(facts.received_at),
        "cara_penyampaian": phrasing.capital(facts.channel or ""),
        "pelapor": sender(fields),
        "hal": without_children(wording.said(fields.get("perihal")), fields),
        "nomor_surat": wording.said(fields.get("nomor_surat")),
        "tanggal_surat": wording.date_from(wording.said(fields.get("tanggal_surat"))),
        "lampiran": attachment(fields),
        "jumlah_halaman": wording.counted(facts.pages, "lembar") if facts.pages else "",
        "sifat": phrasing.capital(facts.classification),
        "tanda_rahasia": facts.classification.upper() if is_secret(facts.classification) else "",
    }


def is_oral(facts: SheetFacts) -> bool:
    """Say whether the complaint was told, at the counter or by telephone: there is no letter."""
    return (facts.channel or "").casefold() in SPOKEN


def is_news(facts: SheetFacts) -> bool:
    """Say whether the office opened the case by itself from the news: there is neither letter nor complainant."""
    return (facts.channel or "").casefold() == NEWS


def from_news(facts: SheetFacts) -> bool:
    """Say whether the office opened the case by itself, and nobody complained since."""
    complained = facts.fields.get("pelapor") or wording.said(facts.fields.get("lembaga_pelapor"))
    return is_news(facts) and not complained


def held_on(role: str, day: date, office: Office) -> str:
    """Return the title of who holds the role that day (``Plh. Kepala Bidang HAM``), or the SOP's name of the lane."""
    holder = office.holder(role, day)
    return holder.printed_title if holder else printed_lane(role, office)


def printed_lane(role: str, office: Office) -> str:
    """Return how a lane is printed that nobody holds that day."""
    return PRINTED.get(role) or role_name(role, office.roles)


def decided_by(role: str, day: date, office: Office) -> str:
    """Return who acted in a role that day, as a sentence names them: on behalf of another, by their own post too.

    ``Plh. Kepala Divisi Pelayanan Hukum dan HAM a.n. Kepala Kantor Wilayah``: a paper is signed so, and all that tell
    of it say the same.
    """
    holder = office.holder(role, day)
    if holder is None or holder.acting != ON_BEHALF:
        return held_on(role, day, office)
    return f"{holder.own_title} {ON_BEHALF} {holder.title}".strip()


def by_lanes(role: str, day: date, facts: SheetFacts, office: Office) -> str:
    """Return who acted in a role that day by the SOP's names, for narrow columns.

    ``Plh. Kadiv Yankum``; on behalf of another, by both posts: ``Plh. Kadiv Yankum a.n. Kakanwil``.
    """
    holder, name = office.holder(role, day), facts.lanes.get(role, role)
    if holder is None or holder.acting != ON_BEHALF:
        return f"{holder.acting if holder else ''} {name}".strip()
    others = ((lane, office.holder(lane, day)) for lane in facts.lanes if lane != role)
    own = next((lane for lane, one in others if one and one.is_same_person(holder)), "")
    return f"{by_lanes(own, day, facts, office) if own else ''} {ON_BEHALF} {name}".strip()


def post(role: str, day: date, office: Office) -> str:
    """Return the title of the post itself, whoever acts in it: for copies."""
    holder = office.holder(role, day)
    return holder.title if holder else printed_lane(role, office)


def signer(role: str, day: date, office: Office, named: str = "penandatangan") -> dict[str, Any]:
    """Return title, name and NIP of who signs for the role on that day; ``named`` is what the template calls them."""
    holder = office.holder(role, day)
    return {
        f"{named}_jabatan": holder.signing_title if holder else printed_lane(role, office),
        f"{named}_nama": holder.name if holder else "",
        f"{named}_nip": holder.nip if holder else "",
    }


def copied(names: Sequence[str], role: str, day: date, office: Office) -> list[str]:
    """Return who gets a copy of a letter signed for the role, each once.

    Where somebody signs on behalf (a.n.), the post's holder gets the copy as a report, and no other. The signer gets
    none, under whichever of their titles: who acts in a post (Plh., Plt.) has one of their own beside it.
    """
    signing = office.holder(role, day)
    first = [f"{signing.title} (sebagai laporan)"] if signing and signing.acting == ON_BEHALF else []
    once: dict[str, str] = {}
    for name in (*first, *names):
        once.setdefault(_told(name), name)
    for title in _titles_of(signing, day, office) if signing else ():
        once.pop(_told(title), None)
    return list(once.values())


def copies(names: Sequence[str], facts: SheetFacts, office: Office) -> list[str]:
    """Return who gets a copy of a letter, each once, as :func:`copied`."""
    return copied(names, hands.signing(facts, office), facts.letter_date, office)


def copied_to_division(facts: SheetFacts, office: Office) -> list[str]:
    """Return who gets a copy of a letter that the head of the division is to know of: who initials it knows it."""
    day, above = facts.letter_date, office.roles.chain(hands.in_charge(office))
    told = [post(above[-1], day, office)] if above and above[-1] not in facts.initials else []
    return copies(told, facts, office)


def _titles_of(signing: Official, day: date, office: Office) -> list[str]:
    """Return the titles under which the signer would get a copy of their own letter."""
    holders = (office.holder(lane, day) for lane in office.roles.lanes)
    own = (holder.title for holder in holders if holder and holder.is_same_person(signing))
    return [*own, signing.own_title]


def _told(name: str) -> str:
    return name.casefold().rstrip(". ")


def officer(day: date, office: Office, role: str = "") -> dict[str, Any]:
    """Return title, name and NIP of who has a role on that day that takes in; without one, who receives complaints."""
    role = role or hands.clerk(office)
    holder = office.holder(role, day)
    return {
        "petugas_jabatan": held_on(role, day, office),
        "petugas_nama": holder.name if holder else "",
        "petugas_nip": holder.nip if holder else "",
    }


def checker(day: date, office: Office, role: str = "") -> dict[str, Any]:
    """Return who looks after the office's books and certifies what they say: title, name and NIP."""
    return signer(role or hands.in_charge(office), day, office, "pengesah")


def people(fields: Mapping[str, Any]) -> list[str]:
    """Return the names of those who complain, an organisation apart."""
    found = [person for person in fields.get("pelapor") or [] if isinstance(person, Mapping)]
    return [name for person in found if (name := wording.said(person.get("nama")))]


def sender(fields: Mapping[str, Any]) -> str:
    """Return who complains, on one line: the organisation and its person, or for whom a proxy acts."""
    known = people(fields)
    person = known[0] if known else ""
    proxy = proxy_in_words(fields)
    body = "" if proxy else wording.said(fields.get("lembaga_pelapor"))
    if len(known) > 1:
        person = f"{person} dan {wording.counted(len(known) - 1, 'orang')} lainnya"
    if proxy:
        return f"{person}, melalui kuasanya, {proxy}" if person else f"{proxy} (kuasa)"
    if body and person:
        return f"{body}, diwakili {person}"
    return body or person


def attachment(fields: Mapping[str, Any]) -> str:
    """Return what the letter encloses, as printed or counted."""
    field = fields.get("lampiran")
    listed = enclosures(field)
    return wording.said(field) or (wording.counted(len(listed), "berkas") if listed else "")


def enclosures(field: Any) -> list[str]:
    """Return the listed attachments, which the reader gives beside the field or as its value."""
    if not isinstance(field, Mapping):
        return []
    value = field.get("nilai")
    return wording.all_said((value if isinstance(value, Mapping) else field).get("daftar"))


def line(move: MoveMade | None, name: str) -> str:
    """Return a value on one line; empty where nothing was written."""
    value = move.values.get(name) if move else None
    return "" if value is None or isinstance(value, list | tuple) else wording.one_line(value)


def paragraphs(move: MoveMade | None, name: str) -> list[str]:
    """Return a long value paragraph by paragraph: each line of it is one."""
    value = move.values.get(name) if move else None
    if isinstance(value, list | tuple):
        return items(move, name)
    return [text for part in str(value or "").splitlines() if (text := wording.one_line(part))]


def items(move: MoveMade | None, name: str) -> list[str]:
    """Return the entries of a list, each on one line; the columns of a row as people read them."""
    return [wording.cells_apart(entry) for entry in entries(move, name)]


def entries(move: MoveMade | None, name: str) -> list[str]:
    """Return the entries of a list as they were written, each on one line, its columns parted by ``|``."""
    value = move.values.get(name) if move else None
    written: Sequence[object] = value if isinstance(value, list | tuple) else str(value or "").splitlines()
    return [text for entry in written if (text := wording.one_line(entry))]


def rows(move: MoveMade | None, name: str, columns: Sequence[str]) -> list[dict[str, str]]:
    """Return the entries of a list as table rows, split at ``|``; what is too much stays in the last column."""
    found = []
    for entry in entries(move, name):
        cells = [cell.strip() for cell in entry.split("|", len(columns) - 1)]
        found.append(dict(zip(columns, [*cells, *[""] * (len(columns) - len(cells))], strict=True)))
    return found


def day(move: MoveMade | None, name: str) -> date | None:
    """Return a date, or nothing where there is none."""
    value = move.values.get(name) if move else None
    if isinstance(value, datetime):
        return value.date()
    try:
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError:
        return None


#: The mark of a letter that has no number yet.
KONSEP = "KONSEP"


def issued(facts: SheetFacts, office: Office) -> dict[str, Any]:
    """Return the values of a letter that leaves the office: it is a draft until it has its number."""
    role = hands.signing(facts, office)
    return {
        "tanda_konsep": "" if facts.naskah_number else KONSEP,
        "nomor_naskah": wording.one_line(facts.naskah_number),
        "tanggal_naskah": wording.long_date(facts.naskah_date) if facts.naskah_date else "",
        "lampiran_naskah": "-",
        "paraf": initialling(facts.initials, role, facts.letter_date, office),
        **signer(role, facts.letter_date, office),
    }


def initialling(lanes: Sequence[str], role: str, day: date, office: Office) -> list[str]:
    """Return the titles of those of the lanes who initial a letter signed for the role: nobody their own letter."""
    signing = office.holder(role, day)
    own = {_post(title) for title in _titles_of(signing, day, office)} if signing else set()
    others = (lane for lane in lanes if lane != role and _post(post(lane, day, office)) not in own)
    return [held_on(lane, day, office) for lane in others]


def _post(title: str) -> str:
    """Return the post of a title as it is compared: without the mark of who acts in it."""
    told = _told(title)
    return next((told.removeprefix(f"{mark} ") for mark in map(str.casefold, ACTING) if told.startswith(mark)), told)


def internal(facts: SheetFacts, office: Office) -> dict[str, Any]:
    """Return the values of a memo or minutes, dated that day: a draft as long as the number that it will get is out."""
    common = issued(facts, office)
    return {
        **common,
        "tanda_konsep": common["tanda_konsep"] if facts.series else "",
        "tanggal_naskah": wording.long_date(facts.letter_date),
    }
