"""*SOP* at the desk: seen by everybody, changed by the admin as a draft, in force from a day, with a second person."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from lxml import html
from other_services import ServiceOffice
from sop_texts import own_texts
from web_desk import WebDesk

from pipeline.cases.store.edition_zip import zipped
from pipeline.desk.rendering import edition_name
from pipeline.office.worktime import Limit

ZIP = "application/zip"
TOLD = {"perihal": "Tanah adat", "pelapor": "Siti Rekaan", "terlapor": "PT Contoh", "uraian": "Tanah digarap."}


@pytest.fixture
def desk(tmp_path: Path):
    made = WebDesk(tmp_path / "kantor")
    made.clock.forward(days=5)
    yield made
    made.app.state.desk.close()


def form_of(browser, part: str) -> dict[str, list[str]]:
    """What a part's form says as it stands, as a browser would send it, with its token."""
    page, path = html.fromstring(browser.get(f"/sop/ubah/{part}").text), f"/sop/ubah/{part}"
    [form] = [form for form in page.forms if form.action == path]
    sent: dict[str, list[str]] = {}
    for name, value in form.form_values():
        sent.setdefault(name, []).append(value)
    return {name: values for name, values in sent.items() if name not in ("asal", "sekali")}


def change(browser, part: str, **answers):
    data = {**form_of(browser, part), **{name.replace("__", "."): value for name, value in answers.items()}}
    return browser.post(f"/sop/ubah/{part}", data=data)


def install(browser, day: date, why: str = "Keputusan Kakanwil 1/2026", **more):
    page = browser.get("/sop/rancangan").text
    seen = re.search(r'name="dilihat" value="([^"]*)"', page)[1]
    token = re.search(r'name="csrf" value="([^"]+)"', page)[1]
    data = {"mulai": day.isoformat(), "alasan": why, "dilihat": seen, "csrf": token, **more}
    return browser.post("/sop/rancangan/pasang", data=data)


def number_in(page: str) -> str:
    """The number of the first request that a page offers to confirm."""
    return numbers_in(page)[0]


def numbers_in(page: str) -> list[str]:
    """The numbers of all of them."""
    return re.findall(r'"/pengesahan/sahkan".*?name="nomor" value="(\d+)"', page, re.DOTALL)


def tomorrow(desk) -> date:
    return desk.clock.now().date() + timedelta(days=1)


def in_force(desk):
    """What new cases follow today, as every process finds it."""
    root = desk.app.state.desk
    root.renew()
    from pipeline.cases.sop import in_force as found

    return found(root.root.editions, desk.clock.now().date())


def test_everybody_sees_the_edition_in_force_and_only_the_admin_changes_it(desk):
    team = desk.browser("tim-yankomas")

    page = team.get("/sop").text

    assert "edisi 26 Nov 2026" in page
    assert "Nota telaahan" in page
    assert "/sop/ubah/" not in page
    assert team.get("/sop/ubah/langkah").status_code == 403
    assert team.get("/sop/edisi/2024-05-06").status_code == 200


def test_a_longer_limit_is_in_force_from_its_day_for_new_cases_alone(desk):
    admin = desk.browser("admin")
    before = desk.office.open("lisan", TOLD)
    saved = change(admin, "langkah", langkah__3__waktu="5")
    shown = admin.get("/sop/rancangan").text

    done = install(admin, tomorrow(desk))
    gone = admin.get("/sop/rancangan").headers["location"]
    same_day = in_force(desk)
    desk.clock.forward(days=1)
    then = in_force(desk)

    assert saved.headers["location"] == "/sop/rancangan"
    assert "<del>2 hari</del>" in shown
    assert "<ins>5 hari</ins>" in shown
    assert done.headers["location"] == gone == "/sop"
    assert not same_day.own
    assert (then.own, then.step("telaahan").limit) == (True, Limit(days=5))
    root = desk.app.state.desk.root
    assert not root.sop_of(root.cabinet.case(before)).own


