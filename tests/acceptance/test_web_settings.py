"""*Pengaturan*: an admin sets the office up in the browser, and nobody becomes an official alone by it."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from html import unescape

import pytest
from lxml.html import document_fromstring
from offices import resettled, settings_of
from other_services import ServiceOffice
from thorough import slowly
from usual_standing import USUAL
from web_desk import WebDesk, posts_in

from pipeline.cli import main
from pipeline.errors import Passing
from pipeline.storage import disk
from pipeline.work.setting_forms import setting_forms
from pipeline.work.store.setup import DEMO_ACCOUNTS, DEMO_PASSWORD, bundled, make_demo_accounts

EXAMPLE = (bundled() / "office.toml").read_text(encoding="utf-8")
#: What an office fills into its letterhead first.
FILLED = {"kantor.alamat": "Jalan Rekaan 1", "kantor.kontak": "Telepon 0736"}
PARTS = [form.key for form in setting_forms()]


def desk_of(folder, text=EXAMPLE):
    folder.mkdir()
    (folder / "office.toml").write_text(text, encoding="utf-8")
    return WebDesk(folder)


@pytest.fixture
def desk(tmp_path):
    """The desk of an office that was just laid out: its admin, and nobody else."""
    made = desk_of(tmp_path / "kantor")
    yield made
    made.app.state.desk.close()


@pytest.fixture
def staffed(tmp_path):
    """An office with Budi at its head and Dewi as head of division, by their NIPs."""
    folder = tmp_path / "kantor"
    folder.mkdir()
    (folder / "office.toml").write_text(EXAMPLE, encoding="utf-8")
    posts_in(folder)
    made = WebDesk(folder)
    for login, nip in (("budi", "1970"), ("dewi", "1980")):
        made.account(login, nip=nip)
        made.come_in(login).get("/")
    made.clock.forward(days=8)  # others have seen by now who they are
    yield made
    made.app.state.desk.close()


def fields(browser, page: str, action: str) -> dict[str, str]:
    """The texts of a form's fields as a browser would send them."""
    return fields_of(browser.get(page).text, action)


def fields_of(page: str, action: str) -> dict[str, str]:
    html = document_fromstring(page)
    form = next(f for f in html.iter("form") if f.get("action") == action)
    found = {}
    for control in form.iter("input", "textarea", "select"):
        name, kind = control.get("name"), control.get("type")
        if not name or kind in ("checkbox", "file"):
            continue
        if control.tag == "select":
            chosen = control.xpath("./option[@selected]")
            found[name] = chosen[0].get("value") if chosen else ""
        else:
            found[name] = control.text or "" if control.tag == "textarea" else control.get("value", "")
    return found


def send(browser, part: str, **answers):
    path = f"/pengaturan/{part}"
    page = "/pengaturan/pejabat" if part.startswith("pejabat") else path
    return browser.post(path, data={**fields(browser, page, path), **answers})


def values(desk) -> dict:
    return tomllib.loads((desk.office.root.layout.settings).read_text(encoding="utf-8"))


def log(desk) -> list[tuple[str, str, str]]:
    entries = desk.app.state.desk.access_log.entries(f"{desk.clock.now():%Y-%m}")
    return [(e.by, e.kind, e.data.get("about", "")) for e in entries]


def test_the_first_page_says_what_is_left_to_be_done_and_where(desk):
    page = unescape(desk.browser("admin").get("/pengaturan").text)

    assert "alamat, kontak" in page
    assert "/pengaturan/kop" in page
    assert "Lanjutkan: Kop dan alamat" in page
    assert "Tempat cadangan belum ditentukan" in page


def test_the_login_page_says_where_the_first_link_is_while_there_is_no_admin(desk):
    before = desk.stranger().get("/masuk").text
    desk.account("ani", "admin")

    assert "Belum ada akun admin" in before
    assert "kunci=" not in before
    assert "Belum ada akun admin" not in desk.stranger().get("/masuk").text


def test_the_accounts_of_the_demonstration_come_in_and_are_made_once(desk):
    make_demo_accounts(desk.people, desk.clock.now())
    make_demo_accounts(desk.people, desk.clock.now())

    assert len(desk.people.accounts.all()) == len(DEMO_ACCOUNTS)
    for login, _, _ in DEMO_ACCOUNTS:
        answer = desk.stranger().post_form("/masuk", {"login": login, "sandi": DEMO_PASSWORD})
        assert answer.status_code == 303


