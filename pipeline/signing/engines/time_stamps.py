"""Asks a time stamp server (RFC 3161) for proofs of a moment."""

from __future__ import annotations

from asn1crypto import tsp
from pyhanko.sign.timestamps.api import TimeStamper

from pipeline.errors import Passing
from pipeline.signing.engines.http_asking import ask

_SECONDS = 20.0
_WHO = "Server cap waktu"


class StampServer(TimeStamper):
    """A time stamp server at an address."""

    def __init__(self, address: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._address = address

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Send a request; return the answer.

        Raises:
            Passing: the server cannot be reached, or gives no time stamp.
        """
        headers = {"content-type": "application/timestamp-query", "accept": "application/timestamp-reply"}
        answer = ask(self._address, req.dump(), headers, _SECONDS, _WHO)
        try:
            if answer.status == 200:
                return tsp.TimeStampResp.load(answer.body, strict=True)
        except ValueError:
            pass
        raise Passing(f"{_WHO} tidak memberi cap waktu ({answer.status}).", "Coba lagi nanti.")
