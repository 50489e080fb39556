"""The requests of tests find it when the desk does not answer as a server must."""

from __future__ import annotations

import pytest
from web_desk import Browser

BEGUN = {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]}


def body(data: bytes, *, more: bool = False) -> dict:
    return {"type": "http.response.body", "body": data, "more_body": more}


def answered(*messages: dict) -> bytes:
    async def app(_scope, _receive, send) -> None:
        for message in messages:
            await send(message)

    with Browser(app) as browser:
        return browser.get("/").content


def test_an_answer_in_parts_is_one():
    assert answered(BEGUN, body(b"a", more=True), body(b"b")) == b"ab"


@pytest.mark.parametrize(
    "messages",
    [
        (BEGUN, BEGUN, body(b"ab")),
        (body(b"ab"), BEGUN),
        (BEGUN, body(b"ab"), body(b"")),
        (BEGUN, body(b"ab", more=True)),
        (BEGUN, body(b"abc")),
    ],
    ids=["begun twice", "body first", "behind its end", "no end", "longer than it says"],
)
def test_an_answer_that_no_server_could_send_is_found(messages):
    with pytest.raises(AssertionError, match=r"answer|says"):
        answered(*messages)
