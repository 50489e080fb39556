"""An official hands over to a deputy for some days, and desk, papers, history and programs follow without a restart."""

from __future__ import annotations

import json
import os
import shutil
from datetime import date, timedelta
from getpass import getuser

import pytest
from fakes import MORNING, FixedClock
from offices import FakeOffice, laid_out
from web_desk import WebDesk, posts_in

from pipeline.access.deputies import Asked, By, hand_over, take_back
from pipeline.access.store.people import SqlitePeople
from pipeline.backup.store.back_up import back_up
from pipeline.backup.store.restore import restore
from pipeline.cases.actor import Actor
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.decide import decide
from pipeline.cli import main
from pipeline.errors import NotAllowed, Passing
from pipeline.letters.sheets.texts import signer
from pipeline.wiring import Root, office_in
from pipeline.work.engines import doctor

FIRST = CaseNumber(2026, 1)
CASE = "/kasus/2026/0001"
CONFIRMED = {
    "cara_penyampaian": "surat",
    "perihal": "Sengketa tanah rekaan",
    "pelapor": [{"nama": "Siti Rekaan"}],
    "terlapor": ["Kantor Contoh"],
    "ringkasan": "Tanah dipagari.",
    "hak": ["rasa aman"],
}
HANDED = {"peran": "kakanwil", "kepada": "dewi", "sebagai": "Plh.", "mulai": "2026-11-25", "sampai": "2026-11-27"}
PLH = "Plh. Kepala Kantor Wilayah"


class HandingDesk(WebDesk):
    """A desk with the head of the office (budi), the head's secretary (siti), a head of division (dewi), an admin."""

    def __init__(self, folder) -> None:
        laid_out(folder)
        posts_in(folder)
        super().__init__(folder)
        self.account("budi", name="Budi Rekaan", nip="1970")
        self.account("dewi", name="Dewi Rekaan", nip="1980")
        self.people.accounts.take("dewi", ["kadiv"], MORNING - timedelta(days=30))
        self.account("siti", "kakanwil", name="Siti Rekaan", nip="1990")
        self.account("ani", "admin", name="Ani Rekaan")
        self.office.drop("surat.pdf", b"Pengaduan")
        self.office.run_once()
        self.office.decide(FIRST, "konfirmasi", "tim-yankomas", CONFIRMED)
        self.office.decide(FIRST, "sampaikan", "tim-yankomas")

    def hand(self, login="budi", **changed):
        return self.come_in(login).post_form("/alih-tugas", {**HANDED, **changed})

    def dispose(self, browser):
        answers = {"i.isi_disposisi": "Telaah.", "sebagai": "kakanwil"}
        token = browser.token("/profil")
        return browser.post(f"{CASE}/gerak/disposisi", data={**answers, "csrf": token})

    def program(self, role, owner=""):
        now = self.clock.now()
        key = self.people.tokens.make("program", role, date(2026, 12, 31), "ani", now, owner)
        head, client = {"authorization": f"Bearer {key}"}, self.stranger()
        return lambda method, path, **more: client.request(method, f"/api{path}", headers=head, **more)

    @property
    def case(self):
        return self.office.root.cabinet.case(FIRST)

    @property
    def logged(self):
        lines = self.app.state.desk.access_log.entries("2026-11")
        return [(e.by, e.kind, e.data.get("about")) for e in lines if "alih" in e.kind]


@pytest.fixture
def desk(tmp_path):
    desk = HandingDesk(tmp_path / "kantor")
    yield desk
    desk.app.state.desk.close()


# On the pages.


def test_the_head_hands_over_on_the_desk_and_the_deputy_acts_in_the_heads_place(desk):
    deputy = desk.come_in("dewi")
    assert desk.dispose(deputy).status_code == 403

    handed = desk.hand()
    told = deputy.get("/").text
    made = desk.dispose(deputy)

    assert (handed.status_code, made.status_code) == (303, 303)
    assert f"Anda bertindak sebagai <strong>{PLH}</strong>" in told
    decided = desk.case.made[-1].decision
    assert (decided.login, decided.holder.post, decided.holder.name) == ("dewi", PLH, "Dewi Rekaan")
    assert f"Dewi Rekaan (akun dewi), {PLH}" in deputy.get(CASE).text
    assert desk.logged == [("budi", "POST /alih-tugas", "dewi: kakanwil")]


