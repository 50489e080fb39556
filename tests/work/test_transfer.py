"""A case goes from one office to another: it keeps its number, gets one there, and both journals say so."""

from __future__ import annotations

import threading
from contextlib import nullcontext
from dataclasses import replace
from itertools import count
from types import SimpleNamespace

import pytest
from case_factory import case_of
from central_servers import servers_of_this_run
from fakes import MORNING, FixedClock
from kept_offices import KeptOffice
from psycopg.types.json import Jsonb
from two_offices import CentralOffice
from usual_standing import USUAL

from pipeline.access.drafts import Draft
from pipeline.cases.actor import Actor
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.ports import content
from pipeline.cases.timeline import timeline
from pipeline.cases.transfers import under_way
from pipeline.errors import Busy, Incomplete, NotAllowed, NotFound, Passing, Refused, SettingsFault
from pipeline.office.person import Person
from pipeline.records.acting import act_on
from pipeline.storage.postgres import Transaction
from pipeline.storage.postgres_moving import close_office
from pipeline.wiring import Root, move_out_of_centre
from pipeline.work import transfer
from pipeline.work.tend import tend
from pipeline.work.transfer import DIRECTORATE, TransferParts, accept, note_answers, offer, refuse, withdraw

FIRST = CaseNumber(2026, 1)
HEAD, TEAM, KABID = Actor("kakanwil", "budi"), Actor("tim-yankomas", "ani"), Actor("kabid", "dewi")
WHY = "Kejadiannya di wilayah kantor itu."
ORAL = {"perihal": "Sengketa tanah", "pelapor": ["Siti Rekaan"], "terlapor": "Instansi", "uraian": "Uraian"}


def with_a_letter(office):
    """A letter came, with an attachment that came later."""
    office.drop("surat.pdf", b"Perihal sengketa tanah")
    office.run_once()
    folder = office.inbox_folder / "2026-0001"
    folder.mkdir()
    (folder / "lampiran.pdf").write_bytes(b"Lampiran pertama")
    office.run_once()


def with_a_case(office):
    office.open("lisan", ORAL)


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """Both offices, for every test here as they were made or as one stage left them."""
    bengkulu, jambi = (tmp_path_factory.mktemp(name) for name in ("bengkulu", "jambi"))
    return (
        KeptOffice(CentralOffice(bengkulu / "bengkulu"), bengkulu, with_a_letter),
        KeptOffice(CentralOffice(jambi / "jambi"), jambi, with_a_case),
    )


@pytest.fixture
def opened(kept, tmp_path):
    """What opens the office of a place after a stage; all that were opened are closed at the end."""
    made = []

    def at(place, stage):
        made.append(kept[place].at(stage, tmp_path / ("bengkulu", "jambi")[place]))
        return made[-1]

    yield at
    for office in made:
        office.close()


@pytest.fixture
def offices(opened):
    return [opened(0, 0), opened(1, 0)]


@pytest.fixture
def here(opened):
    """The office where a letter came, with an attachment that came later."""
    return opened(0, 1)


@pytest.fixture
def there(opened):
    """The other office, which has a case already."""
    return opened(1, 1)


def offered(here, there, number=FIRST) -> str:
    """The name of the parcel in which a case was offered."""
    offer(number, there.name, WHY, by=HEAD, parts=here.transfer_parts)
    return there.transfer_parts.exchange.incoming()[-1].id


@pytest.mark.parametrize("receiver", ["jambi", DIRECTORATE])
def test_a_case_whose_content_was_destroyed_goes_nowhere(receiver):
    case = replace(case_of(), documents=(), gone=case_of().documents)
    held = SimpleNamespace(held=lambda _number: nullcontext(SimpleNamespace(case=case)))
    parts = TransferParts(
        None, SimpleNamespace(cabinet=held, clock=FixedClock(MORNING), office=SimpleNamespace(roles=USUAL)), None, None
    )

    with pytest.raises(NotAllowed, match="dimusnahkan"):
        offer(case.number, receiver, WHY, by=HEAD, parts=parts)