@pytest.mark.parametrize("role", ["tim-yankomas", "kakanwil", "arsiparis"])
def test_only_the_admin_sets_the_office_up(desk, role):
    browser = desk.browser(role)

    assert browser.get("/pengaturan").status_code == 403
    assert browser.get("/pengaturan/kop").status_code == 403
    assert 'href="/pengaturan"' not in browser.get("/").text


@pytest.mark.parametrize("part", PARTS)
def test_a_form_that_is_sent_as_it_was_shown_changes_nothing(desk, part):
    browser = desk.browser("admin")
    as_it_is = tomllib.loads(EXAMPLE)["kantor"]

    # what asks to be filled in is shown as an empty field: it is typed here as it stands
    asked = {f"kantor.{name}": as_it_is[name] for name in ("alamat", "kontak")} if part == "kop" else {}
    answer = send(browser, part, **asked)

    assert answer.status_code == 303, answer.text
    assert settings_of(desk.office.root.layout.root) == EXAMPLE
    assert not any("pengaturan" in kind for _, kind, _ in log(desk))


def test_days_are_shown_as_people_write_them_and_stay_the_same_when_sent_again(desk):
    browser, base = desk.browser("admin"), "waktu.khusus.1"
    period = {f"{base}.nama": "Ramadan", f"{base}.mulai": "8-2-2027", f"{base}.sampai": "9-3-2027"}
    send(browser, "jam-kerja", **period, **{f"{base}.senin": "08.00-12.00;12.30–15.00"})
    send(browser, "hari-libur", **{"waktu.tutup": "31-12-2026, 2 Januari 2027", "waktu.buka": "25/12/2026"})
    send(browser, "pejabat/kabid", **{"jabatan.1.nama": "Sari", "jabatan.1.mulai": "2027-01-05"})
    before = values(desk)

    assert fields(browser, "/pengaturan/jam-kerja", "/pengaturan/jam-kerja")[f"{base}.mulai"] == "8 Februari 2027"
    for part in ("jam-kerja", "hari-libur", "pejabat/kabid"):
        assert send(browser, part).status_code == 303
    assert values(desk) == before
    assert before["waktu"]["khusus"][0]["senin"] == ["08.00-12.00", "12.30-15.00"]
    assert len(desk.office.root.office_file.history()) == 3


def test_a_filled_letterhead_is_used_at_once_and_kept_with_who_did_it(desk):
    browser = desk.browser("admin")

    answer = send(
        browser, "kop", **{"kantor.alamat": "Jalan Rekaan 1", "kantor.kontak": "Telepon 0736", "lanjut": "ya"}
    )

    assert answer.headers["location"] == "/pengaturan/pejabat"
    assert browser.get("/pengaturan").status_code == 200
    head = desk.app.state.desk.root.settings.office.letterhead
    assert (head.address, head.contact) == ("Jalan Rekaan 1", "Telepon 0736")
    (change,) = desk.office.root.office_file.history()
    assert (change.by, change.keys) == ("admin", ("kantor.alamat", "kantor.kontak"))
    assert ("admin", "POST /pengaturan/{part}", "kop: kantor.alamat, kantor.kontak") in log(desk)
    assert "# Pengaturan kantor ini." in desk.office.root.layout.settings.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("part", "answers", "name", "words"),
    [
        ("kop", {"kantor.alamat": ""}, "kantor.alamat", "belum diisi"),
        ("kop", {"kantor.alamat": "A" * 10_000}, "kantor.alamat", "lebih dari 160 huruf"),
        ("kop", {"kantor.alamat": "Jalan\x01"}, "kantor.alamat", "tidak dapat dicetak"),
        ("kop", {"kantor.alamat": "\u200b\u200b"}, "kantor.alamat", "tampak"),
        ("kop", {"kantor.kertas": "Folio"}, "kantor.kertas", "pilih salah satu"),
        ("kop", FILLED | {"kantor.laman_pelapor": "ada spasi"}, "kantor.laman_pelapor", "bukan alamat laman"),
        ("jam-kerja", {"waktu.jam_kerja.senin": "pagi"}, "waktu.jam_kerja.senin", "bukan jam kerja"),
        ("jam-kerja", {"waktu.jam_kerja.senin": "16.00-08.00"}, "waktu.jam_kerja.senin", "terbalik"),
        ("jam-kerja", {"waktu.khusus.1.nama": "Ramadan"}, "waktu.khusus.1.mulai", "belum diisi"),
        ("hari-libur", {"waktu.tutup": "besok"}, "waktu.tutup", "tulis misalnya"),
        ("hari-libur", {"waktu.tutup": "2026-12-31", "waktu.buka": "2026-12-31"}, "waktu.buka", "juga ada di"),
        ("penomoran", {"nomor.register": "tanpa urut"}, "nomor.register", "Pola harus memuat"),
        ("penomoran", {"nomor.register": "{urut:0999999999d}/{tahun}"}, "nomor.register", "lebar angkanya"),
        ("penomoran", {"nomor.register": "{urut:{tahun}}/{tahun}"}, "nomor.register", "Pola harus memuat"),
        ("penomoran", {"nomor.naskah": "{urut:{unit}}", "nomor.unit": "99999"}, "nomor.naskah", "Pola harus memuat"),
        ("penomoran", {"nomor.naskah": "{urut.__class__}"}, "nomor.naskah", "Pola harus memuat"),
        ("cadangan", {"cadangan.simpan_harian": "-1"}, "cadangan.simpan_harian", "bilangan"),
        ("cadangan", {"cadangan.tujuan": "sftp:-oProxyCommand=sh:/x"}, "cadangan.tujuan", "tulis folder"),
        ("cadangan", {"cadangan.tujuan": "rclone:jauh"}, "cadangan.tujuan", "tulis folder"),
        ("cadangan", {"cadangan.tujuan": "cadangan"}, "cadangan.tujuan", "tulis folder"),
        ("cadangan", {"cadangan.simpan_harian": "9999"}, "cadangan.simpan_harian", "di luar"),
    ],
)
def test_what_cannot_be_used_is_said_beside_its_field_and_stays_typed(desk, part, answers, name, words):
    browser = desk.browser("admin")

    answer = send(browser, part, **answers)

    assert answer.status_code == 422
    html = document_fromstring(answer.text)
    (control,) = html.xpath(f'//*[@name="{name}"]')
    (error,) = html.xpath(f'//*[@id="{control.get("id")}-error"]')
    assert words in error.text_content()
    if control.tag == "input" and answers.get(name, "").isprintable():
        assert control.get("value") == answers.get(name, "")
    assert settings_of(desk.office.root.layout.root) == EXAMPLE