def test_who_signs_is_changed_by_nobody_alone(desk):
    desk.account("budi", "kakanwil")
    admin, head = desk.browser("admin"), desk.come_in("budi")
    change(admin, "surat", naskah__4__paraf1="")

    asked = install(admin, tomorrow(desk))
    waiting = head.get("/pengesahan").text
    number = number_in(waiting)
    whole = head.get(f"/sop/permintaan/{number}").text
    desk.clock.forward(days=1)
    unconfirmed = in_force(desk).own
    desk.clock.forward(days=-1)
    own = admin.post_form("/pengesahan/sahkan", {"nomor": number}, page="/pengesahan")
    confirmed = head.post_form("/pengesahan/sahkan", {"nomor": number}, page="/pengesahan")
    desk.clock.forward(days=1)

    assert asked.headers["location"] == "/sop"
    assert "Nota telaahan: paraf, berurutan" in waiting
    assert f'href="/sop/permintaan/{number}"' in waiting
    assert "<ins>Kabid HAM</ins>" in whole
    assert not unconfirmed
    assert own.status_code == 403
    assert confirmed.status_code == 303
    assert in_force(desk).sheet("04-nota-telaahan").initials == ("kabid",)
    [note] = [note for note in desk.app.state.desk.root.own_editions().notes() if note.what == "pasang"]
    assert (note.by, note.confirmed_by, note.why) == ("admin", "budi", "Keputusan Kakanwil 1/2026")


def test_what_was_asked_for_is_not_confirmed_once_its_day_is_over_or_another_came_between(desk):
    desk.account("budi", "kakanwil")
    admin, head = desk.browser("admin"), desk.come_in("budi")
    change(admin, "surat", naskah__4__paraf1="")
    install(admin, tomorrow(desk) + timedelta(days=1))
    number = number_in(head.get("/pengesahan").text)
    change(admin, "surat", naskah__4__paraf1="", naskah__5__paraf0="", naskah__5__paraf1="")
    twice = install(admin, tomorrow(desk) + timedelta(days=1))

    desk.clock.forward(days=3)
    head = desk.come_in("budi")
    late = head.post_form("/pengesahan/sahkan", {"nomor": number}, page="/pengesahan")

    assert "sudah ada yang menunggu" in twice.text
    assert late.status_code == 403
    assert "sudah lewat" in late.text
    assert not in_force(desk).own


def test_what_was_asked_for_is_not_confirmed_once_the_last_of_many_powers_changes_another_thing(desk):
    desk.account("budi", "kakanwil")
    admin, head, later = desk.browser("admin"), desk.come_in("budi"), tomorrow(desk) + timedelta(days=2)
    change(admin, "surat", **{f"naskah__{n}__paraf1": "" for n in (4, 5, 6, 7, 8, 9)})
    install(admin, later)
    number = number_in(head.get("/pengesahan").text)
    change(admin, "surat", naskah__9__paraf0="kadiv", naskah__9__paraf1="kabid")
    install(admin, tomorrow(desk))
    between = (set(numbers_in(head.get("/pengesahan").text)) - {number}).pop()

    first = head.post_form("/pengesahan/sahkan", {"nomor": between}, page="/pengesahan")
    then = head.post_form("/pengesahan/sahkan", {"nomor": number}, page="/pengesahan")

    assert (first.status_code, then.status_code) == (303, 403)
    assert "berubah sejak permohonan ini" in then.text


def test_a_second_account_of_the_same_person_does_not_confirm_their_edition(desk):
    desk.account("budi", "kakanwil")
    desk.account("sari", "admin", name="Sari Rekaan")
    desk.account("sari-pejabat", "kadiv", name="Dr. SARI REKAAN, S.H.")
    admin, second = desk.come_in("sari"), desk.come_in("sari-pejabat")
    change(admin, "surat", naskah__4__paraf1="")
    install(admin, tomorrow(desk))
    number = number_in(desk.come_in("budi").get("/pengesahan").text)

    answer = second.post_form("/pengesahan/sahkan", {"nomor": number}, page="/pengesahan")

    assert answer.status_code == 403
    assert numbers_in(second.get("/pengesahan").text) == []


def test_an_edition_is_withdrawn_before_its_day(desk):
    admin = desk.browser("admin")
    change(admin, "langkah", langkah__3__waktu="5")
    install(admin, tomorrow(desk))

    empty = admin.post_form("/sop/tarik", {"hari": tomorrow(desk).isoformat()}, page="/sop")
    done = admin.post_form("/sop/tarik", {"hari": tomorrow(desk).isoformat(), "alasan": "keliru"}, page="/sop")
    again = admin.post_form("/sop/tarik", {"hari": tomorrow(desk).isoformat(), "alasan": "keliru"}, page="/sop")
    desk.clock.forward(days=1)

    assert (empty.status_code, done.status_code, again.status_code) == (422, 303, 422)
    assert not in_force(desk).own


