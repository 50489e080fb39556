"""*Keaslian naskah*: whoever holds a letter asks whether it is ours, by the code on it or by its file. No session.

A file is only hashed as it comes: it is never opened, and nothing of it is kept. Guessing is slowed as at *cek status*.
"""

from __future__ import annotations

from starlette.responses import Response

from pipeline.access.failed_tries import AUTHENTICITY, AUTHENTICITY_EVERYWHERE
from pipeline.access.rights import Right
from pipeline.desk.code_tries import tried
from pipeline.desk.gate import Pages
from pipeline.desk.lanes import Lane
from pipeline.desk.visit import Visit
from pipeline.errors import Denied, NotFound, YankomasError
from pipeline.letters.authenticity import Authenticity, authenticity

pages = Pages()
_TITLE = "Keaslian naskah"
_FORM_LIMIT = 4096  # bytes beside the file
_FILE_LIMIT = 50_000_000  # bytes of the file


@pages.get("/keaslian", Right.ANYONE, Lane.QUICK)
def ask(visit: Visit) -> Response:
    """Show the question; what is in the address (from the code on a letter) is answered at once."""
    code = visit.asked("kode")
    return _answer(visit, code, "") if code else _question(visit)


@pages.post("/keaslian", Right.ANYONE, Lane.QUICK, limit=_FORM_LIMIT, uploads="hash", largest=_FILE_LIMIT)
def answer(visit: Visit) -> Response:
    """Show whether the letter is ours."""
    sent = next((upload for upload in visit.uploads if upload.size), None)
    code = visit.text("kode")
    if not code and sent is None:
        return _question(
            visit, NotFound("Belum ada yang ditanyakan.", "Ketik kodenya, atau pilih berkas PDF-nya."), 422
        )
    return _answer(visit, code, sent.sha256 if sent else "")


def _answer(visit: Visit, code: str, sha256: str) -> Response:
    def find() -> Authenticity:
        return authenticity(code, sha256, visit.desk.root.authenticity_parts)

    try:
        found = tried(visit, AUTHENTICITY, AUTHENTICITY_EVERYWHERE, find)
    except Denied as fault:
        return _question(visit, fault, 429)
    except NotFound as fault:
        return _question(visit, fault, 404)
    return visit.show("keaslian-jawaban.html", title=_TITLE, found=found)


def _question(visit: Visit, fault: YankomasError | None = None, status: int = 200) -> Response:
    """Show the question, with what went wrong; what was typed is not repeated."""
    return visit.show("keaslian.html", status, title=_TITLE, fault=fault)