def test_a_mail_goes_as_the_mail_that_it_is_and_a_stack_as_it_was_put_in_order(offices):
    here, there = offices
    stack = here.inbox_folder / "bolak-balik"
    stack.mkdir()
    (stack / "tumpukan.pdf").write_bytes(b"PAGES\n-muka\n-balik")
    here.run_once()
    here.drop("surel.eml", b"MAIL Pengaduan\nSaya mengadu")
    here.run_once()
    for number in (FIRST, CaseNumber(2026, 2)):
        accept(offered(here, there, number), by=TEAM, parts=there.transfer_parts)

    ordered, mail = (there.root.case(number) for number in (FIRST, CaseNumber(2026, 2)))

    assert (mail.arrived.name, mail.original.name) == ("01-surat-asli.eml", "01-surat.pdf")
    assert content(there.root.cabinet.blob(mail.number, mail.arrived)) == b"MAIL Pengaduan\nSaya mengadu"
    came = here.root.case(FIRST)
    assert ordered.arrived.sha256 == came.original.sha256
    assert len(ordered.received.documents) == 1


def story(office, number=FIRST) -> list[str]:
    """What the history of a case says."""
    case = office.root.case(number)
    return [happening.title for happening in timeline(case, office.root.sop_of(case))]


def state(office, number=FIRST) -> str:
    case = office.root.case(number)
    return case.state(office.root.sop_of(case).first)


def test_a_case_keeps_its_number_and_gets_one_there_and_both_say_so(here, there):
    parcel = offered(here, there)
    taken = accept(parcel, by=TEAM, parts=there.transfer_parts)
    note_answers(here.transfer_parts)

    assert str(taken.number) == "2026/0002"
    assert here.root.case(FIRST).received.register_number == "0001/BENGKULU/2026"
    assert taken.received.register_number == "0002/JAMBI/2026"
    assert taken.received.person == Person("ani")
    assert f"Ditawarkan kepada kantor {there.name}" in story(here)
    said = timeline(here.root.case(FIRST), here.root.sop_of(here.root.case(FIRST)))[-1]
    assert dict(said.words)["Nomor di kantor itu"] == "0002/JAMBI/2026"
    assert dict(said.words)["Kantor yang menerima"] == there.name
    assert story(there, taken.number)[-1] == (
        f"Dipindahkan ke sini dari kantor {here.name}, nomornya di sana 0001/BENGKULU/2026"
    )


def test_letter_and_attachments_arrive_byte_for_byte_and_are_read_there(here, there):
    taken = accept(offered(here, there), by=TEAM, parts=there.transfer_parts)
    case = tend(taken.number, there.tend_parts)

    came = [document for document in case.documents if document.kind in ("surat", "lampiran")]
    blobs = [content(there.root.cabinet.blob(case.number, document)) for document in came]
    assert blobs == [b"Perihal sengketa tanah", b"Lampiran pertama"]
    assert case.reading is not None
    assert there.root.verify(lambda _done, _of: None) == here.root.verify(lambda _done, _of: None) == []


@pytest.mark.parametrize(("days", "to"), [(0, "tidak-berwenang"), (2, "surat-tidak-berwenang")])
def test_until_it_is_taken_the_case_goes_on_here_and_then_it_is_another_offices(offices, days, to):
    """By the newer edition of the SOP its complainant is still to be told; by that of 2024 it has ended."""
    here, there = offices
    here.clock.forward(days=days)
    here.drop("surat.pdf", b"Perihal sengketa tanah")
    here.run_once()
    before, parcel = state(here), offered(here, there)
    assert under_way(here.root.case(FIRST)).office == there.name

    accept(parcel, by=TEAM, parts=there.transfer_parts)
    assert state(here) == before  # nobody told this office yet
    assert note_answers(here.transfer_parts) == 1

    assert state(here) == to
    assert under_way(here.root.case(FIRST)) is None
    case = here.root.case(FIRST)
    assert here.root.rows.row(FIRST).final == here.root.sop_of(case).state(to).final