def test_learning_is_switched_on_and_off_and_the_archive_stays_whole(desk):
    browser = desk.browser("admin")
    found = []
    for answer in ("ya", "tidak"):
        assert send(browser, "pembacaan", **{"pembacaan.belajar": answer}).status_code == 303
        found.append(values(desk)["pembacaan"]["belajar"])

    assert found == [True, False]
    assert send(browser, "pembacaan", **{"pembacaan.belajar": "mungkin"}).status_code == 422
    assert [finding for finding in desk.office.root.verify(lambda *_: None) if finding.code == "asing"] == []


def test_hours_of_ramadan_hold_for_its_days_alone(desk):
    browser = desk.browser("admin")
    base = "waktu.khusus.1"
    days = {f"{base}.{day}": "08.00-15.00" for day in ("senin", "selasa", "rabu", "kamis", "jumat")}

    answer = send(
        browser,
        "jam-kerja",
        **days,
        **{f"{base}.nama": "Ramadan 1448 H", f"{base}.mulai": "2027-02-08", f"{base}.sampai": "9 Maret 2027"},
    )

    assert answer.status_code == 303, answer.text
    browser.get("/pengaturan")
    calendar = desk.app.state.desk.root.calendar
    assert calendar.hours_on(date(2027, 2, 8))[0][1].hour == 15
    assert calendar.hours_on(date(2027, 3, 10))[0][1].hour == 12


def test_a_national_holiday_on_which_the_office_is_open_is_a_working_day(desk):
    browser = desk.browser("admin")

    send(browser, "hari-libur", **{"waktu.buka": "2026-12-25", "waktu.tutup": "31-12-2026"})

    browser.get("/pengaturan")
    calendar = desk.app.state.desk.root.calendar
    assert calendar.is_working_day(date(2026, 12, 25))
    assert not calendar.is_working_day(date(2026, 12, 31))


def test_of_two_admins_the_second_keeps_what_was_typed_and_sees_that_it_changed(desk):
    desk.account("lain", "admin")
    one, other = desk.browser("admin"), desk.come_in("lain")
    shown = fields(other, "/pengaturan/kop", "/pengaturan/kop") | {"kantor.kontak": "Telepon 0736"}
    send(one, "kop", **{"kantor.alamat": "Jalan Satu", "kantor.kontak": "Telepon 0736"})

    answer = other.post("/pengaturan/kop", data={**shown, "kantor.alamat": "Jalan Dua"})

    assert answer.status_code == 422
    assert "baru saja diubah orang lain" in answer.text
    assert 'value="Jalan Dua"' in answer.text
    assert values(desk)["kantor"]["alamat"] == "Jalan Satu"