@pytest.mark.parametrize(
    ("part", "answers", "said"),
    [
        ("langkah", {"langkah.3.waktu": ""}, "harus diisi"),
        ("langkah", {"langkah.3.waktu": "-2"}, "bilangan bulat"),
        ("langkah", {"langkah.3.waktu": "9999"}, "lebih lama dari 1000 hari"),
        ("langkah", {"langkah.3.waktu_satuan": "abad"}, "bukan pilihan"),
        ("langkah", {"langkah.6.ingatkan": "22"}, "tidak lebih singkat"),
        ("lajur", {"lajur.1.nama": "a" * 10_000}, "paling panjang 200"),
        ("lajur", {"lajur.2.atasan": "tim-yankomas"}, "menjadi atasan bagi dirinya sendiri"),
        ("surat", {"naskah.4.penanda_tangan0": ""}, "harus diisi"),
        ("gerak", {"gerak.0.peran": []}, "pilih paling sedikit satu"),
        ("kalimat", {"gerak.3.frasa0": "\n".join(map(str, range(41)))}, "paling banyak 40"),
        ("edisi", {"edisi.0.ditetapkan": "kemarin dulu"}, "Ditetapkan"),
    ],
)
def test_an_answer_that_cannot_be_is_said_beside_its_field_and_nothing_is_kept(desk, part, answers, said):
    admin = desk.browser("admin")

    answer = change(admin, part, **answers)

    assert answer.status_code == 422
    assert said in answer.text
    assert admin.get("/sop/rancangan").headers["location"] == "/sop"


def test_a_day_that_is_over_a_reason_that_is_missing_and_a_day_twice_are_refused(desk):
    admin = desk.browser("admin")
    change(admin, "langkah", langkah__3__waktu="5")

    past, slip = (install(admin, tomorrow(desk) + timedelta(days=days)) for days in (-2, 40_000))
    silent = install(admin, tomorrow(desk), "")
    long = install(admin, tomorrow(desk), "a" * 10_000)
    done = install(admin, tomorrow(desk))
    change(admin, "langkah", langkah__3__waktu="6")
    twice = install(admin, tomorrow(desk))

    assert [one.status_code for one in (past, slip, silent, long, done, twice)] == [422, 422, 422, 422, 303, 422]
    assert "sudah lewat" in past.text
    assert "Periksa tahunnya" in slip.text
    assert "sudah ada" in twice.text


def test_two_admins_at_once_see_what_the_other_did(desk):
    one, other = desk.browser("admin"), desk.browser("admin", "arsiparis")
    change(one, "langkah", langkah__3__waktu="5")
    change(other, "langkah", langkah__4__waktu="6")
    stale = re.search(r'name="dilihat" value="([^"]*)"', other.get("/sop/rancangan").text)[1]
    install(one, tomorrow(desk))

    late = install(other, tomorrow(desk) + timedelta(days=1), dilihat=stale)
    shown = other.get("/sop/rancangan?mulai=x").text

    assert late.status_code == 422
    assert "berubah sejak halaman ini dibuka" in late.text
    assert "<del>5 hari</del>" in late.text, "it would take back what the other did"
    assert "Sejak rancangan ini dimulai" in shown


def test_a_form_that_lies_behind_the_draft_is_not_taken(desk):
    admin = desk.browser("admin")
    old = form_of(admin, "langkah")
    change(admin, "langkah", langkah__3__waktu="5")

    late = admin.post_form("/sop/ubah/langkah", {**old, "langkah.4.waktu": "9"}, page="/sop/ubah/langkah")

    assert late.status_code == 422
    assert "berubah sejak halaman ini dibuka" in late.text
    assert 'value="9"' in late.text, "what was typed stays"


def test_a_whole_edition_goes_out_and_comes_back_and_its_faults_are_named(desk):
    admin = desk.browser("admin")
    out = admin.get("/sop/unduh/2026-11-26")
    steps = zipfile.ZipFile(io.BytesIO(out.content)).read("steps.toml").decode()
    day = tomorrow(desk)
    bad = own_texts(day, ("states.toml", 'langkah = "telaahan"', 'langkah = "entah"'))
    good = own_texts(day, ("steps.toml", 'hari = 2\nwaktu = "2 hari"', 'hari = 5\nwaktu = "5 hari"'))

    def sent(data: bytes):
        return admin.post_form("/sop/kirim", page="/sop", files={"berkas": ("sop.zip", data, ZIP)})

    refused = [sent(b"bukan zip"), sent(zipped({"baca.txt": ""})), sent(zipped(bad))]
    none = admin.get("/sop/rancangan").headers["location"]
    taken = sent(zipped(good))

    assert "[[langkah]]" in steps
    assert [one.status_code for one in refused] == [422, 422, 422]
    assert "states.toml baris" in refused[2].text
    assert none == "/sop"
    assert taken.headers["location"] == "/sop/rancangan"
    assert "<ins>5 hari</ins>" in admin.get("/sop/rancangan").text