def test_who_handed_over_goes_on_reading_and_acts_no_more_until_the_days_are_over(desk):
    head = desk.come_in("budi")
    desk.hand()

    page, refused = head.get(CASE), desk.dispose(head)

    assert page.status_code == 200
    assert "Anda membaca, tidak memutus" in page.text
    assert "/gerak/disposisi" not in page.text
    assert refused.status_code == 422
    assert "alihkan kepada Dewi Rekaan (Plh.)" in refused.text
    desk.clock.forward(days=3)
    assert desk.dispose(desk.come_in("budi")).status_code == 303
    assert desk.case.made[-1].decision.holder.post == "Kepala Kantor Wilayah"
    assert desk.dispose(desk.come_in("dewi")).status_code == 422


def test_the_deputy_sees_the_desk_of_the_role_for_those_days_only(desk):
    waits = 'href="/kasus/2026/0001"'
    seen = []
    for _ in range(5):
        browser = desk.come_in("dewi")
        seen.append(waits in browser.get("/").text)
        if len(seen) == 1:
            desk.hand(mulai="2026-11-26")
        desk.clock.forward(days=1)

    assert seen == [False, True, True, False, False]


def test_with_an_both_act_and_each_as_what_they_are(desk):
    desk.hand(sebagai="a.n.", jabatan_sendiri="Kepala Divisi")
    head = desk.come_in("budi")

    assert "/gerak/disposisi" in head.get(CASE).text
    assert desk.dispose(head).status_code == 303
    assert desk.case.made[-1].decision.holder.post == "Kepala Kantor Wilayah"
    office = desk.office.root.settings.office
    assert office.holder("kakanwil", MORNING.date()).signing_title == "a.n. Kepala Kantor Wilayah\nKepala Divisi"


def test_a_secretary_who_acts_with_the_role_is_named_as_that(desk):
    desk.hand()

    assert desk.dispose(desk.come_in("siti")).status_code == 303
    said = f"akun siti, sebagai Kakanwil (pemegang hari itu: Dewi Rekaan, {PLH})"
    assert said in desk.come_in("dewi").get(CASE).text


@pytest.mark.parametrize("login", ["siti", "dewi"])
def test_who_holds_no_post_hands_none_over(desk, login):
    browser = desk.come_in(login)
    if login == "siti":
        assert "Anda tidak memegang jabatan yang dapat dialihkan" in browser.get("/alih-tugas").text

    answer = desk.hand(login, kepada="budi" if login == "dewi" else "dewi")

    assert answer.status_code == 422
    assert "bukan jabatan akun" in answer.text
    assert desk.office.root.handovers.all() == ()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"mulai": "2026-11-24"}, "sudah lewat"),
        ({"sampai": "2026-11-24"}, "mendahului hari pertama"),
        ({"sampai": "2028-11-24"}, "paling lama 366 hari"),
        ({"sampai": ""}, "1 isian perlu diperiksa"),
        ({"sebagai": ""}, "pilih Plh., Plt., a.n."),
        ({"sebagai": "a.n."}, "hanya dan selalu diisi"),
        ({"kepada": "budi"}, "tidak dialihkan kepada pemegangnya sendiri"),
        ({"kepada": "ani"}, "peran admin"),
        ({"kepada": "entah"}, "Akun itu tidak ada"),
        ({"dari": "siti"}, "Tugas orang lain"),
    ],
)
def test_what_cannot_be_is_said_beside_the_form_and_nothing_is_handed_over(desk, changed, said):
    answer = desk.hand(**changed)

    assert answer.status_code == 422
    assert said in answer.text
    assert 'value="2026-11-25"' in answer.text or "mulai" in changed
    assert desk.office.root.handovers.all() == ()


