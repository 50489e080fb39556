"""The nota telaahan of SOP step 4: the memo that carries the review up the chain.

It starts from what the register knows: what it rests on, who is in it, what happened, what was tried already; the
drafter's words come before the register's. What the law says of each right comes from the office's table of laws.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from pipeline.access.children import without_children
from pipeline.access.masking import covered_niks
from pipeline.cases.case_kind import AGENCY, NEWS
from pipeline.cases.register_words import rights
from pipeline.letters.sheets import hands, phrasing, texts
from pipeline.letters.sheets.approval import initialling, passed, superiors
from pipeline.letters.sheets.complaint_words import came, complaint_called, kind_of, listed, told
from pipeline.letters.sheets.disposition_rows import in_one_row
from pipeline.letters.sheets.memo_analysis import analysis, granted_rights, laws_at_stake, rights_named, sentences
from pipeline.letters.sheets.paper_names import paper_name
from pipeline.letters.sheets.parties import complainants, protections, proxies, victims
from pipeline.letters.sheets.respondents import respondents
from pipeline.letters.sheets.sheet_facts import Maker, MoveMade, SheetFacts
from pipeline.letters.sheets.specimens import Cases, made
from pipeline.letters.sheets.texts import internal
from pipeline.letters.sheets.third_person import all_in_third_person
from pipeline.office import wording
from pipeline.office.office import Office
from pipeline.office.wording import all_said, said

MEMO = "04-nota-telaahan"
_REVIEWED, _DISPOSED = "telaah", "disposisi"

#: What a review may advise: the form's answer, the words of the box, and those of the sentence.
ADVICE = (
    ("klarifikasi", "Klarifikasi", "dilakukan klarifikasi kepada pihak-pihak terkait"),
    ("audiensi", "Audiensi/koordinasi", "dilaksanakan audiensi atau koordinasi bersama pihak-pihak terkait"),
    ("rekomendasi", "Rekomendasi", "disusun surat rekomendasi kepada instansi yang bertanggung jawab"),
    ("teruskan", "Diteruskan kepada instansi lain", "permasalahan ini diteruskan kepada instansi yang berwenang"),
    ("tidak-dilanjutkan", "Tidak dilanjutkan", "penanganan permasalahan ini tidak dilanjutkan"),
)
_INDICATION = {"ya": "Terdapat", "tidak": "Tidak terdapat"}
_COMPETENCE = {"ya": "berwenang", "tidak": "tidak berwenang"}
_EVENT = ("tanggal", "kejadian")
#: Whom else a complaint reached that an agency handed on, where nobody is recorded.
_NO_OTHER_AGENCY = (
    "Selain instansi yang melimpahkan, tidak ada instansi lain yang tercatat telah menerima pengaduan yang sama."
)
#: How advice begins that says by what means it is carried out: a verb (``mengundang``), but for words that are none.
_VERB = re.compile(r"me[lmnrwy]\w{4,}")
_NO_VERBS = ("melalui", "mengenai", "menurut", "mengingat", "menteri", "meskipun")


def _memo(facts: SheetFacts, office: Office) -> dict[str, Any]:
    move, day = facts.last(_REVIEWED), facts.letter_date
    through = facts.initials or hands.between(facts, office)  # where the SOP names nobody who initials it
    return {
        **internal(facts, office),
        **_opening(facts, office),
        **_papers(facts, move, office),
        "tujuan_jabatan": texts.held_on(hands.approving(facts, office), day, office),
        "melalui": passed(facts, office, through),
        "persetujuan": superiors(facts, office, through),
        "paraf": initialling(facts, office),
        "persoalan": sentences(texts.paragraphs(move, "persoalan")),
        "praanggapan": sentences(texts.paragraphs(move, "praanggapan")),
        **analysis(facts, move, office),
        **_conclusion(facts, move, office),
    }


def _opening(facts: SheetFacts, office: Office) -> dict[str, Any]:
    """Return what the memo follows on: the disposition of the office's head, the complaint, and what it rests on."""
    head = hands.approving(facts, office)
    first = next((made for made in reversed(facts.made(_DISPOSED)) if made.role == head), None)
    return {
        "disposisi_dari": texts.decided_by(head, first.at.date(), office) if first else "",
        "disposisi_tanggal": wording.long_date(first.at) if first else "",
        "pokok_perkara": complaint_called(facts),
        "cara_masuk": came(facts),
        "dasar": _basis(facts, office),
    }