def test_what_is_refused_stays_and_may_be_offered_again(here, there):
    before = state(here)
    refuse(offered(here, there), "Bukan wilayah kami.", by=KABID, parts=there.transfer_parts)
    note_answers(here.transfer_parts)

    assert state(here) == before
    assert story(here)[-1] == f"Ditolak kantor {there.name}: Bukan wilayah kami."
    assert there.root.cabinet.numbers() == [FIRST]
    assert there.transfer_parts.exchange.incoming() == []

    accept(offered(here, there), by=TEAM, parts=there.transfer_parts)
    assert len(there.root.cabinet.numbers()) == 2


def test_a_case_whose_folder_is_held_is_not_offered_until_that_is_over(here, there):
    archivist, parts = Actor("arsiparis", "ita"), here.root.record_parts
    act_on(FIRST, "tahan", {"alasan": "Gugatan"}, by=archivist, parts=parts)

    with pytest.raises(NotAllowed, match="ditahan"):
        offered(here, there)
    act_on(FIRST, "lepas-tahanan", {"alasan": "Selesai"}, by=archivist, parts=parts)

    assert offered(here, there)


def test_a_case_is_offered_once_at_a_time(here, there):
    offered(here, there)

    with pytest.raises(NotAllowed, match="sudah ditawarkan"):
        offered(here, there)
    assert story(here).count(f"Ditawarkan kepada kantor {there.name}") == 1


def test_what_is_taken_back_is_answered_by_nobody_and_may_be_offered_again(here, there, tmp_path):
    parcel, before = offered(here, there), state(here)
    withdraw(parcel, by=HEAD, parts=here.transfer_parts)

    assert there.transfer_parts.exchange.incoming() == []
    with pytest.raises(NotFound, match="tidak menunggu"):
        accept(parcel, by=TEAM, parts=there.transfer_parts)
    with pytest.raises(NotFound, match="tidak menunggu"):
        withdraw(parcel, by=HEAD, parts=here.transfer_parts)
    assert state(here) == before
    assert under_way(here.root.case(FIRST)) is None
    assert story(here)[-1] == f"Ditarik kembali dari {there.name}, belum dijawab"
    assert note_answers(here.transfer_parts) == 0
    (sent,) = here.transfer_parts.exchange.sent(9)
    assert (sent.taken, sent.withdrawn) == (False, True)
    assert there.root.database.row("SELECT antar.isi_berkas(%s, 0)", (int(parcel),)) == (None,)

    third = CentralOffice(tmp_path / "riau")
    offer(FIRST, third.name, WHY, by=HEAD, parts=here.transfer_parts)
    assert len(third.transfer_parts.exchange.incoming()) == 1
    third.close()


def test_who_did_not_send_it_or_may_not_takes_nothing_back(here, there):
    parcel = offered(here, there)

    with pytest.raises(NotAllowed, match="tidak berwenang"):
        withdraw(parcel, by=KABID, parts=here.transfer_parts)
    for wrong in (parcel, "x9", "999999"):
        with pytest.raises(NotFound):
            withdraw(wrong, by=HEAD, parts=there.transfer_parts)
    accept(parcel, by=TEAM, parts=there.transfer_parts)
    with pytest.raises(NotFound):
        withdraw(parcel, by=HEAD, parts=here.transfer_parts)


def test_no_office_moves_out_while_parcels_are_open_and_none_is_sent_to_one_that_left(here, there):
    sender, receiver = here.root.database, there.root.database
    parcel = offered(here, there)
    here.root.people.accounts.make("siti", "Siti Rekaan", [], MORNING)
    assert here.root.drafts.keep("siti", Draft("/buka/lisan", "/", MORNING, (("i.uraian", "Tanah"),)))
    for database in (sender, receiver):
        with pytest.raises(NotAllowed, match=f"no. {parcel} .{here.name} kepada {there.name}"):
            close_office(database, "tanda")
    with pytest.raises(NotAllowed, match="masih terbuka"):
        move_out_of_centre(here.root.layout.root, lambda _done, _of: None)
    assert not here.root.layout.moving.exists()  # the folder goes on
    assert not (here.root.layout.people / "ketikan").exists()  # and no draft lies there that comes back once it is sent
    assert under_way(here.root.case(FIRST)) is not None  # neither of them is closed
    taken = accept(parcel, by=TEAM, parts=there.transfer_parts)
    with pytest.raises(NotAllowed):  # its answer is not noted yet
        close_office(sender, "tanda")
    note_answers(here.transfer_parts)

    close_office(sender, "tanda")
    close_office(sender, "tanda")  # gone on with
    assert here.name not in there.transfer_parts.exchange.receivers()
    with pytest.raises(NotFound, match="tidak ada di pusat"):
        offered(there, here, taken.number)