def test_a_second_hand_over_of_the_same_days_is_refused_with_what_is_there(desk):
    desk.hand()

    again = desk.hand("ani", kepada="siti", mulai="2026-11-27", sampai="2026-11-30")

    assert again.status_code == 422
    assert "sudah dialihkan kepada Dewi Rekaan, 25 November 2026 sampai 27 November 2026" in again.text


def test_it_is_taken_back_by_its_giver_and_by_nobody_else_but_the_admin(desk):
    desk.hand()
    browsers = {login: desk.come_in(login) for login in ("dewi", "siti", "budi")}

    buttons = {login: "Tarik pengalihan" in b.get("/alih-tugas").text for login, b in browsers.items()}
    refused = [
        browsers[login].post_form("/alih-tugas/tarik", {"nomor": "1"}, page="/alih-tugas") for login in ("dewi", "siti")
    ]
    done = browsers["budi"].post_form("/alih-tugas/tarik", {"nomor": "1"}, page="/alih-tugas")

    assert buttons == {"dewi": False, "siti": False, "budi": True}
    assert [r.status_code for r in refused] == [403, 403]
    assert done.status_code == 303
    assert "ditarik" in browsers["budi"].get("/alih-tugas").text
    assert desk.dispose(browsers["dewi"]).status_code == 403
    assert desk.dispose(browsers["budi"]).status_code == 303
    assert desk.logged[-1] == ("budi", "POST /alih-tugas/tarik", "dewi: kakanwil")


@pytest.mark.parametrize("number", ["9", "x", "", "1" * 30])
def test_what_is_not_there_cannot_be_taken_back(desk, number):
    answer = desk.come_in("ani").post_form("/alih-tugas/tarik", {"nomor": number}, page="/alih-tugas")

    assert answer.status_code == 404


def test_the_admin_hands_over_for_an_account_and_sees_no_case_by_it(desk):
    admin = desk.come_in("ani")
    account, form = admin.get("/akun/budi").text, admin.get("/alih-tugas?dari=budi").text

    handed = desk.hand("ani", dari="budi")

    assert '<a class="tombol biasa" href="/alih-tugas?dari=budi">' in account
    assert "Alihkan tugas akun budi" in form
    assert handed.status_code == 303
    assert desk.office.root.handovers.all()[0].giver == "budi"
    assert f"{PLH}: Dewi Rekaan" in admin.get("/akun/budi").text
    assert "Tarik pengalihan" in admin.get("/akun/dewi").text
    assert admin.get(CASE).status_code == 403


def test_hostile_words_are_shown_as_words(desk):
    desk.hand(alasan='<script>alert(1)</script> "&', sebagai="a.n.", jabatan_sendiri="<b>Kepala</b>")

    for page in ("/alih-tugas", "/"):
        text = desk.come_in("dewi").get(page).text
        assert "<script>alert" not in text
        assert "<b>Kepala" not in text


def test_handing_over_is_not_done_if_it_cannot_be_written_down(desk, monkeypatch):
    def full(*_values, **_more):
        raise Passing("Cakram penuh.", "Kosongkan.")

    browser = desk.come_in("budi")
    token = browser.token("/alih-tugas")
    monkeypatch.setattr(desk.app.state.desk.access_log, "append", full)

    assert browser.post("/alih-tugas", data={**HANDED, "csrf": token}).status_code == 503
    assert desk.office.root.handovers.all() == ()


# Papers.


def test_papers_drafted_on_those_days_print_the_deputy_and_afterwards_the_holder_again(desk):
    desk.hand()
    desk.dispose(desk.come_in("dewi"))
    desk.office.run_once()
    sheet = _sheet(desk, "03-lembar-disposisi")

    assert PLH in sheet
    office, signed = desk.office.root.settings.office, []
    for day in (24, 25, 27, 28):
        printed = signer("kakanwil", date(2026, 11, day), office)
        signed.append(tuple(printed[f"penandatangan_{part}"] for part in ("jabatan", "nama", "nip")))
    head, deputy = ("Kepala Kantor Wilayah", "Budi Rekaan", "1970"), (PLH, "Dewi Rekaan", "1980")
    assert signed == [head, deputy, deputy, head]