def _basis(facts: SheetFacts, office: Office) -> list[str]:
    """Return what the review rests on: laws, also of the case, the SOP, every official's disposition as it stands."""
    found = laws_at_stake(facts, office, protections(facts.fields, office.laws, facts.letter_date))
    if facts.sop_number:
        found.append(f"Standar Operasional Prosedur Nomor {facts.sop_number} tentang {facts.sop_title}")
    newest = {made.role: made for made in facts.made(_DISPOSED)}
    for first, *others in in_one_row([*newest.values()], office):
        title = texts.decided_by(first.role, first.at.date(), office)
        words = [word for made_by in (first, *others) for word in texts.items(made_by, "isi_disposisi")]
        quoted = wording.enumerated([f"“{word.rstrip('.; ')}”" for word in words])
        ordered = f" dengan arahan {quoted}" if quoted else ""
        found.append(f"Disposisi {title} tanggal {wording.long_date(first.at)}{ordered}")
    last = len(found)
    ends = {last: ".", last - 1: "; dan"}
    return [f"{text.rstrip('.')}{ends.get(n, ';')}" for n, text in enumerate(found, start=1)]


def _papers(facts: SheetFacts, move: MoveMade | None, office: Office) -> dict[str, Any]:
    """Return chapter *Fakta*; the evidence of which it tells goes up the chain with the memo."""
    told = _facts(facts, move, office)
    return {**told, "lampiran_naskah": wording.counted(1, "berkas") if told["bukti"] else "-"}


def _facts(facts: SheetFacts, move: MoveMade | None, office: Office) -> dict[str, Any]:
    """Return chapter *Fakta*: the register's, but for the drafter's chronology and evidence where there are any."""
    fields = facts.fields
    people, acting = complainants(fields), proxies(fields)
    handed_on = AGENCY in kind_of(facts) and not fields.get("pelapor")
    if handed_on:  # its heading says what it is
        people = [{**one, "keterangan": ""} for one in people]
    events = [_event(row) for row in texts.rows(move, "kronologi", _EVENT)]

    def ours(written: Iterable[str]) -> list[str]:
        words = all_in_third_person(written, fields, facts.channel or "")
        return sentences(without_children(text, fields) for text in words)

    return {
        "pengadu": [_ended(one) for one in people],
        "para_kuasa": [_ended(one) for one in acting],
        "dilimpahkan": handed_on,
        "para_pelapor": [*people, *({**one, "keterangan": _acting(one)} for one in acting)],
        "dari_berita": NEWS in kind_of(facts),
        "korban": sentences(victims(fields)),
        "perlindungan": protections(fields, office.laws, facts.letter_date),
        "para_terlapor": sentences(respondents(fields)),
        "tempat_kejadian": without_children(said(fields.get("tempat_kejadian")), fields).rstrip(". "),
        "waktu_kejadian": said(fields.get("waktu_kejadian")).rstrip(". "),
        "kronologi": events,
        "uraian_kejadian": [] if events else ours(told(fields.get("uraian")) or told(fields.get("ringkasan"))),
        "bukti": sentences(texts.items(move, "bukti") or evidence(fields)),
        "permintaan": ours(listed(fields.get("permintaan"))),
        "upaya": ours(told(fields.get("upaya"))),
        "instansi_lain": sentences(listed(fields.get("instansi_lain")))
        or ([_NO_OTHER_AGENCY] if AGENCY in kind_of(facts) else []),
        "hak": rights(fields) or all_said(fields.get("hak")),
    }


def _ended(person: Mapping[str, str]) -> dict[str, str]:
    """Return a person with the full stop that what is told of them needs: none behind a degree that has one."""
    name, about = person["nama"], person["keterangan"]
    last = name if not about else about if "(" in about else ")"
    return {**person, "titik": "" if last.endswith(".") else "."}


def _acting(proxy: Mapping[str, str]) -> str:
    """Return what is said of a proxy who stands among the complainants, as in the templates of 0.1.0."""
    return "; ".join(filter(None, ("kuasa", proxy["keterangan"])))


