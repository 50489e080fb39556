"""The agents of remote offices, as a desk hears of them: which program each runs, and whether both are understood.

An agent says it with every request, in the header *User-Agent* (RFC 9110, section 10.1.5). One of a version before it
was said speaks the first form. What is not understood waits at the agent: the answer is one after which no version of
it lets go of a file.
"""

from __future__ import annotations

import re
import socket
from dataclasses import dataclass
from datetime import datetime

import pipeline
from pipeline.errors import Passing

#: The form in which agents hand over and are answered; another one is given to what the other side misunderstands.
FORM = 1
_SAID = re.compile(r"yankomas-agen/([\w.+-]{1,32}) \(bentuk (\d{1,6}); ([\w.-]{0,64})\)")
_WRITTEN = "%d-%m-%Y %H.%M"


@dataclass(frozen=True, slots=True)
class AgentSign:
    """That an agent came: when, by which token (its name), on which machine, with which program and form.

    Machine and program are empty where an earlier version did not say them.
    """

    token: str
    machine: str
    program: str
    form: int
    at: datetime

    @property
    def fits(self) -> bool:
        """Whether what it says is understood here."""
        return self.form == FORM

    @property
    def is_other(self) -> bool:
        """Whether its program is of another version than this."""
        return self.program != pipeline.__version__

    @property
    def words(self) -> str:
        """What is said of it."""
        where = f" di {self.machine}" if self.machine else ""
        program = f"versi {self.program}, bentuk {self.form}" if self.program else "versi yang belum menyebut dirinya"
        last = f"terakhir {self.at:{_WRITTEN}}"
        if not self.fits:
            return f"agen {self.token}{where} ({program}) tidak dipahami di sini; berkasnya menunggu di sana ({last})"
        return f"agen {self.token}{where} ({program}; {last})"

    def require_understood(self) -> None:
        """Make sure that what it hands over is understood here.

        Raises:
            Passing: it is not: the file stays where it is.
        """
        if not self.fits:
            older = "agen ini lebih lama" if self.form < FORM else "agen ini lebih baru"
            raise Passing(
                f"Titipan belum diterima: {older} daripada program di pusat (bentuk {self.form}, di sini {FORM}).",
                "Pasang versi program yang sama di kedua mesin; berkasnya menunggu dan tidak hilang.",
            )


def said_of_itself() -> str:
    """Return what this program says of itself when it is an agent."""
    machine = re.sub(r"[^\w.-]", "_", socket.gethostname(), flags=re.ASCII)[:64]
    return f"yankomas-agen/{pipeline.__version__} (bentuk {FORM}; {machine})"


def heard_of(said: str, token: str, at: datetime) -> AgentSign:
    """Return what an agent says of itself as *said* begins; one that says nothing is of an earlier version."""
    if found := _SAID.match(said):
        return AgentSign(token, found[3], found[1], int(found[2]), at)
    return AgentSign(token, "", "", FORM, at)
