"""*Menunggu tanda tangan saya*: the letters that wait for one's signature; signing those that were read and chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from starlette.responses import Response

from pipeline.access.rights import Right
from pipeline.cases.separation import person_of, why
from pipeline.desk.gate import Pages
from pipeline.desk.lanes import Lane
from pipeline.desk.visit import Visit
from pipeline.errors import Incomplete, NotFound, YankomasError
from pipeline.letters.awaiting_signature import AwaitingSignature
from pipeline.letters.sign_letters import SigningResult, sign_letters, sweep
from pipeline.signing.secret import Secret

pages = Pages()
_TITLE = "Menunggu tanda tangan saya"


@pages.get("/tanda-tangan", Right.MOVE_CASES, Lane.QUICK)
def waiting(visit: Visit) -> Response:
    """Show what waits for the visitor's signature."""
    return _list(visit)


@pages.post("/tanda-tangan", Right.MOVE_CASES, Lane.PAPERS)
def sign(visit: Visit) -> Response:
    """Begin to sign the letters that were chosen, and go to the page that shows how far it is."""
    try:
        role, chosen = _chosen(visit)
    except Incomplete as fault:
        return _list(visit, fault)
    who, desk = visit.who, visit.desk
    passphrase, by = Secret(_typed(visit)), who.acting(role)

    def work(told: Callable[[SigningResult, int, int], None]) -> None:
        with passphrase:
            parts = desk.root.sign_parts(desk.decide_parts(), desk.validator, desk.people.tries)
            sweep(parts)
            try:
                sign_letters(chosen, passphrase, by=by, parts=parts, progress=told)
            finally:
                desk.wake()

    return visit.go(f"/tanda-tangan/hasil/{desk.signing_jobs.start(who.login, len(chosen), work)}")


@pages.get("/tanda-tangan/hasil/{job}", Right.MOVE_CASES, Lane.QUICK)
def result(visit: Visit) -> Response:
    """Show how far a batch is, and what became of each letter."""
    job = visit.desk.signing_jobs.find(visit.request.path_params["job"], visit.who.login)
    if job is None:
        raise NotFound("Hasil penandatanganan itu tidak ada lagi.", "Lihat daftar yang masih menunggu.")
    return visit.show("tanda-tangan-hasil.html", title="Penandatanganan", job=job)


def _waiting(visit: Visit) -> tuple[list[AwaitingSignature], list[str]]:
    """Return the letters that wait for the visitor's signature, and why another person must sign those that do not."""
    desk, free, kept = visit.desk, [], {}
    for letter in desk.signature_list.waiting_for(visit.who.sees, desk.live_rows.of(desk.now().date())):
        if said := _kept_apart(visit, letter):
            kept[letter.key] = said
        else:
            free.append(letter)
    return free, [*kept.values()]


def _kept_apart(visit: Visit, letter: AwaitingSignature) -> str:
    """Return why two people must draft and sign a letter, and the visitor did the first; empty: they may sign."""
    office, person = visit.desk.root.settings.office, person_of(visit.who.acting(letter.role))
    found = next((made for made in letter.first_steps if made.earlier.person.is_same(person)), None)
    return why(found, letter.number) if found and not office.reason_for_one(found.pair.key) else ""


def _chosen(visit: Visit) -> tuple[str, Sequence[AwaitingSignature]]:
    """Return the role in which the visitor signs, and the letters.

    Raises:
        Incomplete: none was chosen, they are for several roles, or there is no passphrase.
    """
    (waiting, _), all_of = _waiting(visit), visit.text("semua")
    keys = {letter.key for letter in waiting if letter.role == all_of} if all_of else set(visit.texts("naskah"))
    chosen = [letter for letter in waiting if letter.key in keys and all_of in ("", letter.role)]
    roles = {letter.role for letter in chosen}
    if len({letter.key for letter in chosen}) < len(keys):
        raise Incomplete("Sebagian naskah itu tidak menunggu lagi.", "Periksa daftarnya, lalu pilih lagi.")
    if len(roles) != 1:
        raise Incomplete("Pilih naskah yang Anda tandatangani, dalam satu jabatan.", "Beri tanda pada naskahnya.")
    if not _typed(visit):
        raise Incomplete("Kata sandi belum diisi.", "Ketik kata sandi sertifikat atau PIN token Anda.")
    return roles.pop(), chosen


def _typed(visit: Visit) -> str:
    """Return the passphrase as it was typed, blanks and all."""
    typed = visit.form.get("sandi", "")
    return typed if isinstance(typed, str) else ""


def _list(visit: Visit, fault: YankomasError | None = None) -> Response:
    letters, kept = _waiting(visit)
    signs_with = {role: means(visit, role) for role in sorted({letter.role for letter in letters})}
    chosen = visit.texts("naskah")
    values = {"kept_apart": kept, "letters": letters, "means": signs_with, "fault": fault, "chosen": chosen}
    return visit.show("tanda-tangan.html", 422 if fault else 200, title=_TITLE, **values)


def means(visit: Visit, role: str) -> str:
    """Return what the holder of a role signs with today, in words; empty: with ink."""
    root, day = visit.desk.root, visit.desk.now().date()
    official = root.settings.office.holder(role, day, visit.who.account or visit.who.login)
    return root.signing_means(official) if official else ""
