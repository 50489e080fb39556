"""Pages as a sandboxed child reads them, the second of which (or all of them) fares badly, as the ``media`` says."""

import os
import signal
import time

from pipeline.errors import Refused
from pipeline.scans.confinement.framing import Message
from pipeline.scans.words import Page, Word, page_to_json

#: What this child has read last.
_last = [-1]


def _page(arguments, blobs):
    index, how = arguments["index"], arguments["media"]
    before, _last[0] = _last[0], index
    if index == 1 or how == "all crash":
        match how:
            case "crash" | "all crash":
                os.kill(os.getpid(), signal.SIGSEGV)
            case "crash after the first":
                if before == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
            case "hang":
                time.sleep(600)
            case "fail":
                raise ValueError("a page without size")
            case "too heavy":
                raise Refused("terlalu-berat", "Terlalu berat.", "Pindai ulang.")
            case "lie":
                return Message({"page": [1, "wide"], "spent": 0.1})
            case "take another's number":
                index = 4
            case "say nothing":
                return Message("")
    words = (Word(f"halaman{index + 1}", (0.1, 0.1, 0.3, 0.12), 0.9, 0),)
    return Message({"page": page_to_json(Page(index + 1, 595, 842, words, words[0].text, "ocr")), "spent": 0.1})


OPERATIONS = {"page": _page}
