"""Faults as pages: what happened and what to do, in Indonesian, and nothing of the machine's inside."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from starlette.responses import HTMLResponse, Response

from pipeline.desk import typed
from pipeline.desk.rendering import render
from pipeline.desk.sent_in_vain import SentInVain, keep, may_send
from pipeline.desk.stated_reasons import ReasonAsked
from pipeline.desk.visit import Visit
from pipeline.errors import (
    Busy,
    Denied,
    Incomplete,
    NotAllowed,
    NotFound,
    Passing,
    Refused,
    TooSlow,
    Uncertain,
    UsageFault,
    YankomasError,
    place_of,
)

_log = logging.getLogger(__name__)

_BUSY = 503
#: What a person reads for each status: the fact, and the remedy.
_SAID = {
    400: ("Permintaan ini tidak dapat dimengerti.", "Kembali ke halaman sebelumnya, lalu coba lagi."),
    401: ("Anda belum masuk, atau sesi Anda sudah berakhir.", "Masuklah dulu, lalu ulangi."),
    403: ("Anda tidak berwenang membuka halaman ini.", "Bila Anda memerlukannya, mintalah peran kepada admin."),
    404: ("Halaman itu tidak ada.", "Periksa alamatnya, atau mulailah dari Meja saya."),
    405: ("Halaman ini tidak dapat dipakai dengan cara itu.", "Kembali ke halaman sebelumnya, lalu coba lagi."),
    413: ("Yang dikirim terlalu besar.", "Pindai dengan resolusi lebih rendah, atau bagi menjadi beberapa berkas."),
    419: ("Formulir ini sudah kedaluwarsa.", "Muat ulang halamannya, isi kembali, lalu kirim lagi."),
    422: ("Isian belum benar.", "Periksa isian, lalu kirim lagi."),
    500: ("Terjadi kesalahan program.", "Coba lagi; bila berulang, beri tahu admin jam kejadiannya."),
    503: ("Meja sedang sibuk.", "Tunggu sebentar, lalu coba lagi."),
}
#: Seconds after which a caller may come again when the desk was busy: what costs much takes about as long.
RETRY_AFTER = "5"
#: What is said of a form that nobody could take.
_NOT_TAKEN = "Yang Anda kirim belum diterima. Kembali ke halaman sebelumnya, lalu kirim lagi beberapa saat lagi."
#: And of one of which some may have been done before what it needs went away.
_PERHAPS_TAKEN = (
    "Belum pasti yang Anda kirim diterima. Beberapa saat lagi lihat dahulu keadaannya; kirim lagi hanya bila belum ada."
)
#: The code of what may be done already: nobody is told to come again for it.
UNCERTAIN = "belum-pasti"
#: The HTTP status of each kind of error, and its code for programs.
_KINDS: tuple[tuple[type[YankomasError], int, str], ...] = (
    (NotFound, 404, "tidak-ada"),
    (ReasonAsked, 403, "alasan-diperlukan"),
    (NotAllowed, 403, "gerak-tidak-diizinkan"),
    (Denied, 403, "tidak-berwenang"),
    (Incomplete, 422, "formulir-belum-lengkap"),
    (UsageFault, 422, "isian"),
    (Refused, 422, "berkas-ditolak"),
    (Busy, 503, "sibuk"),
    (Uncertain, 503, UNCERTAIN),
    (Passing, 503, "sementara"),
    (TooSlow, 503, "terlalu-lama"),  # by the clock: on a busy machine an honest file is too
)


def status_and_code(fault: YankomasError) -> tuple[int, str]:
    """Return the HTTP status for an error of our tree, and its code; 500 for one that nobody at the desk can mend."""
    known = ((status, code) for kind, status, code in _KINDS if isinstance(fault, kind))
    return next(known, (500, "kesalahan-program"))


def by_error(visit: Visit, fault: YankomasError) -> Response:
    """Answer with what an error says; one of the archive or of an engine may name folders, so it is told in general."""
    status, _ = status_and_code(fault)
    if isinstance(fault, ReasonAsked):
        onward = visit.page if visit.request.method == "GET" else f"/kasus/{visit.case_number}"
        return ask_why(visit, onward, status)
    if status == 500:
        _log.error("%s: kesalahan program %s di %s", visit.route, type(fault).__name__, place_of(fault))
        remedy = "Tidak ada yang hilang. Mintalah admin menjalankan `yankomas doctor` dan `yankomas verify`."
        return _page(visit, status, "Pekerjaan ini tidak dapat diselesaikan sekarang.", remedy, _kept(visit))
    return _page(visit, status, fault.message, fault.remedy, _kept(visit))


def ask_why(visit: Visit, onward: str, status: int, fault: YankomasError | None = None) -> Response:
    """Ask for what the visitor reads the case that the address names; ``onward`` is where they go on to with it."""
    values = {"number": visit.case_number, "onward": onward, "fault": fault}
    return visit.show("alasan.html", status, title="Untuk apa perkara ini dibaca?", **values)


def by_status(visit: Visit, status: int) -> Response:
    """Answer with the words for a status."""
    fact, remedy = words(status)
    return _page(visit, 403 if status == 419 else status, fact, remedy, _kept(visit))


def _kept(visit: Visit) -> SentInVain | None:
    """Keep what was sent with what went wrong; a form whose token was wrong never got this far."""
    own = visit.visitor is not None and not visit.owner and visit.request.url.path != typed.HERE
    return keep(visit, visit.who.login) if own and visit.form else None


def crowded(fault: Busy, *, again: bool) -> Response:
    """Answer who asks for too much at once: a page that costs nothing, so that it comes at once.

    ``again``: the browser asks again by itself. Five folders opened in windows of their own are no attack.
    """
    return _bare(fault.message, fault.remedy, again=again)


def away(fault: Passing, *, sends: bool) -> Response:
    """Say what went away, by a page that asks nothing of it; ``sends``: a form was sent, and nobody repeats it."""
    return _bare(fault.message, _NOT_TAKEN if sends else fault.remedy, again=not sends)


def away_meanwhile(fault: object, gone: Passing, *, sends: bool) -> Response:
    """Say the same of a page that was begun, and not even of whose ``fault`` a page can be made now.

    Of a fault itself only what is told of all of its kind: others may name folders.
    """
    if isinstance(fault, Uncertain):
        return _bare(fault.message, fault.remedy, again=not sends)
    told = fault if isinstance(fault, YankomasError) and status_and_code(fault)[0] == _BUSY else gone
    return _bare(told.message, _PERHAPS_TAKEN if sends else told.remedy, again=not sends)


def _bare(fact: str, remedy: str, *, again: bool) -> Response:
    page = render("ramai.html", {"fact": fact, "remedy": remedy, "again": RETRY_AFTER if again else ""})
    return HTMLResponse(page, _BUSY, {"retry-after": RETRY_AFTER, **({"refresh": RETRY_AFTER} if again else {})})


def sent_too_late(visit: Visit, owner: str) -> Response:
    """Answer a form of a session that is over or of a role that ended; ``owner`` is whose it is, if that is known."""
    sent = keep(visit, owner)
    if visit.visitor is None:
        return _logged_out(visit, sent)
    if owner not in ("", visit.who.login):
        remedy = "Yang terketik di situ hanya dapat dilanjutkan oleh pemilik sesi itu, sesudah ia masuk lagi."
        return _page(visit, 403, "Formulir ini dibuka dalam sesi akun lain.", remedy)
    if sent is None or not sent.kept or not may_send(visit, sent.draft.form):
        return _page(visit, 403, *words(403), sent)
    if visit.request.url.path == typed.HERE:
        return Response(status_code=204)
    said = "Formulir itu dari sesi yang sudah berakhir. Isinya kembali di bawah ini: periksa, lalu kirim lagi."
    return visit.go(visit.page, said, kind="perhatian")


def _logged_out(visit: Visit, sent: SentInVain | None) -> Response:
    """Answer with the login page; after it the form comes back to the account that typed it."""
    again = sent is not None and sent.kept
    values = {"login": "", "onward": visit.page if again else "/", "fault": None, "news": ""}
    return visit.show("masuk.html", 401, title="Masuk", again=again, sent=sent, **values)


def words(status: int) -> tuple[str, str]:
    """Return the fact and the remedy that people read for a status."""
    return _SAID.get(status, _SAID[400])


def _page(visit: Visit, status: int, fact: str, remedy: str, sent: SentInVain | None = None) -> Response:
    page = visit.show("kesalahan.html", status, title=fact, fact=fact, remedy=remedy, code=status, sent=sent)
    if status == _BUSY:
        page.headers["retry-after"] = RETRY_AFTER
    return page


def wrong_with(fault: YankomasError | None) -> Mapping[str, str]:
    """Return what is wrong with which field."""
    return {name: why for name, (_, why) in fault.fields.items()} if isinstance(fault, Incomplete) else {}