@pytest.mark.parametrize(
    "place", ["sftp:yankomas@cadangan.kantor:/data", "rest:https://cadangan.kantor:8000/y", "/m/c"]
)
def test_a_place_for_backups_of_each_kind_is_taken(desk, place):
    assert send(desk.browser("admin"), "cadangan", **{"cadangan.tujuan": place}).status_code == 303
    assert values(desk)["cadangan"]["tujuan"] == place


def test_a_full_disk_loses_nothing_that_was_typed(desk, monkeypatch):
    browser = desk.browser("admin")

    def full(*_args, **_more):
        raise Passing("Cakram penuh.", "Kosongkan sebagian, lalu ulangi.")

    with monkeypatch.context() as patched:
        patched.setattr(disk, "append", full)
        answer = send(browser, "kop", **FILLED)

    assert answer.status_code == 503
    assert "Cakram penuh" in answer.text
    assert settings_of(desk.office.root.layout.root) == EXAMPLE
    assert 'value="Jalan Rekaan 1"' in browser.get("/pengaturan/kop").text


def test_two_admins_in_two_parts_do_not_meet(desk):
    desk.account("lain", "admin")
    one, other = desk.browser("admin"), desk.come_in("lain")
    shown = fields(other, "/pengaturan/cadangan", "/pengaturan/cadangan")
    send(one, "kop", **{"kantor.alamat": "Jalan Satu", "kantor.kontak": "Telepon 0736"})

    answer = other.post("/pengaturan/cadangan", data={**shown, "cadangan.tujuan": "/media/cadangan"})

    assert answer.status_code == 303
    assert values(desk)["kantor"]["alamat"] == "Jalan Satu"
    assert values(desk)["cadangan"]["tujuan"] == "/media/cadangan"


def test_a_file_that_is_changed_by_hand_is_used_too_and_one_that_cannot_be_used_is_not(desk):
    browser, path = desk.browser("admin"), desk.office.root.layout.settings
    resettled(path.parent, EXAMPLE.replace('tempat = "Bengkulu"', 'tempat = "Curup"'))
    browser.get("/")
    assert desk.app.state.desk.root.settings.office.place == "Curup"

    for broken in ("kantor = {", EXAMPLE.replace('kertas = "A4"', 'kertas = "B7"')):
        resettled(path.parent, broken)
        assert browser.get("/").status_code == 200
        assert desk.app.state.desk.root.settings.office.place == "Curup"
        assert "tidak dapat dipakai" in browser.get("/pengaturan").text
    resettled(path.parent, "kantor = {")
    for page in ("kop", "pejabat"):
        assert "tidak dapat dibaca" in browser.get(f"/pengaturan/{page}").text


def test_a_file_that_could_not_be_read_is_used_as_soon_as_it_can_be(desk, monkeypatch):
    browser, path = desk.browser("admin"), desk.office.root.layout.settings
    resettled(path.parent, EXAMPLE.replace('tempat = "Bengkulu"', 'tempat = "Curup"'))

    def shut(*_args, **_more):
        raise PermissionError(13, "Permission denied")

    path.chmod(0)
    with monkeypatch.context() as patched:
        patched.setattr(type(path), "read_text", shut)  # who runs the tests may be allowed everything
        browser.get("/")
    path.chmod(0o640)
    browser.get("/")

    assert desk.app.state.desk.root.settings.office.place == "Curup"


def test_a_certificate_named_while_the_desk_runs_keeps_nobody_out_until_it_is_started_anew(desk):
    browser, path = desk.browser("admin"), desk.office.root.layout.settings
    on = EXAMPLE.replace('\ntls = "tidak"', '\ntls = "sertifikat"').replace('\nsertifikat = ""', '\nsertifikat = "a"')
    resettled(path.parent, on.replace('kunci_sertifikat = ""', 'kunci_sertifikat = "b"'))

    assert browser.get("/pengaturan").status_code == 200
    assert desk.app.state.desk.root.settings.web.tls
    assert desk.app.state.desk.cookie == "yankomas"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("zona =", "khusus = 5\nzona ="),
        slowly("zona =", 'khusus = ["x"]\nzona ='),
        ('peran = "kakanwil"', 'peran = "kakanwil"\nmulai = "besok"'),
        slowly('peran = "kakanwil"', 'peran = "kakanwil"\nmulai = 07:00:00'),
        slowly('peran = "kakanwil"', 'peran = "kakanwil"\nsampai = 2027-01-01T00:00:00'),
        ("tutup = []", "tutup = 5"),
        ("[nomor.deret]", "[nomor.lain]"),
    ],
)
def test_every_part_opens_and_takes_answers_whatever_somebody_wrote_into_the_file(desk, old, new):
    browser, path = desk.browser("admin"), desk.office.root.layout.settings
    resettled(path.parent, EXAMPLE.replace(old, new, 1))

    assert browser.get("/pengaturan").status_code == 200
    for part in (*PARTS, "pejabat/kakanwil"):
        action = f"/pengaturan/{part}"
        page = browser.get("/pengaturan/pejabat" if part.startswith("pejabat") else action)
        assert page.status_code == 200
        answers = {**fields_of(page.text, action), "jabatan.1.nama": "Budi"}
        assert browser.post(action, data=answers).status_code in (303, 422)