def test_nobody_sends_to_an_office_while_it_moves_out(here, there):
    begun, closed = threading.Event(), threading.Event()
    ends = []

    def send():
        begun.set()
        try:
            offer(FIRST, there.name, WHY, by=HEAD, parts=here.transfer_parts)
        except NotFound:
            ends.append(closed.is_set())

    sender = threading.Thread(target=send)
    with there.root.database.transaction():
        close_office(there.root.database, "tanda")
        sender.start()
        begun.wait()
        sender.join(0.5)
        assert sender.is_alive()
        closed.set()
    sender.join()

    assert ends == [True]
    assert there.transfer_parts.exchange.incoming() == []


def test_nothing_is_taken_twice(here, there):
    parcel = offered(here, there)
    accept(parcel, by=TEAM, parts=there.transfer_parts)

    with pytest.raises(NotFound, match="tidak menunggu"):
        accept(parcel, by=TEAM, parts=there.transfer_parts)
    with pytest.raises(NotFound):
        refuse(parcel, "Terlambat", by=KABID, parts=there.transfer_parts)
    assert len(there.root.cabinet.numbers()) == 2


def test_of_two_who_take_it_at_once_one_does(here, there):
    parcel, ends = offered(here, there), []

    def take():
        try:
            ends.append(str(accept(parcel, by=TEAM, parts=there.transfer_parts).number))
        except (NotFound, Busy) as fault:
            ends.append(type(fault).__name__)

    takers = [threading.Thread(target=take) for _ in range(4)]
    for taker in takers:
        taker.start()
    for taker in takers:
        taker.join()

    assert ends.count("2026/0002") == 1
    assert set(ends) <= {"2026/0002", "NotFound", "Busy"}  # who waits too long on a busy machine is told so
    assert len(there.root.cabinet.numbers()) == 2


def test_answers_are_noted_once_however_often_they_are_looked_for(here, there):
    accept(offered(here, there), by=TEAM, parts=there.transfer_parts)

    assert [note_answers(here.transfer_parts) for _ in range(3)] == [1, 0, 0]
    assert story(here).count(f"Pindah ke kantor {there.name}") == 1


def test_a_case_that_cannot_be_written_keeps_no_other_from_its_answer(here, there, monkeypatch):
    second = here.open("lisan", {**ORAL, "perihal": "Hal lain"})
    for number in (FIRST, second):
        accept(offered(here, there, number), by=TEAM, parts=there.transfer_parts)
    parts, root = here.transfer_parts, here.root

    def sop(case):
        if case.number == FIRST:
            raise SettingsFault("Edisi SOP itu tidak terpasang.", "Pasang edisi itu.")
        return root.sop_of(case)

    broken = replace(parts, deciding=replace(parts.deciding, sop=sop))
    looked = []
    monkeypatch.setattr(type(root), "transfer_parts", lambda *_: broken)
    monkeypatch.setattr(type(root.figure_reports), "look", lambda _: looked.append(1))
    with pytest.raises(SettingsFault, match="tidak terpasang"):
        root.follow_centre()

    assert story(here, second)[-1] == f"Pindah ke kantor {there.name}"
    assert story(here)[-1] == f"Ditawarkan kepada kantor {there.name}"
    assert looked == [1]
    assert note_answers(parts) == 1


class Cut(BaseException):
    """The process is gone."""