def _sheet(desk, template):
    draft = desk.case.drafts[template]
    return desk.office.file(FIRST, draft.documents[0].name).decode()


# By programs.


def _move(program, move, typed, **fields):
    form = {name: (None, str(value)) for name, value in {"isian": json.dumps(typed), **fields}.items()}
    return program("POST", f"/kasus/2026/0001/gerak/{move}", files=form)


def test_a_token_of_the_deputy_follows_for_those_days(desk):
    program = desk.program("kadiv", owner="dewi")
    before = _move(program, "disposisi", {"isi_disposisi": "Telaah."}, sebagai="kakanwil")

    desk.hand()
    made = _move(program, "disposisi", {"isi_disposisi": "Telaah."}, sebagai="kakanwil")
    desk.clock.forward(days=3)
    after = _move(program, "disposisi", {"isi_disposisi": "Telaah."}, sebagai="kakanwil")

    assert (before.status_code, made.status_code, after.status_code) == (403, 200, 403), made.text
    decided = desk.case.made[-1].decision
    assert (decided.login, decided.holder.name) == ("token-1", "Dewi Rekaan")
    assert f"Dewi Rekaan (token-1), {PLH}" in desk.come_in("siti").get(CASE).text


def test_a_token_of_who_handed_over_reads_and_acts_no_more(desk):
    program = desk.program("kakanwil", owner="budi")
    desk.hand()

    assert program("GET", "/kasus/2026/0001").status_code == 200
    refused = _move(program, "disposisi", {"isi_disposisi": "Telaah."})
    assert refused.status_code == 403
    assert "Dewi Rekaan" in refused.text


def test_a_token_never_may_more_than_its_account(desk):
    program = desk.program("tim-yankomas", owner="dewi")
    assert program("GET", "/kasus/2026/0001").status_code == 403

    program = desk.program("kadiv", owner="dewi")
    assert program("GET", "/kasus/2026/0001").status_code == 200
    desk.people.accounts.lock("dewi", locked=True, now=MORNING)
    assert program("GET", "/kasus/2026/0001").status_code == 401


def test_a_token_of_the_office_names_the_deputy_as_who_held_the_post(desk):
    program = desk.program("kakanwil")
    desk.hand()

    assert _move(program, "disposisi", {"isi_disposisi": "Telaah."}).status_code == 200
    seen = [e["who"] for e in program("GET", "/kasus/2026/0001").json()["events"] if e["who"]]
    assert seen[-1] == f"token-1, sebagai kakanwil (pemegang hari itu: Dewi Rekaan, {PLH})"


def test_the_admin_makes_a_token_for_an_account(desk):
    admin = desk.come_in("ani")
    answers = {"nama": "aplikasi", "peran": "kadiv", "sampai": "2026-12-31", "pemilik": "dewi"}

    made = admin.post_form("/akun/token/baru", answers, page="/akun")
    unknown = admin.post_form("/akun/token/baru", {**answers, "pemilik": "entah"}, page="/akun")

    assert (made.status_code, unknown.status_code) == (200, 422)
    assert [t.owner for t in desk.people.tokens.all()] == ["dewi"]
    assert "milik dewi" in admin.get("/akun").text


def test_a_people_file_of_an_earlier_version_is_completed_and_keeps_its_tokens(tmp_path):
    people = SqlitePeople(tmp_path)
    people.tokens.make("lama", "kabid", MORNING.date(), "ani", MORNING)
    with people._database.changing() as rows:
        rows.execute("ALTER TABLE token DROP COLUMN owner")
    people.close()

    again = SqlitePeople(tmp_path)

    assert [(t.label, t.owner) for t in again.tokens.all()] == [("lama", "")]