@pytest.mark.parametrize("broken", ['"besok"', "2027-01-01T00:00:00", "07:00:00"])
def test_a_holder_who_cannot_be_told_is_mended_in_the_file_before_another_is_asked_for(staffed, broken):
    staffed.account("ani", "admin")
    ani, path = staffed.come_in("ani"), staffed.office.root.layout.settings
    path.write_text(path.read_text().replace('peran = "kadiv"', f'peran = "kadiv"\nmulai = {broken}'))

    answer = send(ani, "pejabat/kadiv", **{"jabatan.1.mulai": "2027-01-01"})

    assert answer.status_code == 422
    assert "mulai" in answer.text
    assert staffed.people.requests.waiting() == []
    assert staffed.come_in("budi").get("/pengesahan").status_code == 200


def test_in_a_new_office_the_admin_names_the_officials_and_it_holds_at_once(desk):
    answer = send(
        desk.browser("admin"), "pejabat/kabid", **{"jabatan.1.nama": "Sari Rekaan, S.H.", "jabatan.1.nip": "1976"}
    )

    assert answer.status_code == 303, answer.text
    row = next(row for row in values(desk)["jabatan"] if row["peran"] == "kabid")
    assert (row["nama"], row["nip"], row["jabatan"]) == ("Sari Rekaan, S.H.", "1976", "Kepala Bidang HAM")
    assert [row["peran"] for row in values(desk)["jabatan"]] == [
        row["peran"] for row in tomllib.loads(EXAMPLE)["jabatan"]
    ]


def test_an_admin_who_names_themself_head_waits_for_another(staffed):
    staffed.account("ani", "admin", nip="1999")
    before = values(staffed)

    answer = send(
        staffed.come_in("ani"), "pejabat/kakanwil", **{"jabatan.1.nama": "Ani Rekaan", "jabatan.1.nip": "1999"}
    )

    assert answer.status_code == 303
    assert values(staffed) == before
    account = staffed.people.accounts.account("ani")
    assert "kakanwil" not in account.roles_on(
        staffed.clock.now().date(), staffed.office.root.settings.office.appointed, USUAL
    )
    told = unescape(staffed.come_in("budi").get("/pengesahan").text)
    assert "Ani Rekaan, NIP 1999" in told
    assert "sebelumnya: Budi Rekaan, NIP 1970" in told


def test_a_straw_man_of_the_admin_becomes_no_head_either(staffed):
    staffed.account("ani", "admin")
    staffed.account("boneka", "tim-yankomas", nip="1999")

    send(staffed.come_in("ani"), "pejabat/kakanwil", **{"jabatan.1.nama": "Boneka", "jabatan.1.nip": "1999"})

    officials = staffed.app.state.desk.root.settings.office.appointed
    held_now = staffed.people.accounts.account("boneka").roles_on(staffed.clock.now().date(), officials, USUAL)
    assert held_now == {"tim-yankomas"}
    number = staffed.people.requests.waiting()[0].id
    for login in ("ani", "boneka"):
        answer = staffed.come_in(login).post_form("/pengesahan/sahkan", {"nomor": str(number)}, page="/pengesahan")
        assert answer.status_code == 403


def test_what_the_second_person_confirms_is_written_with_both_names(staffed):
    staffed.account("ani", "admin")
    send(
        staffed.come_in("ani"),
        "pejabat/kadiv",
        **{"jabatan.1.sampai": "2026-12-31", "jabatan.2.nama": "Eko Rekaan", "jabatan.2.nip": "1985"},
        **{"jabatan.2.jabatan": "Kepala Divisi", "jabatan.2.mulai": "2027-01-01"},
    )
    number = staffed.people.requests.waiting()[0].id

    answer = staffed.come_in("budi").post_form("/pengesahan/sahkan", {"nomor": str(number)}, page="/pengesahan")

    assert answer.status_code == 303, answer.text
    rows = [row for row in values(staffed)["jabatan"] if row["peran"] == "kadiv"]
    assert [(row["nama"], row.get("mulai")) for row in rows] == [
        ("Dewi Rekaan", None),
        ("Eko Rekaan", date(2027, 1, 1)),
    ]
    (change,) = staffed.office.root.office_file.history()
    assert (change.by, change.confirmed_by) == ("ani", "budi")
    assert staffed.people.requests.waiting() == []


