"""The SOP is a table: seven steps with their limits, as printed in SOP W.8.OT.02.01-74, and code that walks it."""

import re
from dataclasses import asdict, replace
from datetime import date

import pytest
from sop_texts import read_text_of_sop, sop_text

from pipeline.cases.sop import in_force
from pipeline.cases.sop_file import read_sop
from pipeline.cases.sop_row_reading import form_field, move_of, sheet_of
from pipeline.cases.sop_unknown_words import unknown_words
from pipeline.cases.sop_words import ANY, AWAITED, BACK, SIGNER
from pipeline.cases.store.sop_editions import edition_texts, editions
from pipeline.errors import SettingsFault
from pipeline.office.roles import ROLES
from pipeline.office.worktime import Limit

SOP = editions()[0]
TEXT = sop_text("2024-05-06")


def test_the_sop_has_the_seven_steps_and_limits_that_are_printed():
    assert [(s.number, s.key, s.limit) for s in SOP.steps] == [
        (1, "penerimaan", Limit(minutes=15)),
        (2, "pencatatan", Limit(minutes=15)),
        (3, "penyampaian", Limit(minutes=15)),
        (4, "telaahan", Limit(days=2)),
        (5, "audiensi", Limit(days=3)),
        (6, "rekomendasi", Limit(days=2)),
        (7, "pemantauan", Limit(days=22)),
    ]


def test_the_whole_sop_takes_three_quarters_of_an_hour_and_29_days():
    assert SOP.limit_to() == Limit(minutes=45, days=29)


def test_the_limit_to_a_step_includes_that_step():
    assert SOP.limit_to(2) == Limit(minutes=30)
    assert SOP.limit_to(SOP.step(SOP.reviewed).number) == Limit(minutes=45, days=2)


def test_a_registered_letter_stands_in_the_second_step():
    assert SOP.step(SOP.state(SOP.first).step).number == 2


def test_the_receipt_and_the_disposition_sheet_are_drafted_at_intake():
    assert [(s.template, s.step, s.signed) for s in map(SOP.sheet, SOP.at_intake)] == [
        ("01-tanda-terima", 1, False),
        ("03-lembar-disposisi", 3, True),
    ]
    assert read_text_of_sop("2024-05-06", TEXT).at_intake == SOP.at_intake


def test_receipt_and_extract_carry_page_codes_though_nothing_waits_for_their_scans():
    sheets = [editions()[-1].sheet(template) for template in ("01-tanda-terima", "02-buku-register")]

    assert [(sheet.coded, sheet.signed) for sheet in sheets] == [(True, False)] * 2
    assert editions()[-1].sheet("06-surat-rekomendasi").coded, "so do those of every sheet that waits for a signature"


def test_every_role_of_the_sop_is_a_role_of_the_office():
    assert {role for step in SOP.steps for role in step.lanes} <= set(ROLES)
    assert {role for move in SOP.moves for role in move.roles} <= {*ROLES, AWAITED, SIGNER}


def test_the_sixteen_documents_are_all_there():
    assert len(SOP.sheets) == 16


def test_a_state_of_another_edition_is_a_fault_of_the_installation():
    with pytest.raises(SettingsFault, match="entah"):
        SOP.state("entah")


def test_the_edition_in_force_is_the_newest_that_had_begun_on_the_day():
    old = replace(SOP, key="lama", effective=date(2020, 1, 1))
    coming = replace(SOP, key="kelak", effective=date(2027, 1, 1))

    assert in_force((coming, SOP, old), date(2026, 12, 31)) is SOP
    assert in_force((coming, SOP, old), date(2027, 1, 1)) is coming
    assert in_force((coming, SOP, old), SOP.effective) is SOP
    assert in_force((coming, SOP, old), date(2024, 5, 5)) is old


def test_before_the_first_edition_the_computers_date_is_doubted():
    with pytest.raises(SettingsFault, match="2019-01-01") as refusal:
        in_force((SOP,), date(2019, 1, 1))

    assert "tanggal komputer" in refusal.value.remedy


