"""Batches that are being signed beside the pages: each in a thread of its own, so that a page can show how far it is.

A passphrase lives as long as its batch, and nowhere but in this process's memory.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from pipeline.errors import Busy, YankomasError
from pipeline.letters.sign_letters import Fate, SigningResult

#: Batches that are remembered, to be shown once more.
_REMEMBERED = 50


@dataclass(slots=True)
class SigningJob:
    """A batch: whose, how many letters, what has become of each so far, and why it ended early."""

    login: str
    of: int
    results: list[SigningResult] = field(default_factory=list)
    fault: YankomasError | None = None
    broken: bool = False
    ended: threading.Event = field(default_factory=threading.Event)

    @property
    def running(self) -> bool:
        """Whether it is still at work."""
        return not self.ended.is_set()

    @property
    def signed(self) -> int:
        """How many letters are signed."""
        return sum(result.fate is Fate.SIGNED for result in self.results)


#: Signs a batch; tells of each letter at once.
Work = Callable[[Callable[[SigningResult, int, int], None]], object]


class SigningJobs:
    """The batches of one desk. Safe for many threads."""

    def __init__(self) -> None:
        self._lock, self._jobs = threading.Lock(), dict[str, SigningJob]()

    def start(self, login: str, of: int, work: Work) -> str:
        """Begin a batch; return the key of its page.

        Raises:
            Busy: one of theirs is still being signed.
        """
        key, job = secrets.token_urlsafe(12), SigningJob(login, of)
        with self._lock:
            if any(other.login == login and other.running for other in self._jobs.values()):
                raise Busy(
                    "Naskah Anda yang lain sedang ditandatangani.", "Tunggu sampai selesai, lalu tandatangani lagi."
                )
            self._jobs[key] = job
            for old in list(self._jobs)[:-_REMEMBERED]:
                if not self._jobs[old].running:
                    del self._jobs[old]
        threading.Thread(target=_run, args=(job, work), name="yankomas-tanda-tangan", daemon=True).start()
        return key

    def find(self, key: str, login: str) -> SigningJob | None:
        """Return a batch to whoever began it."""
        with self._lock:
            job = self._jobs.get(key)
        return job if job and job.login == login else None


def _run(job: SigningJob, work: Work) -> None:
    try:
        work(lambda result, done, of: job.results.append(result))
    except YankomasError as fault:
        job.fault = fault
    except Exception:  # its words may hold what was typed: the page says that it broke off, and no more
        job.broken = True
    finally:
        job.ended.set()
