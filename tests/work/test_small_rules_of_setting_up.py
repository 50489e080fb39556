"""Rules of setting an office and its services up, a condition each: what an answer may be, what is still to be done."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from fakes import MORNING
from usual_standing import USUAL

from pipeline.cases.sop import YANKOMAS
from pipeline.cases.store.sop_editions import editions
from pipeline.errors import Incomplete, NotFound, SettingsFault
from pipeline.office.office_file import Table
from pipeline.register.register_numbers import RegisterPattern
from pipeline.work.service_plan import ServicePlan
from pipeline.work.services import own_sheet_faults, service_faults, take_service
from pipeline.work.setting_forms import SettingField, SettingForm, SettingRows, read, setting_form, shown
from pipeline.work.settings import WebSettings, settings_of
from pipeline.work.setup_steps import DONE, MISSING, SHIPPED, setup_steps, waits_for

EXAMPLE = tomllib.loads((Path(__file__).resolve().parents[2] / "office.toml").read_text(encoding="utf-8"))
TODAY = MORNING.date()

FIELDS = (
    SettingField("uji.nama", "Nama", required=True, longest=5),
    SettingField("uji.catatan", "Catatan", "daftar", longest=5),
    SettingField("uji.boleh", "Boleh", "ya-tidak", options={"ya": "Ya", "tidak": "Tidak"}),
    SettingField("uji.hari", "Hari", "hari"),
    SettingField("uji.jumlah", "Jumlah", "angka"),
)
FORM = SettingForm("uji", "Uji", "", FIELDS, SettingRows("uji.baris", "Baris", "", FIELDS[:1]))
ANSWERS = {"nama": "Budi", "boleh": "ya", "jumlah": "12"}


def wrong_with(**answers: str) -> set[str]:
    """The fields of the form that are wrong when these answers differ from good ones."""
    try:
        read(FORM, {f"uji.{key}": text for key, text in {**ANSWERS, **answers}.items()})
    except Incomplete as fault:
        return {name.removeprefix("uji.") for name in fault.fields}
    return set()


def test_answers_are_as_long_and_as_many_as_they_may_be_and_no_longer():
    assert wrong_with() == wrong_with(nama="Budis", catatan="\n".join(["x"] * 200), jumlah="9999") == set()
    assert wrong_with(nama="Budi R") == wrong_with(nama="  ") == wrong_with(nama="a\nb") == {"nama"}
    assert wrong_with(nama="\u200b\u200b") == {"nama"}
    assert wrong_with(catatan="\n".join(["x"] * 201)) == wrong_with(catatan="abcdef") == {"catatan"}
    assert wrong_with(jumlah="12345") == wrong_with(jumlah="-1") == wrong_with(jumlah="") == {"jumlah"}
    assert wrong_with(boleh="mungkin") == {"boleh"}


def test_answers_are_read_by_their_kind_and_shown_as_they_are_read():
    def told(**answers: str) -> dict[str, object]:
        found = read(FORM, {f"uji.{key}": text for key, text in {**ANSWERS, **answers}.items()})
        return {path[-1]: value for path, value in found.items()}

    assert told() == {"nama": "Budi", "catatan": [], "boleh": True, "hari": None, "jumlah": 12, "baris": None}
    assert told(boleh="tidak", hari="2 Desember 2026")["boleh"] is False
    values = {"uji": {"nama": "Budi", "catatan": ["a", "b"], "jumlah": 12}}
    assert {key.removeprefix("uji."): text for key, text in shown(FORM, values).items()} == {
        "nama": "Budi",
        "catatan": "a\nb",
        "boleh": "tidak",
        "hari": "",
        "jumlah": "12",
        "baris.1.uji.nama": "",
    }
    assert shown(FORM, {"uji": {"boleh": True}})["uji.boleh"] == "ya"


def test_a_part_of_the_settings_is_found_by_its_key():
    assert setting_form("kop").key == "kop"
    with pytest.raises(NotFound):
        setting_form("kopi")


def test_settings_are_set_up_step_by_step_and_wait_while_the_example_stands_for_them():
    settings = settings_of(Table("", EXAMPLE))
    today = date(2026, 11, 25)
    state = {step.key: step.state for step in setup_steps(settings, [], today, {"jam-kerja"})}

    assert {key: state[key] for key in ("kop", "cadangan", "pejabat", "akun", "jam-kerja", "hari-libur")} == {
        "kop": MISSING,
        "cadangan": MISSING,
        "pejabat": MISSING,
        "akun": MISSING,
        "jam-kerja": DONE,
        "hari-libur": SHIPPED,
    }
    order = [*state]
    assert order.index("pejabat") == order.index("kop") + 1
    assert order.index("akun") == order.index("penomoran") + 1
    assert {step.key for step in waits_for(setup_steps(settings, [], today, ()))} == {
        "kop",
        "cadangan",
        "pejabat",
        "akun",
    }


def test_posts_and_accounts_are_set_up_once_every_role_that_decides_is_held_by_somebody_who_can_come_in():
    rows = [{**row, "nama": "Budi Rekaan", "nip": "1970"} for row in EXAMPLE["jabatan"]]
    of = USUAL

    def states(named: list[dict], *accounts: SimpleNamespace) -> list[str]:
        settings = settings_of(Table("", {**EXAMPLE, "jabatan": named}))
        found = {step.key: step.state for step in setup_steps(settings, accounts, date(2026, 11, 25), ())}
        return [found["pejabat"], found["akun"]]

    def account(*, ready=True, locked=False) -> SimpleNamespace:
        return SimpleNamespace(ready=ready, locked=locked, roles_on=lambda *_: {*of.lanes})

    assert states(rows, account()) == [DONE, DONE]
    assert states([{**row, "nip": ""} for row in rows], account(ready=False)) == [MISSING, MISSING]
    assert states([{**row, "nama": ""} for row in rows], account(locked=True)) == [MISSING, MISSING]


class Folders:
    """Services as their folders have them."""

    def __init__(self, service, *, noted=(), **others) -> None:
        self.service, self.used, self.others, self.taken = service, noted, others, []

    def bring(self, key: str) -> bool:
        return True

    def looked_through(self, key: str):
        return self.service, []

    def templates(self, key: str):
        return dict.fromkeys(self.others[key])

    def names(self):
        return [*self.others]

    def noted(self):
        return self.used

    def take_into_use(self, key: str, *, by: str, at) -> None:
        self.taken.append(key)


def service(key="rapat", *sheets: str, since: date = TODAY):
    sop = replace(editions()[-1], sheets=tuple(SimpleNamespace(template=one) for one in sheets), effective=since)
    return SimpleNamespace(key=key, pattern="{urut:03d}/RAPAT/{tahun}", series="RP", editions=(sop,))


def parts_of(folders: Folders, ours=("surat-kita",)) -> SimpleNamespace:
    placed = []
    return SimpleNamespace(
        shelf=folders,
        clock=SimpleNamespace(now=lambda: MORNING),
        check=lambda _template, _sop: (),
        place=placed.append,
        placed=placed,
        ours=ours,
        pattern=RegisterPattern("{urut:04d}/YANKOMAS/{tahun}"),
        may_take=lambda: None,
    )


def test_a_service_is_taken_into_use_once_nothing_is_wrong_with_it_and_an_edition_has_begun():
    folders = Folders(service("rapat", "undangan"), rapat=["undangan"])
    parts = parts_of(folders)

    assert take_service("rapat", by="ani", parts=parts).key == "rapat"
    assert (folders.taken, len(parts.placed)) == (["rapat"], 1)
    late = Folders(service("rapat", "undangan", since=MORNING.date() + timedelta(days=1)), rapat=["undangan"])
    for wrong, said in ((late, "belum ada edisi"), (Folders(None), "rapat")):
        with pytest.raises(SettingsFault, match=said):
            take_service("rapat", by="ani", parts=parts_of(wrong))
        assert wrong.taken == []


def test_the_templates_of_a_service_are_its_own_each_used_and_each_there():
    sheets = ("undangan", "hilang")
    folders = Folders(
        service("rapat", *sheets), noted=["lain"], rapat=["undangan", "surat-kita", "surat-lain"], lain=["surat-lain"]
    )

    _, found = service_faults("rapat", parts_of(folders))

    assert found[:2] == [
        "templat/surat-kita.docx: nama itu sudah dipakai templat Yankomas",
        "templat/surat-lain.docx: nama itu sudah dipakai templat layanan lain",
    ]
    assert found[2].startswith("templat/hilang.docx tidak ada; edisi ")
    assert sorted(found[3:]) == [
        f"templat/{stem}.docx: tidak ada naskah yang memakainya" for stem in ("surat-kita", "surat-lain")
    ]


def test_a_service_in_use_is_held_against_those_in_use_and_a_new_one_against_all_that_lie_there():
    def said(noted: tuple[str, ...]) -> list[str]:
        folders = Folders(service("rapat", "undangan"), noted=noted, rapat=["undangan"], salinan=["undangan"])
        return service_faults("rapat", parts_of(folders))[1]

    assert said(("rapat",)) == []
    assert ["salinan" in text for text in said(())] == [True]


def test_a_service_is_not_called_as_what_means_something_else_in_the_inbox():
    def refused(name: str) -> bool:
        _, found = service_faults(name, parts_of(Folders(service(name), **{name: []})))
        return any("kotak masuk" in text for text in found)

    assert [refused(name) for name in ("ditolak", "bolak-balik", "2026-0007", "rapat")] == [True, True, True, False]


def test_an_own_sheet_of_an_edition_has_its_word_file():
    sop = replace(editions()[-1], service=YANKOMAS, sheets=(SimpleNamespace(template="05-kantor-undangan"),))
    checked: list[str] = []

    def check(template: str, _sop) -> tuple:
        checked.append(template)
        return ()

    assert [*own_sheet_faults(sop, ["05-kantor-undangan.docx"], check)] == []
    (fault,) = own_sheet_faults(sop, ["lain.docx"], check)
    assert fault.startswith("letter_templates/05-kantor-undangan.docx tidak ada")
    assert checked == ["05-kantor-undangan"]


def test_a_field_of_a_form_must_be_filled_in_only_where_its_file_says_so():
    required = {one.key: one.required for one in setting_form("kop").fields}

    assert (required["kantor.alamat"], required["kantor.laman_pelapor"]) == (True, False)


@pytest.mark.parametrize(
    ("web", "url", "tls"),
    [
        (WebSettings(), "http://127.0.0.1:8017", False),
        (WebSettings(port=80), "http://127.0.0.1", False),
        (WebSettings(host="::1", port=80), "http://[::1]", False),
        (WebSettings(certificate="a.pem", private_key="b.pem", port=443), "https://127.0.0.1", True),
        (WebSettings(certificate="a.pem", private_key="b.pem", names=("meja",)), "https://meja:8017", True),
        (WebSettings(proxy_speaks_tls=True, names=("meja.contoh",)), "https://meja.contoh", True),
        (WebSettings(proxy_speaks_tls=True), "https://127.0.0.1:8017", True),
    ],
)
def test_the_desk_is_called_as_people_type_it(web, url, tls):
    assert (web.url, web.tls) == (url, tls)


def usable(**tables) -> bool:
    """Whether the settings can be used with these tables in place of their own."""
    try:
        settings_of(Table("", {**EXAMPLE, **tables}))
    except SettingsFault:
        return False
    return True


def test_settings_are_used_up_to_their_bounds():
    office, mail = EXAMPLE["kantor"], {"server": "smtp.contoh", "pengirim": "kantor@contoh.go.id"}
    box = {"server": "imap.contoh", "pengguna": "kantor", "berkas_sandi": "sandi", "tanda_terima": True}

    assert [usable(kantor={**office, "laman_pelapor": "x" * n}) for n in (48, 49)] == [True, False]
    assert [usable(rangkap=[{"pasangan": "susun", "alasan": why}]) for why in ("Lowong", " ")] == [True, False]
    assert [usable(kotak_surel=box), usable(kotak_surel=box, surel=mail), usable(surel=mail)] == [False, True, True]
    assert not usable(kotak_surel={"tanda_terima": True}, surel=mail)
    reading, web = EXAMPLE["pembacaan"], EXAMPLE.get("web", {})
    assert [usable(pembacaan={**reading, "pekerja": n}) for n in (-1, 0, 64, 65)] == [False, True, True, False]
    assert [usable(web={**web, "pintu": port}) for port in (0, 1, 65535, 65536)] == [False, True, True, False]


def test_a_day_on_which_an_office_is_called_otherwise_is_told_among_the_steps():
    def told(**tables) -> str:
        steps = setup_steps(settings_of(Table("", {**EXAMPLE, **tables})), [], TODAY, ())
        return next(step.words for step in steps if step.key == "nomenklatur")

    assert told() == "Kantor ini belum pernah berganti nama"
    assert told(nomenklatur=[{"mulai": date(2027, 1, 4), "nama": "Kanwil Baru"}]) == "sejak 4 Januari 2027: Kanwil Baru"


@pytest.mark.parametrize(
    ("port", "capability"), [(1023, "CAP_NET_BIND_SERVICE"), (1024, ""), (80, "CAP_NET_BIND_SERVICE")]
)
def test_the_service_may_open_the_ports_that_only_some_may_where_it_needs_one(port, capability):
    plan = ServicePlan(Path("/srv/yankomas"), Path("/opt/yankomas/yankomas"), (), port)

    plan.check()
    assert plan._capabilities == capability
    with pytest.raises(SettingsFault, match="tanda yang tidak dapat ditulis"):
        replace(plan, folder=Path("/srv/kantor kita")).check()
    with pytest.raises(SettingsFault, match="tidak terlihat"):
        replace(plan, folder=Path("/home/kantor")).check()


def test_what_the_file_says_of_inbox_desk_and_learning_is_what_the_settings_are():
    inbox, reading = EXAMPLE["kotak_masuk"], EXAMPLE["pembacaan"]

    def settings(**tables):
        return settings_of(Table("", {**EXAMPLE, **tables}))

    polled = [settings(kotak_masuk={**inbox, "pemantauan": mode}).inbox.polling for mode in ("langsung", "berkala")]
    assert polled == [False, True]
    assert [settings(web={"tls": mode}).web.proxy_speaks_tls for mode in ("tidak", "proksi")] == [False, True]
    keys = [
        {"sertifikat": "a.pem"},
        {"kunci_sertifikat": "b.pem"},
        {"sertifikat": "a.pem", "kunci_sertifikat": "b.pem"},
    ]
    assert [usable(web={"tls": "sertifikat", **one}) for one in keys] == [False, False, True]
    assert [usable(web=one) for one in keys] == [True, True, False]
    bare = {key: value for key, value in reading.items() if key != "belajar"}
    assert settings(pembacaan=bare).reading.learns is False


def test_an_official_may_hold_a_post_for_a_day():
    day = date(2026, 12, 1)
    row = {"peran": "kakanwil", "jabatan": "Kakanwil", "mulai": day}

    assert [usable(jabatan=[{**row, "sampai": until}]) for until in (day, day - timedelta(days=1))] == [True, False]
