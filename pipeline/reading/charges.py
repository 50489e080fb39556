"""What a letter says of those it names: charged, did it, was asked in vain; or suffered, helped, is one of ours.

Each sign is a pattern on the words before or behind a name. What the signs weigh is a table beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.reading.deeds import HARMS, HELPS
from pipeline.reading.mentions import Mention

#: Words between the charge and whom it names: *mengadukan (tindakan) (manajemen) PT …*.
_BETWEEN = (
    r"(?:(?:tindakan|perbuatan|beroperasinya|adanya|keberadaan|kegiatan|aktivitas|pembangunan|"
    r"kebijakan|keputusan|kelakuan|sikap|perlakuan|kinerja|ulah|dari|oleh|pengembang|"
    r"perusahaan|"
    r"oknum|pemilik|ketua|pihak|perihal|tentang|manajemen|pimpinan|pengurus|penyidik|anggota|tetangga|suami|istri|"
    r"majikan|"
    r"atasan|saya|kami|yang|bernama|para|seluruh|petugas|jaga|dokter|aparat|pejabat|pegawai|staf|kepala|dan)\s+){0,5}"
)


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that may be said of a name: its pattern, before or ``behind`` it, and its words for a clerk."""

    name: str
    pattern: re.Pattern[str]
    words: str
    behind: bool = False