@pytest.mark.parametrize("part", ["nomor", "nama", "berlaku", "awal", "tenggat_disposisi", "dasar_hukum"])
def test_a_missing_part_is_named(part):
    text = re.sub(rf"^{part} = (\[.*?\]|.*?)$", "", TEXT, count=1, flags=re.MULTILINE | re.DOTALL)

    with pytest.raises(SettingsFault, match=part):
        read_text_of_sop("uji", text)


@pytest.mark.parametrize("part", ["langkah", "keadaan", "gerak", "naskah", "lajur", "register"])
def test_a_missing_table_is_named(part):
    text = re.sub(rf"^\[\[{part}\]\].*?(?=^\[\[|\Z)", "", TEXT, flags=re.MULTILINE | re.DOTALL)

    with pytest.raises(SettingsFault, match=part):
        read_text_of_sop("uji", text)


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('awal = "konfirmasi"', 'awal = "entah"', "entah"),
        ('tenggat_disposisi = "telaahan"', 'tenggat_disposisi = "entah"', "entah"),
        ('kunci = "penyampaian"', 'kunci = "pencatatan"', r"baris \d+ .langkah.: kunci 'pencatatan' sudah dipakai"),
        ('pelaksana = ["tim-yankomas"]', 'pelaksana = ["satpam"]', r"baris \d+ .langkah.: peran 'satpam'"),
        ('peran = ["tim-yankomas"]', 'peran = ["satpam"]', r"baris \d+ .gerak. konfirmasi: peran 'satpam'"),
        ('peran = ["tim-yankomas"]', "peran = []", "tanpa peran"),
        ('ke = "penyampaian"', 'ke = "entah"', r"baris \d+ .gerak. konfirmasi: keadaan tujuan 'entah'"),
        ('ke = "penyampaian"', 'ke = "batal"', r"baris \d+ .keadaan.: keadaan 'penyampaian' tidak dapat dicapai"),
        ('dari = ["telaahan"]', 'dari = ["entah"]', "keadaan asal 'entah'"),
        ('naskah = ["04-nota-telaahan"]', 'naskah = ["04-nota"]', "naskah '04-nota' tidak ada"),
        ('rekomendasi = "penyusunan"', 'tunda = "penyusunan"', "ke_menurut"),
        ('jenis = "paragraf"', 'jenis = "puisi"', "jenis 'puisi'"),
        ('berkas = "wajib"', 'berkas = "mungkin"', "berkas 'mungkin'"),
        ("langkah = 4", "langkah = 8", "langkah 8 tidak ada"),
        ("langkah = 4", 'langkah = "4"', "langkah = '4' salah jenis"),
        ('kepada_pelapor = true\nsaat = "dibaca"', 'kepada_pelapor = true\nsaat = "nanti"', "saat = 'nanti'"),
        ("menit = 15", 'menit = "15"', "menit"),
        ("menit = 15", "menit = -15", "menit"),
        ("hari = 2", "hari = 2.5", "hari"),
        ("hari = 2", "hari = true", "hari"),
        ("tanda_tangan_basah = true", 'tanda_tangan_basah = "ya"', "tanda_tangan_basah"),
        ("berlaku = 2024-05-06", 'berlaku = "2024-05-06"', "berlaku"),
        ('menunggu = ["tim-yankomas"]', 'menunggu = ["satpam"]', r"baris \d+ .keadaan.: peran 'satpam'"),
        ("[[langkah]]", "[[langkah]", r"salah tulis pada baris \d+, kolom 10"),
        ('label = "Tutup perkara"', 'labell = "Tutup"', r"baris \d+ .gerak.: 'labell' tidak dikenal, mungkin 'label'"),
        (
            "wajib = true }",
            "wajb = true }",
            r"baris \d+ .gerak., isian persoalan: 'wajb' tidak dikenal, mungkin 'wajib'",
        ),
        ("\nakhir = true", "\nakhirr = true", r"baris \d+ .keadaan.: 'akhirr' tidak dikenal, mungkin 'akhir'"),
        ("[[pembukaan]]", "[[pembuka]]", "'pembuka' tidak dikenal, mungkin 'pembukaan'"),
        ('\njam = "jeda"', '\njam = "henti"', r"baris \d+ .keadaan.: jam = 'henti' tidak dikenal"),
        (
            'templat = "07-hasil-evaluasi"',
            'templat = "07-hasil"',
            r"baris \d+ .naskah.: templat '07-hasil' tidak dikenal",
        ),
        ('berkas_jenis = "06-surat-rekomendasi"', 'berkas_jenis = "06-surat"', "berkas_jenis '06-surat' bukan naskah"),
        ('berkas_jenis = "kelengkapan"\n', "", "berkas dan berkas_jenis harus disebut bersama"),
        ('dari = ["penutupan"]', 'dari = ["pemantauan"]', r"baris \d+ .keadaan.: keadaan 'penutupan' buntu"),
    ],
)
def test_a_file_that_cannot_be_right_is_refused_naming_the_line(old, new, named):
    assert old in TEXT

    with pytest.raises(SettingsFault, match=named) as refusal:
        read_text_of_sop("uji", TEXT.replace(old, new, 1))

    assert "Berkas SOP uji" in refusal.value.message
    assert refusal.value.remedy