# At the machine.


@pytest.fixture
def run(tmp_path, capsys):
    folder = tmp_path / "mesin"
    laid_out(folder)
    posts_in(folder)

    def run(*words):
        code = main(["--root", str(folder), *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    run("akun", "buat", "budi", "--nama", "Budi Rekaan", "--nip", "1970")
    run("akun", "buat", "dewi", "--nama", "Dewi Rekaan", "--nip", "1980")
    run.folder = folder
    return run


def test_the_admin_hands_over_at_the_machine_and_takes_it_back(run):
    words = ("kakanwil", "--kepada", "dewi", "--sebagai", "Plh.", "--sampai", "31-12-2099")
    too_long, _, why = run("alih", "buat", *words)
    until = (office_in(run.folder).clock.now().date() + timedelta(days=3)).isoformat()
    code, out, _ = run("alih", "buat", *words[:-1], until, "--dasar", "SP-12")
    (listed,) = json.loads(run("alih", "daftar", "--json")[1])
    roles = json.loads(run("akun", "daftar", "--json")[1])[1]["roles"]
    table = run("alih", "daftar")[1]

    assert (too_long, code) == (13, 0)
    assert "paling lama 366 hari" in why
    assert "Nomor 1: tugas Kepala Kantor Wilayah dialihkan kepada Dewi Rekaan (Plh.)" in out
    assert (listed["number"], listed["state"], listed["giver"], listed["until"]) == (1, "berlaku", "budi", until)
    assert roles == ["kadiv", "kakanwil"]
    assert PLH in table
    assert run("alih", "tarik", "1")[0] == 0
    assert run("alih", "tarik", "1")[0] == 11
    assert run("alih", "tarik", "9")[0] == 4
    assert json.loads(run("alih", "daftar", "--json")[1])[0]["state"] == "ditarik"
    log = office_in(run.folder).access_log
    lines = [(e.by, e.kind, e.data["about"]) for m in log.months() for e in log.entries(m) if "alih" in e.kind]
    assert lines[1:3] == [("terminal", "alih buat", "dewi: kakanwil"), ("terminal", "alih tarik", "dewi: kakanwil")]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("buat", "kakanwil", "--kepada", "entah", "--sebagai", "Plh.", "--sampai", "2026-13-01"), 2, "bukan tanggal"),
        (("buat", "kakanwil", "--kepada", "budi", "--sebagai", "Plh.", "--sampai", "TODAY"), 11, "pemegangnya sendiri"),
        (("buat", "kakanwil", "--kepada", "entah", "--sebagai", "Plh.", "--sampai", "TODAY"), 4, "tidak ada"),
        (("buat", "admin", "--kepada", "dewi", "--sebagai", "Plh.", "--sampai", "TODAY"), 13, "yang dapat dialihkan"),
        (("buat", "kakanwil", "--kepada", "dewi", "--sebagai", "Pj.", "--sampai", "TODAY"), 13, "pilih Plh."),
    ],
)
def test_what_cannot_be_handed_over_at_the_machine_is_said(run, words, code, said):
    today = office_in(run.folder).clock.now().date().isoformat()

    got, _, err = run("alih", *(today if word == "TODAY" else word for word in words))

    assert got == code
    assert said in err


def test_what_is_done_at_the_machine_is_done_for_the_deputy_who_holds_the_post_that_day(desk, monkeypatch, capsys):
    monkeypatch.setattr(type(desk.office.root), "clock", FixedClock(MORNING))
    typed = lambda *words: main(["--root", str(desk.office.root.layout.root), *words])  # noqa: E731
    typed("alih", "buat", "kakanwil", "--kepada", "dewi", "--sebagai", "Plt.", "--sampai", "25-11-2026")

    assert typed("do", "1/2026", "disposisi", "--as", "kakanwil", "--set", "isi_disposisi=Telaah.") == 0

    decided = desk.case.made[-1].decision
    assert (decided.holder.post, bool(decided.holder.account)) == ("Plt. Kepala Kantor Wilayah", False)
    capsys.readouterr()
    typed("case", "1/2026", "--alasan", "uji")
    held = "sebagai Kakanwil (pemegang hari itu: Dewi Rekaan, Plt. Kepala Kantor Wilayah)"
    assert f"akun {getuser()}, {held}" in capsys.readouterr().out


