"""The nota telaahan of SOP step 4: the memo that carries the review up the chain."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pipeline.cases.register_words import rights
from pipeline.letters.sheets import texts
from pipeline.letters.sheets.sheet_facts import Maker, SheetFacts
from pipeline.letters.sheets.specimens import Cases, made
from pipeline.letters.sheets.texts import internal
from pipeline.office import wording
from pipeline.office.office import Office
from pipeline.office.wording import all_said, said

MEMO = "04-nota-telaahan"

#: The parts of the analysis: the field of the form and the heading.
ANALYSIS = (
    ("analisis_kelengkapan", "Kelengkapan formal"),
    ("analisis_kewenangan", "Kewenangan dan tempat kejadian"),
    ("analisis_hak", "Hak yang diduga dilanggar dan dasar hukumnya"),
    ("analisis_unsur", "Unsur pelanggaran HAM"),
    ("analisis_jalur_lain", "Jalur hukum lain"),
)
#: What a review may advise: the form's answer and the words of the box.
ADVICE = (
    ("klarifikasi", "Klarifikasi"),
    ("audiensi", "Audiensi/koordinasi"),
    ("rekomendasi", "Rekomendasi"),
    ("teruskan", "Diteruskan kepada instansi lain"),
    ("tidak-dilanjutkan", "Tidak dilanjutkan"),
)
_INDICATION = {"ya": "Terdapat", "tidak": "Tidak terdapat"}
_COMPETENCE = {"ya": "berwenang", "tidak": "tidak berwenang"}


def _memo(facts: SheetFacts, office: Office) -> dict[str, Any]:
    move, day = facts.last("telaah"), facts.letter_date
    advised = texts.line(move, "saran").lower()
    return {
        **internal(facts, office, "kasubbid"),
        "tujuan_jabatan": texts.held_on("kakanwil", day, office),
        "melalui": [texts.held_on(role, day, office) for role in ("kadiv", "kabid")],
        "persoalan": texts.paragraphs(move, "persoalan"),
        "praanggapan": texts.paragraphs(move, "praanggapan"),
        "kronologi": [
            {**row, "tanggal": wording.as_date(row["tanggal"])} for row in _dated(texts.items(move, "kronologi"))
        ],
        "bukti": texts.items(move, "bukti"),
        "para_pelapor": _complainants(facts.fields),
        "para_terlapor": all_said(facts.fields.get("terlapor")),
        "tempat_kejadian": said(facts.fields.get("tempat_kejadian")),
        "hak": rights(facts.fields) or all_said(facts.fields.get("hak")),
        "analisis": _analysis(facts),
        "indikasi": _INDICATION.get(texts.line(move, "indikasi").lower(), ""),
        "kewenangan": _COMPETENCE.get(texts.line(move, "berwenang").lower(), ""),
        "pilihan_saran": [{"kotak": "☒" if key == advised else "☐", "teks": text} for key, text in ADVICE],
        "uraian_saran": texts.paragraphs(move, "uraian_saran"),
    }


def _dated(entries: list[str]) -> list[dict[str, str]]:
    """Return what happened with its date; an entry without a bar has none."""
    split = [entry.partition("|") if "|" in entry else ("", "", entry) for entry in entries]
    return [{"tanggal": day.strip(), "kejadian": text.strip()} for day, _, text in split]


def _analysis(facts: SheetFacts) -> list[dict[str, Any]]:
    """Return the parts of the analysis that were written, lettered in their order."""
    move = facts.last("telaah")
    parts = [(title, text) for name, title in ANALYSIS if (text := texts.paragraphs(move, name))]
    return [{"huruf": "abcde"[n], "judul": title, "alinea": text} for n, (title, text) in enumerate(parts)]


def _complainants(fields: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return name, work and address of each complainant, the organisation first, and the proxy last."""
    body, proxy = said(fields.get("lembaga_pelapor")), fields.get("kuasa")
    found = [{"nama": body, "keterangan": "lembaga"}] if body else []
    for person in fields.get("pelapor") or []:
        if isinstance(person, Mapping) and said(person.get("nama")):
            about = [said(person.get(name)) for name in ("pekerjaan", "alamat")]
            found.append({"nama": said(person["nama"]), "keterangan": "; ".join(text for text in about if text)})
    if isinstance(proxy, Mapping) and said(proxy.get("nama")):
        found.append({"nama": said(proxy["nama"]), "keterangan": "kuasa"})
    return found


SHEETS: Mapping[str, Maker] = {MEMO: _memo}

_LONG = (
    "Warga menyampaikan bahwa air sumur berbau, berwarna, dan tidak dapat dipakai sejak kolam limbah dibangun di atas "
    "permukiman; pemeriksaan oleh petugas puskesmas pada bulan yang sama menyebut kadar besi di atas baku mutu. "
) * 4
_LONG_NUMBER = {
    "naskah_number": "W.8-HA.01.07-1234567/KANWIL-BENGKULU/YANKOMAS/2026",
    "naskah_date": date(2026, 11, 26),
}
_REVIEW = {
    "persoalan": "Apakah pembuangan limbah kolam pabrik melanggar hak warga atas lingkungan hidup yang baik dan sehat?",
    "praanggapan": "Air sumur warga tercemar sejak kolam limbah dipakai pada Agustus 2026.",
    "kronologi": [
        "2026-08-03 | Kolam limbah pabrik mulai dipakai.",
        "2026-09-14 | Air sumur sebelas rumah berbau dan berwarna.",
        "Oktober 2026 | Warga melapor kepada pemerintah desa; belum ada tindak lanjut.",
    ],
    "bukti": ["Foto sumur warga", "Hasil pemeriksaan air oleh puskesmas"],
    "analisis_kelengkapan": "Identitas, kronologi, dan bukti awal telah lengkap.",
    "analisis_kewenangan": "Tempat kejadian berada di wilayah Provinsi Bengkulu; kantor wilayah berwenang menelaah.",
    "analisis_hak": "Hak atas lingkungan hidup yang baik dan sehat (Pasal 9 ayat (3) UU Nomor 39 Tahun 1999).",
    "analisis_unsur": "Terdapat kelalaian pengawasan atas pembuangan limbah yang berakibat pada warga.",
    "analisis_jalur_lain": "Warga dapat pula menempuh pengaduan lingkungan hidup kepada dinas terkait.",
    "indikasi": "ya",
    "berwenang": "ya",
    "saran": "audiensi",
    "uraian_saran": "Mengundang dinas lingkungan hidup dan pihak perusahaan untuk klarifikasi dan koordinasi.",
}
_LEAST_REVIEW = {"persoalan": "Pencemaran sumur.", "analisis_hak": "Pasal 9.", "indikasi": "tidak"} | {
    "berwenang": "tidak",
    "saran": "tidak-dilanjutkan",
}
CASES: Cases = {
    MEMO: {
        "kosong": {"moves": (made("telaah", "kasubbid", **_LEAST_REVIEW),)},
        "lazim": {"moves": (made("telaah", "kasubbid", **_REVIEW),)},
        "panjang": {
            "moves": (
                made(
                    "telaah",
                    "tim-yankomas",
                    **{k: f"{_LONG}\n{_LONG}" for k in _REVIEW if k.startswith(("analisis", "p", "uraian"))},
                    kronologi=[f"2026-{n % 9 + 1:02d}-14 | {_LONG[:190]}" for n in range(24)],
                    bukti=[f"Foto sumur warga ke-{n}, {_LONG[:90]}" for n in range(1, 16)],
                    indikasi="ya",
                    berwenang="ya",
                    saran="audiensi",
                ),
            ),
            **_LONG_NUMBER,
        },
    },
}