@pytest.mark.parametrize("act", ["offer", "accept", "refuse", "note", "withdraw"])
def test_whoever_is_killed_in_between_leaves_all_of_it_or_nothing(here, there, monkeypatch, act):
    """Ended before each of its statements in turn; done again, everything is there once."""
    run = Transaction.execute

    def attempt():
        waiting = [p.id for p in there.transfer_parts.exchange.incoming()]
        if act == "offer":
            return offer(FIRST, there.name, WHY, by=HEAD, parts=here.transfer_parts)
        if act == "accept":
            return accept(waiting[-1], by=TEAM, parts=there.transfer_parts)
        if act == "refuse":
            return refuse(waiting[-1], "Bukan wilayah kami.", by=KABID, parts=there.transfer_parts)
        if act == "withdraw":
            return withdraw(waiting[-1], by=HEAD, parts=here.transfer_parts)
        return note_answers(here.transfer_parts)

    if act != "offer":
        offered(here, there)
    if act == "note":
        accept(there.transfer_parts.exchange.incoming()[-1].id, by=TEAM, parts=there.transfer_parts)
    before = [story(here), there.root.cabinet.numbers(), len(there.transfer_parts.exchange.incoming())]

    for last in count():
        left = last

        def cut(self, statement, values=()):
            nonlocal left
            if not statement.lstrip().upper().startswith("SELECT") or "antar." in statement:
                left -= 1
                if left < 0:
                    raise Cut
            return run(self, statement, values)

        monkeypatch.setattr(Transaction, "execute", cut)
        try:
            attempt()
        except Cut:
            monkeypatch.setattr(Transaction, "execute", run)
            after = [story(here), there.root.cabinet.numbers(), len(there.transfer_parts.exchange.incoming())]
            assert after == before
            continue
        finally:
            monkeypatch.setattr(Transaction, "execute", run)
        break

    assert last > 0
    assert [story(here), there.root.cabinet.numbers(), len(there.transfer_parts.exchange.incoming())] != before
    assert here.root.verify(lambda _done, _of: None) == there.root.verify(lambda _done, _of: None) == []


def test_a_complaint_that_the_other_office_has_already_is_that_case(here, there):
    there.drop("sama.pdf", b"Perihal sengketa tanah")
    there.run_once()

    taken = accept(offered(here, there), by=TEAM, parts=there.transfer_parts)

    assert str(taken.number) == "2026/0002"
    assert there.root.cabinet.numbers() == [FIRST, CaseNumber(2026, 2)]


@pytest.mark.parametrize("days", [0, 2])
def test_a_case_that_is_sent_back_is_taken_once_somebody_handles_it_here(offices, days):
    """By the newer edition of the SOP its complainant is still to be told; by that of 2024 it has ended."""
    here, there = offices
    here.clock.forward(days=days)
    here.drop("surat.pdf", b"Perihal sengketa tanah")
    here.run_once()
    taken = accept(offered(here, there), by=TEAM, parts=there.transfer_parts)
    note_answers(here.transfer_parts)
    back, before = offered(there, here, taken.number), here.root.case(FIRST).entries

    with pytest.raises(NotAllowed, match=r"sudah (pindah|berakhir)") as fault:
        accept(back, by=TEAM, parts=here.transfer_parts)

    assert "kembali" in fault.value.remedy.casefold()
    assert here.root.case(FIRST).entries == before
    assert note_answers(there.transfer_parts) == 0
    assert under_way(there.root.case(taken.number)).office == here.name

    move, role = ("kembalikan", "tim-yankomas") if days else ("buka-kembali", "kabid")
    here.decide(FIRST, move, role, {"alasan": "Kantor itu mengirimnya kembali."})
    assert accept(back, by=TEAM, parts=here.transfer_parts).number == FIRST
    assert not here.root.rows.row(FIRST).final


def test_a_twin_that_has_ended_is_opened_again_before_it_takes_a_parcel(here, there):
    there.drop("sama.pdf", b"Perihal sengketa tanah")
    there.run_once()
    twin = CaseNumber(2026, 2)
    there.decide(twin, "cabut", "tim-yankomas", {"sebab": "dianggap mencabut", "alasan": "Rekaan"})
    parcel = offered(here, there)

    with pytest.raises(NotAllowed, match="sudah berakhir"):
        accept(parcel, by=TEAM, parts=there.transfer_parts)

    there.decide(twin, "buka-kembali", "kabid", {"alasan": "Diserahkan kantor lain."})
    assert accept(parcel, by=TEAM, parts=there.transfer_parts).number == twin