def test_a_change_that_waits_is_not_written_over_what_came_in_between(staffed):
    staffed.account("ani", "admin")
    ani = staffed.come_in("ani")
    send(ani, "pejabat/kadiv", **{"jabatan.1.nama": "Dewi Rekaan, S.H."})
    path = staffed.office.root.layout.settings
    path.write_text(path.read_text().replace("Dewi Rekaan", "Dewi R."))

    number = staffed.people.requests.waiting()[0].id
    answer = staffed.come_in("budi").post_form("/pengesahan/sahkan", {"nomor": str(number)}, page="/pengesahan")

    assert answer.status_code == 403
    assert "berubah sejak" in answer.text
    assert "Dewi R." in path.read_text()
    assert [r.id for r in staffed.people.requests.waiting()] == [number]


def test_a_second_change_of_the_same_post_waits_for_the_first(staffed):
    staffed.account("ani", "admin")
    ani = staffed.come_in("ani")
    send(ani, "pejabat/kadiv", **{"jabatan.1.nama": "Satu"})

    answer = send(ani, "pejabat/kadiv", **{"jabatan.1.nama": "Dua"})

    assert answer.status_code == 422
    assert "sudah ada yang menunggu" in answer.text
    assert 'value="Dua"' in answer.text
    assert len(staffed.people.requests.waiting()) == 1


@pytest.mark.parametrize(
    ("answers", "name", "words"),
    [
        ({"jabatan.1.nip": "abc"}, "jabatan.1.nip", "angka"),
        ({"jabatan.1.nama": "\u200b"}, "jabatan.1.nama", "tampak"),
        ({"jabatan.1.nama": "Budi, NIP 1970, Kabid"}, "jabatan.1.nama", "itu saja"),
        ({"jabatan.1.nama": "Budi, 197001011990011001"}, "jabatan.1.nama", "itu saja"),
        ({"jabatan.1.jabatan": "Kabid; sebelumnya: kosong"}, "jabatan.1.jabatan", "itu saja"),
        ({"jabatan.1.jabatan": "", "jabatan.1.nama": "Sari"}, "jabatan.1.jabatan", "belum diisi"),
        ({"jabatan.1.mulai": "2027-02-01", "jabatan.1.sampai": "2027-01-01"}, "jabatan.1.mulai", "sesudah"),
        ({"jabatan.1.sebagai": "a.n."}, "jabatan.1.jabatan_sendiri", "a.n."),
        ({"jabatan.2.nama": "Dua", "jabatan.2.jabatan": "Kabid"}, "jabatan.2.mulai", "pada hari yang sama"),
    ],
)
def test_what_is_wrong_with_an_official_is_said_beside_it(desk, answers, name, words):
    answer = send(desk.browser("admin"), "pejabat/kabid", **answers)

    assert answer.status_code == 422
    html = document_fromstring(answer.text)
    (error,) = html.xpath(f'//*[@id="f-kabid.i.{name}-error"]')
    assert words in error.text_content()
    assert settings_of(desk.office.root.layout.root) == EXAMPLE


def test_an_official_who_left_is_taken_out(desk):
    browser = desk.browser("admin")
    send(browser, "pejabat/arsiparis", **{"jabatan.1.nama": "Ita Rekaan", "jabatan.1.jabatan": "Arsiparis"})
    assert "Ita Rekaan" in str(values(desk))

    send(browser, "pejabat/arsiparis", **{"jabatan.1.hapus": "ya"})

    assert tomllib.loads(settings_of(desk.office.root.layout.root)) == tomllib.loads(EXAMPLE)


AWAY = "sftp:ani@rumah:/kantor"


def _confirm(desk, login: str):
    number = desk.people.requests.waiting()[0].id
    return desk.come_in(login).post_form("/pengesahan/sahkan", {"nomor": str(number)}, page="/pengesahan")


