"""Which mails a machine may answer: one that a person wrote, to whom the answer comes back (RFC 3834)."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.scans.ports import AnswerTo
from pipeline.scans.renditions.answering import answer_to

HEADS = {
    "Return-Path": "<rahmat@contoh.id>",
    "From": "Rahmat Hidayat <rahmat@contoh.id>",
    "Message-ID": "<a1@contoh.id>",
    "Subject": "Pengaduan",
}


def mail(**heads):
    told = HEADS | {name.replace("_", "-"): said for name, said in heads.items()}
    return "".join(f"{name}: {said}\r\n" for name, said in told.items() if said is not None).encode() + b"\r\nisi\r\n"


def test_a_mail_of_a_person_may_be_answered_to_where_it_came_from():
    assert answer_to(mail()) == AnswerTo("rahmat@contoh.id", "<a1@contoh.id>")
    assert answer_to(mail(Return_Path="<Rahmat@Contoh.id>")).address == "rahmat@contoh.id"
    assert answer_to(mail(Auto_Submitted="no")).address
    assert answer_to(mail(Authentication_Results="mx; spf=pass; dkim=fail; dmarc=pass", Received_SPF="pass")).address
    assert answer_to(mail(Message_ID="a b\x00")) == AnswerTo("rahmat@contoh.id")


@pytest.mark.parametrize(
    "heads",
    [
        {"Return_Path": "<>"},
        {"Return_Path": None},
        {"Return_Path": "<lain@contoh.id>"},
        {"From": "a@contoh.id, b@contoh.id"},
        {"From": "Rahmat"},
        {"From": None},
        {"Auto_Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"Precedence": "list"},
        {"List_Id": "<warta.contoh.id>"},
        {"List_Post": "<mailto:w@contoh.id>"},
        {"List_Unsubscribe": "<mailto:w@contoh.id>"},
        {"X_Auto_Response_Suppress": "All"},
        {"X_Spam_Flag": "YES"},
        {"Content_Type": "multipart/report; boundary=x"},
        {"Received_SPF": "softfail (contoh.id: 10.0.0.1 is not allowed)"},
        {"Authentication_Results": "mx.kantor.contoh; dkim=none; spf=fail smtp.mailfrom=contoh.id"},
        {"Authentication_Results": "mx.kantor.contoh;\r\n spf=pass; dmarc=fail (p=NONE) header.from=contoh.id"},
    ],
    ids=str,
)
def test_a_mail_to_many_of_a_machine_or_of_doubtful_origin_is_not_answered(heads):
    found = answer_to(mail(**heads))

    assert (found.address, bool(found.why)) == ("", True)


@pytest.mark.parametrize(
    "local",
    ["MAILER-DAEMON", "postmaster", "no-reply", "noreply", "do_not_reply", "warta-noreply", "jangan-balas", "owner-w",
     "w-request", "bounces", "x+bounce=1", "noreply+abc"],
)  # fmt: skip
def test_what_nobody_reads_is_not_answered(local):
    address = f"{local}@contoh.id"

    assert answer_to(mail(From=address, Return_Path=f"<{address}>")).why == "alamat pengirimnya tidak dibaca orang"


def test_people_whose_names_begin_alike_are():
    for local in ("norman", "abuser1", "noreplyana", "rooted", "request"):
        assert answer_to(mail(From=f"{local}@contoh.id", Return_Path=f"<{local}@contoh.id>")).address


def test_the_return_path_that_the_server_wrote_counts_not_one_below_it_and_two_senders_are_none():
    forged = b"Return-Path: <korban@contoh.id>\r\n"

    assert answer_to(b"Return-Path: <>\r\n" + forged + mail(Return_Path=None)).address == ""
    assert answer_to(b"From: korban@contoh.id\r\n" + mail()).address == ""


_ENVELOPE = (
    "Authentication-Results: mx.kantor.contoh;\r\n spf=pass (ok) smtp.mailfrom=Rahmat@contoh.id; dmarc=none\r\n",
    "Received-SPF: Pass (mailfrom) identity=mailfrom; client-ip=192.0.2.1; envelope-from=rahmat@contoh.id\r\n",
)


@pytest.mark.parametrize("told", _ENVELOPE)
def test_of_a_server_that_writes_no_return_path_the_envelope_counts_that_it_found_to_be_true(told):
    received = "Received: from pengirim by mx.kantor.contoh; Fri, 27 Nov 2026 08:00:00 +0700\r\n"
    rest = mail(Return_Path=None).decode()

    assert answer_to((told + received + rest).encode()).address == "rahmat@contoh.id"
    for untold in (
        received + told + rest,  # a stranger's own
        told + rest,
        told.replace("rahmat@", "lain@").replace("Rahmat@", "lain@") + received + rest,
        told.replace("ass", "ermerror") + received + rest,
        told.replace("=rahmat@", '="x =rahmat@').replace("=Rahmat@", '="x =Rahmat@') + received + rest,
        told + received + mail(List_Id="<w.contoh.id>", Return_Path=None).decode(),
        "Return-Path: <>\r\n" + told + received + rest,
    ):
        assert not answer_to(untold.encode()).address, untold


@given(st.binary(max_size=300))
def test_no_mail_breaks_its_reader(data):
    with suppress(AssertionError):
        found = answer_to(b"From: a@b.id\nReturn-Path: <a@b.id>\nMessage-ID: " + data)
        assert bool(found.address) is not bool(found.why)
        return
    pytest.fail("neither an address nor a reason")