def evidence(fields: Mapping[str, Any]) -> list[str]:
    """Return the papers that came with the complaint, as the register has them, each once; no NIK is told of them."""
    papers = [*texts.enclosures(fields.get("lampiran")), *all_said(fields.get("dokumen_pendukung"))]
    once: dict[str, str] = {}
    for paper in [*papers, *told(fields.get("data_informasi"))]:
        if not any(paper.casefold() in known for known in once):
            once[paper.casefold()] = covered_niks(paper_name(paper))
    return list(once.values())


def _event(row: Mapping[str, str]) -> dict[str, str]:
    """Return what happened with its date; an entry without a bar has none."""
    day, event = (row["tanggal"], row["kejadian"]) if row["kejadian"] else ("", row["tanggal"])
    return {"tanggal": phrasing.capital(wording.as_date(day)), "kejadian": phrasing.sentence(event)}


def _conclusion(facts: SheetFacts, move: MoveMade | None, office: Office) -> dict[str, Any]:
    advised, indicated = texts.line(move, "saran").lower(), texts.line(move, "indikasi").lower()
    told = texts.paragraphs(move, "uraian_saran")
    return {
        "indikasi": _INDICATION.get(indicated, ""),
        "hak_terindikasi": rights_named(granted_rights(facts, move, office)) if indicated == "ya" else "",
        "kewenangan": _COMPETENCE.get(texts.line(move, "berwenang").lower(), ""),
        "kantor": office.name,
        "pilihan_saran": [{"kotak": "☒" if key == advised else "☐", "teks": text} for key, text, _ in ADVICE],
        "saran": next((sentence for key, _, sentence in ADVICE if key == advised), ""),
        "uraian_saran": sentences(told),
        "cara_saran": _means(told),
    }


def _means(told: Sequence[str]) -> str:
    """Return how the advice is carried out as the end of its sentence (``dengan mengundang ...``), if it is one."""
    first = told[0].split(maxsplit=1)[0].casefold() if len(told) == 1 else ""
    if not _VERB.fullmatch(first) or first in _NO_VERBS:
        return ""
    return f"dengan {phrasing.within(told[0]).rstrip('. ')}"


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
    "analisis_hak": "Air bersih adalah bagian dari lingkungan hidup yang baik dan sehat, yang wajib dilindungi.",
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
_ASSESSED = (
    "Ada perbuatan seseorang atau kelompok orang, termasuk aparat negara | Limbah dibuang oleh perusahaan, dan "
    "pengawasan oleh dinas tidak berjalan",
    "Perbuatan itu melawan hukum | Melampaui baku mutu yang ditetapkan",
)
_GRANTED = ("Hak untuk hidup | Pasal 9 ayat (3) Undang-Undang Nomor 39 Tahun 1999",)
_DISPOSED_OF = (
    made(_DISPOSED, "kakanwil", isi_disposisi="Tindak lanjuti; Telaah"),
    made(_DISPOSED, "kabid", isi_disposisi="Siapkan konsep\nDahulukan perkara ini."),
)
_SOP = {"sop_number": "W.8.OT.02.01-74", "sop_title": "Pelayanan Komunikasi Masyarakat"}
_LONGEST = {
    **{k: f"{_LONG}\n{_LONG}" for k in _REVIEW if k.startswith(("analisis", "p", "uraian"))},
    "kronologi": [f"2026-{n % 9 + 1:02d}-14 | {_LONG[:190]}" for n in range(24)],
    "bukti": [f"Foto sumur warga ke-{n}, {_LONG[:90]}" for n in range(1, 16)],
    "dasar_hak": [f"Hak ke-{n} | {_LONG[:300]}" for n in range(1, 11)],
    "unsur": [f"Unsur ke-{n}, {_LONG[:100]} | {_LONG[:210]}" for n in range(1, 31)],
    "indikasi": "ya",
    "berwenang": "ya",
    "saran": "audiensi",
}
CASES: Cases = {
    MEMO: {
        "kosong": {"moves": (made(_REVIEWED, "kasubbid", **_LEAST_REVIEW),)},
        "lazim": {
            "moves": (*_DISPOSED_OF, made(_REVIEWED, "kasubbid", **_REVIEW, unsur=_ASSESSED, dasar_hak=_GRANTED)),
            **_SOP,
        },
        "panjang": {
            "moves": (
                *(made(_DISPOSED, role, isi_disposisi=_LONG) for role in ("kakanwil", "kadiv", "kabid")),
                made(_REVIEWED, "tim-yankomas", **_LONGEST),
            ),
            **_SOP,
            **_LONG_NUMBER,
        },
    },
}