def test_one_admin_alone_sends_the_office_to_no_other_computer_and_all_else_holds_at_once(staffed, capsys):
    staffed.account("ani", "admin")
    ani = staffed.come_in("ani")

    answer = send(ani, "cadangan", **{"cadangan.tujuan": AWAY, "cadangan.simpan_harian": "9", "lanjut": "ya"})
    page = unescape(ani.get("/pengaturan/cadangan").text)
    again = send(ani, "cadangan", **{"cadangan.tujuan": AWAY})
    other = send(ani, "cadangan", **{"cadangan.tujuan": "rest:https://rumah"})
    started = ani.post_form("/keutuhan/kerja/cadangkan", page="/keutuhan")
    code = main(["--root", str(staffed.office.root.layout.root), "backup"])

    assert (answer.status_code, again.status_code, other.status_code) == (303, 303, 422)
    assert "sampai disahkan, yang lama berlaku" in page
    assert f"dikirim ke {AWAY}; sebelumnya: belum ditentukan (diminta ani" in page
    assert 'value="rest:https://rumah"' in other.text
    assert values(staffed)["cadangan"]["simpan_harian"] == 9
    assert values(staffed)["cadangan"]["tujuan"] == ""
    assert started.headers["location"] == "/keutuhan"
    assert "Tempat cadangan belum ditentukan" in ani.get("/keutuhan").text
    assert code != 0
    assert "cadangan" in capsys.readouterr().err
    assert ("ani", "POST /pengaturan/{part}", "cadangan") in log(staffed)
    assert f"Menunggu pengesahan: cadangan seluruh kantor dikirim ke {AWAY}" in staffed.come_in("dewi").get("/").text
    assert _confirm(staffed, "ani").status_code == 403
    assert len(staffed.people.requests.waiting()) == 1


def test_once_an_official_says_so_backups_go_there_and_both_names_are_kept(staffed):
    staffed.account("ani", "admin")
    send(staffed.come_in("ani"), "cadangan", **{"cadangan.tujuan": AWAY})

    assert _confirm(staffed, "dewi").status_code == 303

    assert values(staffed)["cadangan"]["tujuan"] == AWAY
    (change,) = staffed.office.root.office_file.history()
    assert (change.by, change.confirmed_by, change.keys) == ("ani", "dewi", ("cadangan.tujuan",))
    assert send(staffed.come_in("ani"), "cadangan", **{"cadangan.simpan_harian": "3"}).status_code == 303
    assert staffed.people.requests.waiting() == []
    assert staffed.app.state.desk.root.settings.backup.repository == AWAY


def test_a_place_that_was_changed_meanwhile_is_not_written_over_and_who_asked_takes_it_back(staffed):
    staffed.account("ani", "admin")
    ani = staffed.come_in("ani")
    send(ani, "cadangan", **{"cadangan.tujuan": AWAY})
    send(ani, "cadangan", **{"cadangan.tujuan": "/media/cadangan"})

    answer = _confirm(staffed, "budi")
    number = str(staffed.people.requests.waiting()[0].id)
    ani.post_form("/pengesahan/tolak", {"nomor": number}, page="/pengesahan")

    assert answer.status_code == 403
    assert "berubah sejak" in answer.text
    assert values(staffed)["cadangan"]["tujuan"] == "/media/cadangan"
    assert staffed.people.requests.waiting() == []


def test_a_picture_becomes_the_logo_and_anything_else_does_not(desk):
    from io import BytesIO

    from PIL import Image

    browser, picture = desk.browser("admin"), BytesIO()
    Image.new("RGB", (200, 200), "white").save(picture, "PNG")
    token = browser.token("/pengaturan/kop")

    for name, data in (("a.png", b"MZ bukan gambar"), ("b.png", b"%PDF-1.4"), ("c.png", b"")):
        answer = browser.post("/pengaturan/logo", data={"csrf": token}, files={"berkas": (name, data, "image/png")})
        assert answer.status_code == 422, name
        assert not desk.office.root.logo().there
    slim = BytesIO()
    Image.new("RGB", (2000, 1), "white").save(slim, "PNG")
    answer = browser.post(
        "/pengaturan/logo", data={"csrf": token}, files={"berkas": ("garis.png", slim.getvalue(), "image/png")}
    )
    assert (answer.status_code, desk.office.root.logo().there) == (422, False)
    answer = browser.post(
        "/pengaturan/logo", data={"csrf": token}, files={"berkas": ("logo.png", picture.getvalue(), "image/png")}
    )

    assert answer.status_code == 303, answer.text
    assert desk.office.root.logo().read() == picture.getvalue()
    assert browser.get("/pengaturan/logo").headers["content-type"] == "image/webp"
    browser.post_form("/pengaturan/logo/hapus", page="/pengaturan/kop")
    assert not desk.office.root.logo().there


