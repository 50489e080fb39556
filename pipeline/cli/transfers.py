"""``yankomas pindah``: cases that go to another office, or come from one: of the centre, or through a folder."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager

from pipeline.cases.actor import Actor
from pipeline.cases.owed_letters import unfinished_letters
from pipeline.cases.transfers import REFUSERS, SENDERS, TAKERS, require_role
from pipeline.cli.inputs import engines_when_asked, ready_root, system_account
from pipeline.cli.parser import say_error
from pipeline.cli.readers import note_reading
from pipeline.cli.show import moment, outside, write_out
from pipeline.errors import YankomasError
from pipeline.wiring import Root
from pipeline.wiring.handing_over import hand_over_list, transfer_parts_through
from pipeline.work.hand_all_over import SENT, offer_all
from pipeline.work.ports import Parcel
from pipeline.work.transfer import DIRECTORATE, TransferParts, accept, note_answers, offer, refuse, withdraw

#: How many of the parcels that were sent are listed.
_LISTED = 50
#: What stands for the reason of a parcel that is *rahasia*, as on the desk's page.
_HIDDEN = "(rahasia; tambahkan --as PERAN yang menerima atau menolaknya)"
_LEFT_UNDONE = 12  # as `run --once` ends that left something undone


def send(options: Namespace) -> int:
    """Offer a case to another office, or show it to the directorate."""
    root, by = ready_root(options), Actor(options.role, system_account())
    number = root.pattern.read(options.number)
    with _parts(root, options) as parts:
        case = offer(number, options.receiver, options.reason, by=by, parts=parts)
    for letter in unfinished_letters(case, root.sop_of(case)):
        print(f"{number}: belum selesai di sini, dan tidak ikut: {letter}")
    if options.receiver == DIRECTORATE:
        print(f"{number}: disampaikan kepada direktorat; perkaranya tetap ditangani kantor ini.")
    else:
        print(f"{number}: ditawarkan kepada kantor {options.receiver}; nomornya di sini tetap.")
    return 0


def send_all(options: Namespace) -> int:
    """Offer every open case to a successor office; exit code 12 if one could not go."""
    root, by = ready_root(options), Actor(options.role, system_account())
    require_role(by.role, SENDERS, "menyerahkan perkara ke kantor lain", root.office_roles)
    due = root.rows.touched_since(root.clock.now().date())
    numbers = [row.case_number for row in due if not row.final and not row.series]
    with _parts(root, options) as parts:
        found = offer_all(numbers, options.receiver, options.reason, by=by, parts=parts)
    for one in found:
        print(f"{one.number}: {'dikirim' if one.done else one.why}")
    there = sum(one.done for one in found)
    print(f"{there} perkara dikirim kepada {options.receiver}, {len(found) - there} tidak.")
    print(f"Daftar untuk ditandatangani keduanya: yankomas pindah berita-acara --ke '{options.receiver}' -o BERKAS.pdf")
    return 0 if all(one.done or one.why.startswith(SENT) for one in found) else _LEFT_UNDONE


def signed_list(options: Namespace) -> int:
    """Write the list of the cases that were offered to an office, for both to sign."""
    root = ready_root(options)
    outside(options.output, root)
    if options.through:
        with _parts(root, options) as parts:
            note_answers(parts)
    write_out(options.output, hand_over_list(root, options.receiver))
    print(f"Ditulis ke {options.output}.")
    return 0


def listed(options: Namespace) -> int:
    """Show what other offices offer, and what this office sent."""
    root = ready_root(options)
    code = 0
    with _parts(root, options) as parts:
        try:
            note_answers(parts)
        except YankomasError as fault:  # what came in is shown all the same
            code = say_error(fault)
        incoming, sent = parts.exchange.incoming(), parts.exchange.sent(_LISTED)
        there = parts.exchange.receivers()
    role = options.role or ""
    note_reading(root, "pindah daftar", role=role)
    may_read = role in root.office_roles.having(*TAKERS, *REFUSERS)
    for parcel in incoming:
        secret = parcel.told["rahasia"]
        about = "rahasia" if secret else parcel.told["perihal"] or "tanpa perihal"
        reason = _HIDDEN if secret and not may_read else parcel.told["alasan"]
        print(f"masuk {parcel.id}: dari {parcel.sender}, {parcel.told['nomor_register']}, {about}")
        print(f"    dikirim {moment(parcel.sent_at)}; alasan: {reason}")
    for parcel in sent:
        print(f"keluar {parcel.id}: {parcel.number} kepada {parcel.receiver}, {_answer(parcel)}")
    if not incoming and not sent:
        print("Tidak ada perkara dari atau kepada kantor lain.")
    if not options.through:
        print(f"Dapat dikirimi: {', '.join(there) or 'belum ada kantor lain'}.")
    return code


def take(options: Namespace) -> int:
    """Take a case that another office offers: it gets a number here."""
    root, by = ready_root(options), Actor(options.role, system_account())
    with _parts(root, options) as parts:
        case = accept(options.parcel, by=by, parts=parts)
    root.wake()
    print(f"Kiriman {options.parcel} diterima sebagai {case.received.register_number} ({case.number}).")
    return 0


def send_back(options: Namespace) -> int:
    """Refuse a case that another office offers."""
    root, by = ready_root(options), Actor(options.role, system_account())
    with _parts(root, options) as parts:
        parcel = refuse(options.parcel, options.reason, by=by, parts=parts)
    print(f"Kiriman {parcel.id} dari kantor {parcel.sender} ditolak; kantor itu membaca alasannya.")
    return 0


def take_back(options: Namespace) -> int:
    """Take back what this office sent and nobody answered yet."""
    root, by = ready_root(options), Actor(options.role, system_account())
    with _parts(root, options) as parts:
        sent = withdraw(options.parcel, by=by, parts=parts)
    print(f"Kiriman {sent.id} kepada {sent.receiver} ditarik kembali; perkara {sent.number} dapat dikirim lagi.")
    return 0


@contextmanager
def _parts(root: Root, options: Namespace) -> Iterator[TransferParts]:
    with engines_when_asked(root) as engines:
        if options.through:
            yield transfer_parts_through(root, options.through, *engines)
        else:
            yield root.transfer_parts(*engines)


def _answer(parcel: Parcel) -> str:
    if parcel.taken is None:
        return "menunggu jawaban"
    if parcel.withdrawn:
        return "ditarik kembali"
    return f"diterima sebagai {parcel.number_there}" if parcel.taken else f"ditolak: {parcel.reason}"