def test_a_running_office_follows_what_is_entered_by_another_process(desk):
    deputy = desk.come_in("dewi")
    root = office_in(desk.office.root.layout.root)
    root.clock = FixedClock()
    pid = os.fork()
    if pid == 0:
        hand_over(
            Asked("kakanwil", "dewi", "Plt.", MORNING.date(), MORNING.date()),
            by=By("x", admin=True),
            parts=root.hand_over_parts,
        )
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0

    assert desk.dispose(deputy).status_code == 303
    take_back(1, by=By("x", admin=True), parts=root.hand_over_parts)
    assert "Anda bertindak sebagai" not in deputy.get("/").text


def test_the_history_on_the_terminal_names_the_account_and_the_post(desk, capsys):
    desk.hand()
    desk.dispose(desk.come_in("dewi"))

    main(["--root", str(desk.office.root.layout.root), "case", "1/2026", "--alasan", "uji"])

    assert f"Dewi Rekaan (akun dewi), {PLH}" in capsys.readouterr().out


# What keeps it.


@pytest.mark.in_folders
def test_hand_overs_come_back_from_a_backup(desk, tmp_path):
    desk.hand()
    root = desk.office.root
    place, now = str(tmp_path / "cadangan"), desk.clock.now()
    kept = back_up(root.layout, place, root.settings.backup, now, lambda *_: None, lambda _since: [])
    before = root.handovers.all()
    shutil.rmtree(root.layout.root)

    restore(str(tmp_path / "cadangan"), "latest", tmp_path / "baru", kept.password, lambda *_: None, lambda *_: None)

    again = Root(tmp_path / "baru")
    assert again.handovers.all() == before
    assert again.settings.office.holder("kakanwil", MORNING.date()).name == "Dewi Rekaan"


def test_the_doctor_tells_of_what_contradicts_itself(desk):
    root = desk.office.root
    checks = lambda: [(c.good, c.fact) for c in doctor._handovers(root, root.settings)]  # noqa: E731
    assert checks() == []
    desk.hand()
    assert checks() == [(True, "1 berlaku atau akan datang")]

    desk.people.accounts.lock("dewi", locked=True, now=MORNING)
    settings = root.layout.settings
    acting = (
        '[[jabatan]]\nperan = "kakanwil"\njabatan = "Kepala Kantor Wilayah"\n'
        'nama = "Eko Rekaan"\nsebagai = "Plt."\n\n[kotak_masuk]'
    )
    settings.write_text(settings.read_text().replace("[kotak_masuk]", acting, 1))
    root = FakeOffice(root.layout.root).root
    root.clock = desk.clock
    if root.is_central:
        from pipeline.storage.postgres_lines import HANDOVERS, PostgresLines

        PostgresLines(root.database, HANDOVERS).append("alih-tugas", b"x\n")
    else:
        with open(root.layout.people / "alih-tugas.jsonl", "ab") as record:
            record.write(b"x\n")

    told = [fact for good, fact in checks() if not good]

    assert len(told) == 3
    assert "baris 2" in told[0]
    assert "Eko Rekaan menurut office.toml" in told[1]
    assert "akunnya dikunci" in told[2]


def test_the_role_of_who_handed_over_is_refused_to_the_verb_itself(desk):
    desk.hand()
    with pytest.raises(NotAllowed, match="Anda hanya membaca"):
        decide(
            FIRST,
            "disposisi",
            {"isi_disposisi": "x"},
            by=Actor("kakanwil", "budi", "budi"),
            parts=desk.office.decide_parts,
        )