def test_another_name_holds_from_its_day_on_with_its_own_logo(desk):
    browser, day = desk.browser("admin"), desk.clock.now().date() + timedelta(days=1)
    base, part, path = "nomenklatur.1", "nomenklatur", "/pengaturan/logo"
    typed = {f"{base}.mulai": f"{day:%d-%m-%Y}", f"{base}.nama": "Kanwil Kementerian HAM", f"{base}.unit": "WHAM.8"}

    refused = send(browser, part, **{**typed, f"{base}.nama": ""})
    saved = send(browser, part, **typed)
    twin = {key.replace(".1.", ".2."): text for key, text in typed.items()}
    twice = send(browser, part, **typed, **twin)
    token = browser.token(f"/pengaturan/{part}")
    pictured = browser.post(
        path, data={"csrf": token, "mulai": day.isoformat()}, files={"berkas": ("l.png", _png("blue"), "image/png")}
    )
    elsewhere = browser.post(
        path, data={"csrf": token, "mulai": "2020-01-01"}, files={"berkas": ("l.png", _png("red"), "image/png")}
    )

    assert (refused.status_code, saved.status_code, twice.status_code) == (422, 303, 422), saved.text
    assert "belum diisi" in refused.text
    assert "juga hari pertama" in twice.text
    assert (pictured.status_code, elsewhere.status_code) == (303, 404)
    assert desk.office.root.logo(day).read() == _png("blue")
    assert not desk.office.root.logo().there
    assert "Kanwil Kementerian HAM" not in browser.get("/profil").text
    desk.clock.forward(days=1)
    browser = desk.browser("admin")
    assert "Kanwil Kementerian HAM" in browser.get("/profil").text
    assert "berlaku sampai sehari sebelum" in browser.get("/pengaturan/kop").text
    browser.post_form("/pengaturan/logo/hapus", {"mulai": day.isoformat()}, page=f"/pengaturan/{part}")
    assert not desk.office.root.logo(day).there


def _png(colour: str) -> bytes:
    from io import BytesIO

    from PIL import Image

    made = BytesIO()
    Image.new("RGB", (40, 40), colour).save(made, "PNG")
    return made.getvalue()


def test_the_name_of_an_account_is_mended_and_told(staffed):
    staffed.account("ani", "admin")

    answer = staffed.come_in("ani").post_form("/akun/dewi/nama", {"nama": "Dewi Rekaan, S.H."}, page="/akun/dewi")

    assert answer.status_code == 303
    assert staffed.people.accounts.account("dewi").name == "Dewi Rekaan, S.H."
    assert "menjadi Dewi Rekaan, S.H." in unescape(staffed.come_in("budi").get("/").text)
    assert ("ani", "POST /akun/{login}/nama", "dewi: nama") in log(staffed)


def test_no_pattern_is_saved_by_which_a_number_of_another_service_could_be_read(tmp_path):
    made = WebDesk(tmp_path / "kantor", ServiceOffice)
    made.office.take("surat-masuk")
    admin, before = made.browser("admin"), values(made)["nomor"]["register"]

    refused = send(admin, "penomoran", **{"nomor.register": "AGENDA-{urut:04d}/{tahun}"})
    kept = values(made)["nomor"]["register"]
    saved = send(admin, "penomoran", **{"nomor.register": "HAM-{urut:04d}/{tahun}"})

    assert refused.status_code == 422
    assert "tidak dapat dibedakan dari nomor layanan lain" in refused.text
    assert kept == before
    assert saved.status_code == 303
    made.app.state.desk.close()


def test_a_mailbox_is_given_to_a_service_that_is_in_use_and_to_no_other(tmp_path):
    made = WebDesk(tmp_path / "kantor", ServiceOffice)
    made.office.take("surat-masuk")
    admin = made.browser("admin")

    refused = send(admin, "kotak-surel", **{"kotak_surel.layanan": "surat-keluar"})
    saved = send(admin, "kotak-surel", **{"kotak_surel.layanan": "surat-masuk"})
    there, page = values(made)["kotak_surel"]["layanan"], admin.get("/pengaturan/kotak-surel").text
    back = send(admin, "kotak-surel", **{"kotak_surel.layanan": ""})

    assert refused.status_code == 422
    assert "'surat-keluar' tidak dipakai di kantor ini" in unescape(refused.text)
    assert '<option value="surat-masuk" selected>' in page
    choice = page.partition('for="f-i.kotak_surel.layanan"')[2].partition("</select>")[0]
    assert choice.count('<option value="">') == 1
    assert '<option value="">Pengaduan (Yankomas)</option>' in choice
    assert (saved.status_code, back.status_code, there) == (303, 303, "surat-masuk")
    assert not values(made)["kotak_surel"].get("layanan")
    made.app.state.desk.close()