def test_a_table_that_two_files_hold_and_a_file_that_is_no_toml_are_refused_naming_the_file():
    texts = dict(edition_texts())["2024-05-06"]

    with pytest.raises(SettingsFault, match=r"lagi\.toml: `lajur` sudah ada di berkas lain"):
        read_sop("uji", {**texts, "lagi.toml": texts["lanes.toml"]})
    with pytest.raises(SettingsFault, match=r"lanes\.toml: "):
        read_sop("uji", {**texts, "lanes.toml": "[[lajur"})


def test_an_edition_is_what_its_files_say_now_whatever_was_read_under_its_key_before():
    texts = dict(edition_texts())["2024-05-06"]
    moved = {**texts, "lanes.toml": texts["lanes.toml"].replace('peran = "kabid"', 'peran = "satpam"')}

    shown = [read_sop("uji", files, checked=False) for files in (texts, moved, texts)]

    assert shown[0] == shown[2] != shown[1]
    assert read_sop("lain", texts).key == "lain"
    for _ in range(2):  # that it was shown unchecked, or refused before, lets nothing through
        with pytest.raises(SettingsFault, match="peran 'satpam' tidak dikenal"):
            read_sop("uji", moved)


def test_a_fault_in_an_edition_names_the_file_and_its_line():
    texts = dict(edition_texts())["2024-05-06"]
    wrong = texts["lanes.toml"].replace('peran = "kabid"', 'peran = "satpam"')

    with pytest.raises(SettingsFault, match=r"lanes\.toml baris 18 .lajur.: peran 'satpam' tidak dikenal"):
        read_sop("uji", {**texts, "lanes.toml": wrong})


def test_a_day_that_no_form_asks_for_is_waited_for_by_no_move():
    text = NEWEST_TEXT.replace('"kirim", batas = "batas_jawaban"', '"kirim", batas = "batas"', 1)

    with pytest.raises(SettingsFault, match="setelah: batas 'batas' bukan isian gerak yang menyusun '07-permintaan"):
        read_text_of_sop("uji", text)


def test_every_fault_of_a_file_is_named_at_once():
    text = TEXT.replace('pelaksana = ["tim-yankomas"]', 'pelaksana = ["satpam"]').replace("langkah = 4", "langkah = 8")

    with pytest.raises(SettingsFault, match=r"satpam.*langkah 8"):
        read_text_of_sop("uji", text)


@pytest.mark.parametrize("sop", editions(), ids=lambda sop: sop.key)
def test_from_every_state_people_can_bring_a_case_back_to_where_it_is_voided_with_a_reason(sop):
    """What got a number by mistake can be voided whatever was done with it meanwhile; each step back says why."""
    back = {state.key: set() for state in sop.states if not state.final}
    for move in sop.moves:
        reasoned = any(field.name == "alasan" and field.required for field in move.form)
        for start in {*move.start} & {*back} if ANY not in move.start else {*back}:
            if move.key.startswith("kembalikan") and reasoned:
                back[start].add(move.to)
    voided = {start for move in sop.moves if move.to == "batal" for start in move.start}
    (reason,) = {field.required for move in sop.moves if move.to == "batal" for field in move.form}

    reached = set(voided)
    for _ in back:
        reached |= {state for state, to in back.items() if to & reached or BACK in to}

    assert reason
    assert reached == set(back)