def test_what_is_secret_there_is_never_added_to_a_case_that_all_may_read(here, there):
    there.drop("sama.pdf", b"Perihal sengketa tanah")
    there.run_once()
    here.decide(FIRST, "koreksi", "tim-yankomas", {"sifat": "rahasia", "alasan": "Pelapor terancam."})
    parcel, twin = offered(here, there), CaseNumber(2026, 2)
    before = len(there.root.case(twin).entries)

    with pytest.raises(NotAllowed, match="tidak rahasia") as fault:
        accept(parcel, by=TEAM, parts=there.transfer_parts)

    assert "koreksi" in fault.value.remedy
    assert len(there.root.case(twin).entries) == before
    assert len(there.transfer_parts.exchange.incoming()) == 1

    there.decide(twin, "koreksi", "tim-yankomas", {"sifat": "rahasia", "alasan": "Di kantor pengirim rahasia."})
    assert accept(parcel, by=TEAM, parts=there.transfer_parts).number == twin
    assert there.root.rows.row(twin).secret


def test_what_was_told_at_the_counter_goes_along_with_its_answers(offices):
    here, there = offices
    number = here.open("lisan", {**ORAL, "tempat_kejadian": "Kabupaten Seluma"})

    taken = accept(offered(here, there, number), by=TEAM, parts=there.transfer_parts)

    assert taken.received.channel == "lisan"
    assert taken.register["perihal"] == "Sengketa tanah"
    assert taken.received.documents[0].name == "01-catatan.txt"
    assert taken.received.warnings == ()


def test_a_secret_case_is_secret_there_from_its_first_moment_and_its_subject_is_not_listed(offices):
    here, there = offices
    number = here.open("lisan", {**ORAL, "sifat": "rahasia"})
    parcel = offered(here, there, number)

    assert there.transfer_parts.exchange.incoming()[0].told["perihal"] == ""
    taken = accept(parcel, by=TEAM, parts=there.transfer_parts)
    assert there.root.rows.row(taken.number).secret


def test_what_another_office_was_told_stays_true_until_it_answers(offices):
    here, there = offices
    here.drop("dua.pdf", b"PAGES\n-satu\n-dua\n-tiga")
    here.run_once()
    second = here.open("lisan", ORAL)
    parcel, secret = offered(here, there), {"sifat": "rahasia", "alasan": "Pelapor terancam."}
    before = here.root.case(FIRST).entries

    with pytest.raises(NotAllowed, match="belum dijawab") as fault:
        here.decide(FIRST, "koreksi", "tim-yankomas", secret)
    assert f"Tarik dahulu kiriman {parcel}" in fault.value.remedy
    with pytest.raises(NotAllowed, match="belum dijawab"):
        here.decide(FIRST, "pisahkan", "tim-yankomas", {"halaman": "3"})
    here.decide(second, "koreksi", "tim-yankomas", secret)
    with pytest.raises(NotAllowed, match="Perkara 2026/0001 sudah dikirim"):
        here.decide(second, "gabung", "tim-yankomas", {"perkara_induk": "2026/0001", "alasan": "Hal yang sama"})
    assert here.root.case(FIRST).entries == before

    here.decide(FIRST, "koreksi", "tim-yankomas", {"perihal": "Lahan", "alasan": "Salah baca"})  # anything else goes on
    withdraw(parcel, by=HEAD, parts=here.transfer_parts)
    here.decide(FIRST, "koreksi", "tim-yankomas", secret)
    taken = accept(offered(here, there), by=TEAM, parts=there.transfer_parts)
    assert there.root.rows.row(taken.number).secret


@pytest.mark.parametrize("act", ["accept", "refuse", "withdraw"])
def test_of_a_parcel_that_was_answered_no_name_stays_at_the_exchange(offices, act):
    here, there = offices
    parcel = offered(here, there, here.open("lisan", ORAL))
    if act == "accept":
        accept(parcel, by=TEAM, parts=there.transfer_parts)
    elif act == "refuse":
        refuse(parcel, "Bukan wilayah kami.", by=KABID, parts=there.transfer_parts)
    else:
        withdraw(parcel, by=HEAD, parts=here.transfer_parts)

    (sent,) = here.transfer_parts.exchange.sent(9)
    assert sorted(sent.told) == ["kantor", "nomor_register", "rahasia"]
    assert sent.told["nomor_register"] == "0001/BENGKULU/2026"


