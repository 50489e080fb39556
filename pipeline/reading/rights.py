"""Which of the ten groups of rights of Law 39/1999 a letter may be about: a suggestion, with the words for it."""

from __future__ import annotations

import re

from pipeline.cases.register_words import register_words
from pipeline.reading.fields import Field
from pipeline.reading.layout import Layout

_WORDS = {
    1: "hak (?:untuk |atas )?hidup|meninggal(?: dunia)?|dibunuh|pembunuhan|tewas|akta (?:ke)?lahir\\w*|kematian|"
        "autopsi|nyawa|ditembak",
    2: "hak asuh|perkawinan|nikah|kdrt|rumah tangga|cerai|isbat|mantan (?:suami|ist[re]+i)",
    3: "sekolah|pendidikan|beasiswa|kuliah|ijazah|rapor|ppdb|zonasi|lingkungan hidup|pencemaran|informasi publik|adat|"
        "skorsing|mahasiswa|santri|peledakan",
    4: "polisi|polsek|polres\\w*|penyidik|tersangka|laporan polisi|pengadilan|jaksa|kejaksaan|penangkapan|"
        "ditangkap|ditahan|penahanan|penggeledahan|diskriminasi|bap\\b|sp2hp|sttlp|kriminalisasi|rutan|lapas|"
        "mal ?administrasi|kode etik|tanpa surat (?:perintah|penangkapan|penahanan)|satresnarkoba|visum|tahanan|"
        "narapidana|warga binaan|kapolsek|reskrim",
    5: "ibadah|beribadah|agama|berserikat|serikat|pribadi|data pribadi|foto|kerahasiaan|keyakinan|gereja|"
        "wartawan|pendapat di muka umum|perbudakan|berpendapat|aksi damai|dirantai|dipasung|dikurung|disekap|"
        "kebebasan|paspor",
    6: "ancam|diancam|ancaman|mengancam|teror|intimidasi|dipukul\\w*|memukul\\w*|kekerasan|rasa aman|aniaya|"
        "penganiayaan|siksa|disiksa|gas air mata|perlindungan|ditampar|ditendang|lebam|trauma|disundut|menyebarkan",
    7: "tanah|lahan|sertifikat|sertipikat|rumah(?! tangga| sakit)|upah|gaji|pesangon|phk|pensiun|bpjs|kesehatan|"
        "puskesmas|rumah sakit|bantuan|ganti rugi|kebun|pekerjaan|pekerja|buruh|koperasi|simpanan|pupuk|nelayan|kios|"
        "disabilitas|tunjangan|pkh|blt|penghidupan|jaminan sosial|honor(?:er)?|pedagang|lapak|sewa|mutasi|"
        "diberhentikan|penggusuran|tambang|sumur|air bersih|pungutan",
    8: "pemilihan|pemilu|perangkat desa|pilkades|hak pilih|pemerintahan|unjuk rasa|petisi",
    9: "perempuan|pelecehan|kekerasan seksual|hamil|menyusui|haid|keguguran|melahirkan|wanita|istri|kdrt",
    10: "anak saya|anak korban|anak di bawah umur|bayi|anak asuh|hak anak|hak asuh|anak perempuan|anak panti|"
        "anak-anak itu|pelajar|perlindungan anak|santri|murid|siswa|anak kami",
}  # fmt: skip
_PATTERNS = {code: re.compile(rf"\b(?:{words})", re.I) for code, words in _WORDS.items()}
_TITLE_WEIGHT = 3.0
_PRIOR = {7: 1.0, 4: 0.8, 6: 0.7, 10: 0.55, 9: 0.6, 3: 0.55, 5: 0.45, 2: 0.8, 1: 0.6, 8: 0.7}


def rights(layout: Layout, perihal: Field | None) -> tuple[Field, ...]:
    """Return one or two groups of rights, the likelier first; ``nilai`` is the group's number, ``teks`` the words."""
    sheet = layout.sheet
    start, end = layout.offset(layout.body), layout.offset(layout.last)
    title = perihal.best.teks if perihal else ""
    scores: dict[int, float] = {}
    words: dict[int, list[re.Match[str]]] = {}
    for code, pattern in _PATTERNS.items():
        words[code] = list(pattern.finditer(sheet.flow, start, end))
        distinct = {m[0].lower() for m in words[code]}
        scores[code] = _PRIOR[code] * (
            len(distinct) + 0.3 * (len(words[code]) - len(distinct)) + _TITLE_WEIGHT * len(pattern.findall(title))
        )
    ranked = sorted((c for c in scores if words[c] and scores[c] > 0.5), key=lambda c: -scores[c])
    kept = [c for i, c in enumerate(ranked[:2]) if i == 0 or scores[c] > 0.6 * scores[ranked[0]]]
    return tuple(_field(layout, code, words[code], scores[code]) for code in kept)


def _field(layout: Layout, code: int, found: list[re.Match[str]], score: float) -> Field:
    distinct = list(dict.fromkeys(m[0].lower() for m in found))[:4]
    teks = ", ".join(distinct)
    reason = f"{register_words().rights[code - 1].name}: kata {', '.join(repr(w) for w in distinct)}"
    return Field(
        (layout.sheet.candidate(found[0].start(), found[0].end(), min(0.7, 0.3 + 0.05 * score), reason, code, teks),)
    )