def test_a_draft_that_changes_nothing_is_not_installed_and_can_be_dropped(desk):
    admin = desk.browser("admin")
    change(admin, "langkah", langkah__3__waktu="5")
    change(admin, "langkah", langkah__3__waktu="2")

    same = admin.get("/sop/rancangan").text
    admin.post_form("/sop/rancangan/buang", page="/sop/rancangan")

    assert "tidak ada yang dapat dipasang" in same
    assert admin.get("/sop/rancangan").headers["location"] == "/sop"
    gone = admin.post_form("/sop/rancangan/pasang", {"mulai": "x"}, page="/sop")
    assert gone.headers["location"] == "/sop"


def test_an_edition_in_the_folder_that_is_wrong_is_named_on_the_page(desk):
    place = desk.office.root.layout.services / "yankomas" / "sop" / tomorrow(desk).isoformat()
    place.mkdir(parents=True)
    (place / "edition.toml").write_text("nomor = ", encoding="utf-8")

    page = desk.browser("admin").get("/sop").text

    assert "tidak dapat dipakai" in page
    assert "edition.toml" in page


def test_an_edition_of_a_service_that_its_word_templates_do_not_go_with_is_refused(tmp_path):
    desk = WebDesk(tmp_path / "kantor", ServiceOffice)
    desk.clock.forward(days=5)
    desk.office.take("surat-masuk")
    admin, folder = desk.browser("admin"), desk.office.root.layout.services / "surat-masuk"
    texts = {path.name: path.read_text() for path in (folder / "sop" / "2026-01-01").iterdir()}
    other = {**texts, "register.toml": texts["register.toml"].replace('"asal_surat"', '"pengirim_surat"')}
    for name in ("edition.toml", "openings.toml"):
        other[name] = texts[name].replace('"asal_surat"', '"pengirim_surat"')

    def sent(files):
        form = {"layanan": "surat-masuk", "csrf": admin.token("/sop?layanan=surat-masuk")}
        return admin.post("/sop/kirim", data=form, files={"berkas": ("sop.zip", zipped(files), ZIP)})

    refused, draft = sent(other), admin.get("/sop/rancangan?layanan=surat-masuk")
    taken = sent({**texts, "register.toml": texts["register.toml"].replace('"Isi ringkas"', '"Ringkasan surat"')})
    (folder / "templat" / "02-kartu-agenda.docx").unlink()
    page = html.fromstring(admin.get(taken.headers["location"]).text)
    [ready] = [dict(one.form_values()) for one in page.forms if one.action == "/sop/rancangan/pasang"]
    late = admin.post("/sop/rancangan/pasang", data={**ready, "alasan": "SE 2/2026"})

    assert refused.status_code == 422
    assert "templat/02-kartu-agenda" in refused.text
    assert "asal_surat" in refused.text
    assert draft.status_code == 303
    assert taken.headers["location"] == "/sop/rancangan?layanan=surat-masuk"
    assert late.status_code == 422
    assert "02-kartu-agenda.docx tidak ada" in late.text
    desk.app.state.desk.close()