def test_pages_that_became_another_case_do_not_go_along(offices):
    here, there = offices
    here.drop("dua.pdf", b"PAGES\n-satu\n-dua\n-tiga")
    here.run_once()
    here.decide(FIRST, "pisahkan", "tim-yankomas", {"halaman": "3"})

    taken = accept(offered(here, there), by=TEAM, parts=there.transfer_parts)

    letter = content(there.root.cabinet.blob(taken.number, taken.original))
    assert letter == b"PAGES\n-satu\n-dua"
    assert taken.received.pages == 2


def test_a_file_that_may_not_come_in_is_refused_there_whatever_its_sender_says(here, there, monkeypatch):
    parcel = offered(here, there)

    def refused(_blob):
        raise Refused("jenis", "Jenis berkas ini tidak diterima.", "Kirim sebagai PDF.")

    monkeypatch.setattr(there.reader, "inspect", refused)

    with pytest.raises(Refused):
        accept(parcel, by=TEAM, parts=there.transfer_parts)

    assert len(there.transfer_parts.exchange.incoming()) == 1
    assert there.root.cabinet.numbers() == [FIRST]


def meddled(there, parcel, **told) -> None:
    """Change what a parcel says of itself, as another office's role or another version of the program could."""
    with servers_of_this_run().as_owner(there.root.database) as owner, owner.transaction() as running:
        running.execute("UPDATE antar.kiriman SET isi = isi || %s WHERE id = %s", (Jsonb(told), int(parcel)))


def test_what_is_said_to_be_typed_is_looked_into_too(here, there):
    parcel = offered(here, there)
    meddled(there, parcel, berkas=[{"nama": "catatan.txt", "media": "text/plain", "akhiran": "txt", "halaman": 0}])
    changed = "UPDATE antar.berkas SET isi = %s, sidik = sha256(%s) WHERE kiriman = %s AND ke = 0"
    for data, said in (
        (b"\xff\xfe%PDF", "bukan teks"),
        (b"a\0b", "tidak dapat dicetak"),
        (b"a" * 1_000_001, "panjang"),
    ):
        with servers_of_this_run().as_owner(there.root.database) as owner, owner.transaction() as running:
            running.execute(changed, (data, data, int(parcel)))

        with pytest.raises(Refused, match=said):
            accept(parcel, by=TEAM, parts=there.transfer_parts)

    assert there.root.cabinet.numbers() == [FIRST]
    assert len(there.transfer_parts.exchange.incoming()) == 1


def test_what_the_senders_register_says_is_read_as_the_form_here_has_it(offices):
    here, there = offices
    people = [{"nama": "Siti Rekaan", "alamat": "Jalan Rekaan 1"}, {"nama": "Budi Rekaan"}]
    number = here.open("lisan", {**ORAL, "pelapor": people, "tempat_kejadian": "Kabupaten Seluma"})
    parcel = offered(here, there, number)
    sent = there.transfer_parts.exchange.incoming()[0].told["register"]
    wrong = {"sifat": ["bukan sifat"], "perihal": {"a": 1}, "diterima_pada": "2020-01-01", "nomor_agenda": "77"}
    meddled(there, parcel, register={**sent, **wrong, "rekaan": "x"})

    received = accept(parcel, by=TEAM, parts=there.transfer_parts).received

    assert received.register == {name: value for name, value in sent.items() if name not in ("perihal", "sifat")}
    assert [w for w in received.warnings if "Perihal" in w]


def test_a_case_of_which_every_page_left_is_not_offered(here, there, monkeypatch):
    monkeypatch.setattr(transfer, "own_pages", lambda *_: ())

    with pytest.raises(NotAllowed, match="sudah menjadi perkara lain"):
        offered(here, there)


def test_who_may_not_send_does_not(here, there):
    for role in ("tim-yankomas", "kabid", "kadiv", "arsiparis", "admin"):
        with pytest.raises(NotAllowed, match="tidak berwenang"):
            offer(FIRST, there.name, WHY, by=Actor(role, "x"), parts=here.transfer_parts)
    assert there.transfer_parts.exchange.incoming() == []