_SIGNS = (
    Sign(
        "charged",
        re.compile(
            rf"(?:(?:terhadap|atas)\s+|\b[Mm]e(?:ngadukan|laporkan|ngadu|nggugat)\s+"
            r"(?:[\w ]{0,45}\b(?:yaitu|yakni|bernama)\s+|[\w ]{3,60},\s+)?|"
            r"\b(?:[Tt]erlapor|[Tt]eradu|(?:[Yy]ang|[Pp]ihak yang) (?:saya|kami)? ?(?:di)?(?:adukan|laporkan))(?:nya)?"
            rf"\s*(?:adalah|ialah|yaitu|yakni|:)\s+){_BETWEEN}$"
        ),
        "diadukan dengan tegas",
    ),
    Sign(
        "agent",
        re.compile(
            r"\boleh\s+(?:[a-z]+\s+){0,3}(?:[a-z]+(?: saya| kami)?,\s+)?(?:bernama\s+|yang bernama\s+)?$"
            r"|\bdi[a-z]{4,}\s+(?:[a-z]+\s+){0,2}(?:petugas|anggota|aparat|oknum|satpam|pegawai)\s+$"
        ),
        "disebut sebagai pelaku ('oleh …')",
    ),
    Sign(
        "owner",
        re.compile(
            r"\b(?:milik|utusan|suruhan|punya|anak buah|pemilik|pengelola(?: baru)?(?: yaitu)?|yaitu|"
            r"yang dipanggil|penagih|pengembang|di dalam|ditahan di|dipimpin|"
            r"bekerja (?:di|pada|sebagai \w+ (?:di|pada)))\s+$",
            re.I,
        ),
        "pemilik atau tempat perbuatan",
    ),
    Sign(
        "above",
        re.compile(
            r"\b(?:majikan|atasan|mandor|bos|guru|dosen|wali kelas|pemilik (?:kos|rumah|kebun|toko|tanah)|penagih|"
            r"rentenir|agen|mertua|menantu|paman|tetangga|(?:adik|kakak|abang) ipar|(?:ayah|ibu|bapak) tiri|"
            r"mantan (?:suami|istri|isteri)|(?:suami|istri|pacar) (?:baru|siri|kedua))\w*(?: saya| kami| ibunya|"
            r" ayahnya)?,?\s+(?:yang\s+)?(?:bernama\s+)?$|"
            r"\b(?:pemilik|pengelola|direktur|pimpinan|manajer|mandor|pelaku|penagih|kepala|ketua|sopir|pengemudi|"
            r"penjaga|pengurus|petugas|pegawai|bidan|"
            r"bendahara)(?:nya)?(?:\s+[a-z]+){0,3},\s+$",
            re.I,
        ),
        "berkuasa atas pelapor",
    ),
    Sign(
        "asked",
        re.compile(
            r"\b(?:lapor(?:an\w*)?|melapor|mengadu|dilaporkan|surati|bersurat|diadukan|permohonan|tembusan|menyurati|"
            r"hub\w*|"
            r"berobat|visum|disaksikan|saksi\w*|korban|dilaporkan\w*|anjuran|mediasi|rujukan|dokter|putusan|peraturan|"
            r"pengadilan|menurut|wassidik|rekening|bantuan|didampingi)\s+(?:\w+\s+){0,3}$|\b(?:ke|"
            r"kepada)\s+(?:kantor\s+)?$",
            re.I,
        ),
        "hanya dimintai bantuan",
    ),
    Sign(
        "kin",
        re.compile(
            r"\b(?:alm(?:arhum(?:ah)?)?\.?\s+)$|(?<!mantan )\b(?:anggota|warga|anak|klien|suami|ist[re]+i|adik|kakak|"
            r"orang tua|sepupu|keponakan|"
            r"ayah|ibu|bapak|teman|rekan|tetangga)(?:nya| kami| saya)(?:\s+yang)?(?:\s+bernama)?\s*,?\s+$|"
            r"\b(?:men|di)dampingi\s+(?:\w+\s+){0,3}$|\bkorban\s+(?:yang\s+)?(?:bernama\s+)?$|\b(?:istri|suami|anak|"
            r"ibu) dari\s+$",
            re.I,
        ),
        "keluarga atau rekan pelapor",
    ),
    Sign(
        "suffered_by",
        re.compile(
            r"\b(?:dialami|didengar|dilihat|disaksikan|didampingi|"
            r"ditolong)\w*\s+(?:langsung\s+)?oleh\s+(?:\w+\s+){0,2}$",
            re.I,
        ),
        "hanya mengalami atau menyaksikan",
    ),
    Sign(
        "site",
        re.compile(
            r"\b(?:di|ke|dari|dekat|depan|menuju)\s+(?:(?:depan|belakang|dalam|ruang|gedung|halaman|kamar|asrama|"
            r"kantor|kebun|"
            r"lantai|loket|kantin|IGD|sel|pos|lahan|area|parkiran)\s+(?:\w+\s+){0,4})$",
            re.I,
        ),
        "hanya tempat kejadian",
    ),
    Sign(
        "does",
        re.compile(
            r"^[.,]*\s*(?:[^.,;]{0,40}?(?:,[^.,;]{2,40},)?\s)?(?:yang\s+)?(?:telah\s+|tidak\s+|belum\s+|selalu\s+|"
            r"malah\s+|justru\s+|juga\s+|hanya\s+|cuma\s+|dengan\s+\w+\s+|kemudian\s+)*"
            rf"(?:(?!{HELPS}|meninggal|menyarankan|menikah|membawa saya)me[a-z]{{4,}}|tidak|belum|menolak|minta|datang|"
            r"bilang|berjanji|berkata|masuk|ditemui|seka)\b"
        ),
        "berbuat sesuatu",
        behind=True,
    ),
    Sign(
        "failed",
        re.compile(
            r"^[.,]*\s*(?:[^.;]{0,60}?\b(?:tetapi|tapi|namun|padahal|sampai (?:sekarang|hari ini|saat ini|kini)|malah|"
            r"justru|belum|tidak|ditolak|disuruh|jawab\w*|dijawab|katanya|beliau|keduanya)\b)|"
            r"^[^.]{0,80}\.\s+(?:Sampai|Namun|Tetapi|Tapi|"
            r"Esok|Dijawab|Jawab\w*|Katanya|Tidak|Belum)\b"
        ),
        "tidak menanggapi",
        behind=True,
    ),
    Sign(
        "harms",
        re.compile(rf"^[.,]*\s*(?:[^.;,]{{0,30}}\s)?{HARMS}\w*\b"),
        "merugikan pelapor",
        behind=True,
    ),
    Sign(
        "hurt",
        re.compile(
            r"^[.,]*\s*[^.;]{0,40}\b(?:ditolak|dipukul\w*|diusir|ditangkap|diancam|dianiaya|ditahan|dipecat|"
            r"dikeluarkan|"
            r"meninggal|diperiksa|tewas|ditampar|dijemur|wafat|dirawat)\b"
        ),
        "menderita akibatnya",
        behind=True,
    ),
    Sign(
        "helped",
        re.compile(
            rf"^[.,]*\s*(?:[a-z]+\s+){{0,2}}?(?:{HELPS}|membawa saya|sedang hamil|hadir|berusaha|"
            r"memimpin doa|memberi (?:kami|saya)|mengeluarkan visum|memberikan (?:visum|keterangan)|"
            r"(?:ikut|turut)\s+(?:menyaksikan|melihat|mendengar|menolong|membantu|merasakan))\b"
        ),
        "menolong atau menyaksikan",
        behind=True,
    ),
    Sign(
        "ours",
        re.compile(
            r"^[.,]*\s*(?:\(\d+ tahun\)|\(\w+\)|warga kami|istri saya|suami saya|anak saya|isteri saya|selaku kuasa|"
            r"ditangkap|diperiksa|siswa|umur|usia)",
            re.I,
        ),
        "dari pihak pelapor",
        behind=True,
    ),
)
#: What each sign, and each kind of one named, weighs: the logarithm of the odds of being complained of, fitted by
#: ``bench/fitting.py`` on letters whose truth is known, and rounded; a sign that few letters had keeps a modest weight.
WEIGHTS: Mapping[str, float] = {
    "perusahaan": 0.39, "aparat": 0.09, "dipanggil": -0.19, "pejabat": -0.22, "usaha": -0.4, "orang": -0.43,
    "kantor": -0.82, "nama": -2.59, "early": 0.73, "again": 0.58, "charged": 1.75, "agent": 1.16, "does": 0.9,
    "harms": 1.0, "failed": 0.76, "owner": 0.66, "above": 0.25, "hurt": 0.14, "site": -0.24, "suffered_by": -0.5,
    "kin": -0.45, "ours": -0.59, "asked": -0.59, "helped": -1.1,
}  # fmt: skip
#: Signs that make a person of two words with capitals.
_INTRODUCES = frozenset({"charged", "agent", "above"})
_BEFORE, _BEHIND, _OFTEN = 110, 120, 3


CHARGED = next(sign for sign in _SIGNS if sign.name == "charged")


def signs_of(flow: str, mention: Mention) -> tuple[Sign, ...]:
    """Return what the words around a name say of it."""
    before, behind = flow[max(0, mention.start - _BEFORE) : mention.start], flow[mention.end : mention.end + _BEHIND]
    return tuple(
        sign for sign in _SIGNS if (sign.pattern.match(behind) if sign.behind else sign.pattern.search(before))
    )


def features(kind: str, signs: Iterable[Sign], place: float, times: int) -> dict[str, float]:
    """Return what is to be weighed of one who is named.

    *place* runs from 0 (named first at the story's beginning) to 1, *times* is how often the name is written.
    """
    said = {sign.name: 1.0 for sign in signs}
    if kind == "nama" and said.keys() & _INTRODUCES:
        kind = "orang"
    return {kind: 1.0, "early": 1 - place, "again": float(min(times - 1, _OFTEN)), **said}


def weight_of(found: Mapping[str, float]) -> float:
    """Return the logarithm of the odds that one with these features is complained of."""
    return sum(WEIGHTS[name] * value for name, value in found.items())