def test_the_sop_of_another_service_is_changed_as_its_own(tmp_path):
    desk = WebDesk(tmp_path / "kantor", ServiceOffice)
    desk.clock.forward(days=5)
    desk.office.take("surat-masuk")
    admin, tail = desk.browser("admin"), "?layanan=surat-masuk"

    page = admin.get(f"/sop{tail}").text
    form = html.fromstring(admin.get(f"/sop/ubah/langkah{tail}").text)
    [sent] = [dict(one.form_values()) for one in form.forms if one.action == "/sop/ubah/langkah"]
    saved = admin.post("/sop/ubah/langkah", data={**sent, "langkah.0.waktu": "7"})
    draft = html.fromstring(admin.get(saved.headers["location"]).text)
    [ready] = [dict(one.form_values()) for one in draft.forms if one.action == "/sop/rancangan/pasang"]
    done = admin.post("/sop/rancangan/pasang", data={**ready, "alasan": "SE 2/2026"})
    desk.clock.forward(days=1)
    desk.app.state.desk.renew()
    root = desk.app.state.desk.root

    assert "Surat masuk" in page
    assert "Pengirim, Petugas agenda" in page
    assert "Pelapor" not in page
    assert saved.headers["location"] == f"/sop/rancangan{tail}"
    assert done.headers["location"] == f"/sop{tail}"
    [service] = root.services
    assert [sop.key for sop in service.editions][-1] == "surat-masuk-2026-12-01-kantor"
    assert not any(sop.own for sop in root.editions), "Yankomas's SOP is as it was"
    assert admin.get("/sop?layanan=entah").status_code in (303, 404)
    desk.app.state.desk.close()


def test_editions_are_called_by_their_day_in_every_service():
    assert edition_name("2024-05-06") == "6 Mei 2024"
    assert edition_name("2027-01-08-kantor") == "8 Jan 2027 (kantor)"
    assert edition_name("surat-masuk-2026-12-01-kantor") == "1 Des 2026 (kantor)"


def test_a_role_that_the_admin_adds_is_given_from_its_day_and_acts_by_what_its_lane_may(desk):
    admin, case = desk.browser("admin"), desk.office.open("lisan", TOLD)
    correct = next(n for n, move in enumerate(in_force(desk).moves) if move.key == "koreksi")
    new = {"kunci": "analis", "nama": "Analis HAM", "atasan": "kabid", "hak": ["menyusun"]}
    change(admin, "lajur", **{f"lajur.baru.{name}": value for name, value in new.items()})
    change(admin, "gerak", **{f"gerak.{correct}.peran": ["tim-yankomas", "yankomas.analis"]})
    shown = admin.get("/sop/rancangan").text
    given = {"login": "tono", "nama": "Tono Rekaan", "nip": "", "peran": "yankomas.analis"}
    too_soon = admin.post_form("/akun", given, page="/akun")

    install(admin, tomorrow(desk))
    desk.clock.forward(days=1)
    admin = desk.browser("admin")  # the session of the day before is over
    offered = admin.get("/akun").text
    made = admin.post_form("/akun", given, page="/akun")
    in_role = desk.browser("yankomas.analis")

    assert (too_soon.status_code, made.status_code) == (422, 200)
    assert "Analis HAM" in shown
    assert 'value="yankomas.analis"' in offered
    assert "Siti Rekaan" in in_role.get("/register").text  # who drafts sees names
    pages = ("/kotak-masuk", "/akun", "/ringkasan", f"/kasus/{case}")
    assert [in_role.get(page).status_code for page in pages] == [403, 403, 200, 200]
    theirs = f"/kasus/{case}/gerak/koreksi"
    assert in_role.get(theirs).status_code != 200  # the case began under the edition of before
    desk.office.root = desk.app.state.desk.root  # who opens it is a process that has found the edition
    later = desk.office.open("lisan", {**TOLD, "pelapor": "Hendra Rekaan"})
    assert in_role.get(f"/kasus/{later}/gerak/koreksi").status_code == 200
    desk.office.decide(later, "koreksi", "yankomas.analis", {"perihal": "Hal lain", "alasan": "Keliru"})
    assert "Analis HAM" in in_role.get(f"/kasus/{later}").text


def test_a_role_that_decides_is_given_by_nobody_alone(desk):
    desk.account("budi", "kakanwil")
    admin, head = desk.browser("admin"), desk.come_in("budi")
    new = {"kunci": "koordinator", "nama": "Koordinator", "hak": ["memutus"]}
    change(admin, "lajur", **{f"lajur.baru.{name}": value for name, value in new.items()})
    install(admin, tomorrow(desk))
    waits = head.get("/pengesahan").text
    head.post_form("/pengesahan/sahkan", {"nomor": number_in(waits)}, page="/pengesahan")
    desk.clock.forward(days=1)
    desk.account("wati", "yankomas.koordinator")
    asked = {"login": "tono", "nama": "Tono", "nip": "", "peran": "yankomas.koordinator"}
    desk.browser("admin").post_form("/akun", asked, page="/akun")

    told = desk.come_in("budi").get("/pengesahan").text
    assert "Lajur, Koordinator: ditambahkan (hak: memutus)" in waits
    assert "Akun tono diberi peran Koordinator" in told