def test_who_may_not_take_or_refuse_does_not(here, there):
    parcel = offered(here, there)

    with pytest.raises(NotAllowed):
        accept(parcel, by=Actor("arsiparis", "x"), parts=there.transfer_parts)
    with pytest.raises(NotAllowed):
        refuse(parcel, "Tidak", by=TEAM, parts=there.transfer_parts)
    with pytest.raises(Incomplete):
        refuse(parcel, "  ", by=KABID, parts=there.transfer_parts)
    assert len(there.transfer_parts.exchange.incoming()) == 1


def test_to_nobody_to_oneself_without_a_reason_or_after_the_end_nothing_is_sent(here, there):
    parts = here.transfer_parts
    with pytest.raises(NotFound, match="tidak ada di pusat"):
        offer(FIRST, "atlantis", WHY, by=HEAD, parts=parts)
    with pytest.raises(NotFound):
        offer(FIRST, here.name, WHY, by=HEAD, parts=parts)
    with pytest.raises(Incomplete):
        offer(FIRST, there.name, "", by=HEAD, parts=parts)
    with pytest.raises(NotFound):
        offer(CaseNumber(2026, 99), there.name, WHY, by=HEAD, parts=parts)
    here.decide(FIRST, "cabut", "tim-yankomas", {"sebab": "dianggap mencabut", "alasan": "Rekaan"})
    with pytest.raises(NotAllowed, match="sudah berakhir"):
        offer(FIRST, there.name, WHY, by=HEAD, parts=parts)
    assert there.transfer_parts.exchange.incoming() == []


def test_a_case_that_ended_meanwhile_is_told_that_it_was_taken_and_stays_ended(here, there):
    parcel = offered(here, there)
    here.decide(FIRST, "cabut", "tim-yankomas", {"sebab": "dianggap mencabut", "alasan": "Rekaan"})
    accept(parcel, by=TEAM, parts=there.transfer_parts)

    note_answers(here.transfer_parts)

    assert state(here) == "dicabut"
    assert story(here)[-1] == f"Diterima {there.name}"


def test_an_office_sees_only_what_is_addressed_to_it_or_sent_by_it(here, there, tmp_path):
    parcel, third = offered(here, there), CentralOffice(tmp_path / "riau")
    exchange = third.transfer_parts.exchange

    assert exchange.incoming() == exchange.sent(9) == exchange.answers() == []
    with pytest.raises(NotFound):
        accept(parcel, by=TEAM, parts=third.transfer_parts)
    for question in (
        "SELECT * FROM antar.kiriman",
        "SELECT * FROM antar.berkas",
        "INSERT INTO antar.kiriman (asal, tujuan, tahun, urut, isi) VALUES ('x', 'y', 1, 1, '{}')",
        "SELECT * FROM antar.angka",
    ):
        with pytest.raises(Exception, match="permission denied"):
            third.root.database.rows(question)
    assert third.root.database.row("SELECT antar.jawab(%s, 'diterima', 'palsu', '')", (int(parcel),)) == (False,)
    assert third.root.database.row("SELECT antar.isi_berkas(%s, 0)", (int(parcel),)) == (None,)
    third.root.database.rows("SELECT antar.catat(%s)", (int(parcel),))
    third.root.database.rows("SELECT antar.lampirkan(%s, 9, 'x')", (int(parcel),))
    third.close()
    assert accept(parcel, by=TEAM, parts=there.transfer_parts).number == CaseNumber(2026, 2)


def test_a_centre_that_is_away_changes_nothing(here, there, monkeypatch):
    def away(*_):
        raise Passing("Basis data pusat tidak dapat dihubungi.")

    parts = here.transfer_parts
    monkeypatch.setattr(parts.exchange, "send", away)
    before = story(here)

    with pytest.raises(Passing):
        offer(FIRST, there.name, WHY, by=HEAD, parts=parts)

    assert story(here) == before


def test_an_office_on_one_pc_has_no_other(tmp_path, office):
    if isinstance(office.root, Root) and not office.root.is_central:
        with pytest.raises(Exception, match="tidak disimpan di pusat"):
            office.root.transfer_parts(lambda: None, lambda: None)