# Who is told of deadlines.

NEWEST = editions()[-1]
NEWEST_TEXT = sop_text(NEWEST.key)


def test_above_each_lane_of_the_office_stands_the_head_in_the_end():
    assert NEWEST.above("tim-yankomas") == ("kasubbid", "kabid", "kadiv", "kakanwil")
    assert NEWEST.above("kakanwil") == () == NEWEST.above("pelapor") == NEWEST.above("instansi")
    assert SOP.above("kasubbid") == ()  # the first edition says nothing of it


def test_steps_of_minutes_remind_nobody_and_longer_ones_in_time():
    told = {step.key: (step.remind, step.escalate) for step in NEWEST.steps}

    assert told["penerimaan"] == (None, None)
    assert told["pencatatan"] == (None, Limit(days=1))
    assert told["telaahan"] == (Limit(minutes=240), Limit(minutes=60))
    assert told["pemantauan"] == (Limit(days=3), Limit(days=1))


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('atasan = "kabid"', 'atasan = "satpam"', r"baris \d+ .lajur. kasubbid: atasan 'satpam' bukan lajur"),
        ('atasan = "kabid"', 'atasan = "instansi"', "atasan 'instansi' bukan lajur di dalam kantor"),
        ('atasan = "kabid"', 'atasan = "kasubbid"', "kasubbid: menjadi atasan bagi dirinya sendiri"),
        ('atasan = "kadiv"', 'atasan = "kasubbid"', "kabid: menjadi atasan bagi dirinya sendiri"),
        ('atasan = "kabid"', "atasan = 4", "atasan = 4 salah jenis"),
        ("ingatkan = { hari = 3 }", "ingatkan = { hari = 22 }", "pemantauan: ingatkan: tidak lebih singkat"),
        ("ingatkan = { hari = 3 }", "ingatkan = {}", "pemantauan: ingatkan: tanpa menit dan tanpa hari"),
        ("ingatkan = { hari = 3 }", "ingatkan = { jam = 3 }", "'jam' tidak dikenal"),
        ("naik = { menit = 60 }", "naik = { menit = 0 }", "naik: tanpa menit"),
        ("naik = { menit = 60 }", "naik = 60", "naik = 60 salah jenis"),
        ("naik = { menit = 60 }", "naek = { menit = 60 }", "'naek' tidak dikenal"),
    ],
)
def test_who_is_told_of_deadlines_cannot_be_written_wrongly(old, new, named):
    assert old in NEWEST_TEXT

    with pytest.raises(SettingsFault, match=named):
        read_text_of_sop("uji", NEWEST_TEXT.replace(old, new, 1))


def test_of_a_row_of_which_nothing_more_is_said_nothing_holds_but_that_a_letter_may_be_signed_on_behalf():
    move = {"kunci": "x", "label": "X", "dari": "a", "ke": "b", "peran": "kabid"}
    rows = (
        sheet_of(0, {"templat": "01-x", "langkah": 1}),
        move_of(0, move),
        form_field({"nama": "x", "label": "X", "jenis": "isian"}),
    )

    said = [{name for name, value in asdict(row).items() if value is True} for row in rows]

    assert said == [{"on_behalf"}, set(), set()]


def test_texts_that_no_sheet_can_show_are_named_wherever_they_stand_in_a_file():
    def said(**values) -> list[str]:
        return list(unknown_words(values, lambda kind, position: f"{kind} {position}"))

    assert said(nama="x" * 2000, lajur=[{"peran": "a", "nama": "b"}]) == []
    assert said(nama="x" * 2001) == ["nama: lebih dari 2000 huruf"]
    assert said(nama=" ") == ["nama: kosong"]
    assert said(lajur=[{}] * 1000) == []
    assert said(lajur=[{}] * 1001) == ["lajur: lebih dari 1000 baris"]
    assert said(lajur=[{"peran": "a", "nama": " "}]) == ["lajur 0: nama: kosong"]
