"""Names of persons: where one may stand, and its plain form without titles."""

from __future__ import annotations

import re

TITLE = (
    r"(?:Dr|dr|drg|Drs|Dra|Drs|Ir|Prof|H|Hj|KH|Ns|St|Sr|Br|Pdt|Ust|Ustadz|Tn|Ny|Nn|Sdr|Sdri|"
    r"sdr|sdri|Saudara|Saudari|saudara|"
    r"saudari|Haji|Hajjah|Bapak|bapak|Bpk|bpk|Ibu|ibu|Pak|pak|Bu|bu)\b\.?"
)
DEGREE = (
    r"(?:,?[ ]?(?:[SM]\.? ?(?:H|Pd|Sos|Kep|Kom|E|T|P|Si|Kes|Ag|M|IP|I\.?P|Kn|Hum|Ak|Psi|Farm|"
    r"Gz|Ked|KM|Th|Fil|Stat)\.?(?:\.? ?I\b\.?)?|A\.? ?M[dD]\.?(?: ?\w{2,4}\.?)?|B\.?A\.?|LL\.?M\.?|"
    r"S\.?S\.?T\.?|Bdn\.?|SH|MH|SE|MM|ST|SPd|SAg|MKn)(?![a-z]))"
)
_PART = r"(?:[A-Z][a-z'’]+(?:-[A-Z][a-z]+)?|[A-Z]{2,}|[A-Z]\.|M\.|Muh\.)"
NAME = rf"(?:{TITLE}[ ]?)*{_PART}(?:[ ](?:bin|binti|BIN|BINTI|alias|{_PART})){{0,5}}"
FULL_NAME = rf"{NAME}{DEGREE}*"
_TITLES = re.compile(rf"^(?:{TITLE}\s*)+")
_DEGREES = re.compile(rf"(?:\s*{DEGREE})+\s*$")
_ALIAS = re.compile(r"\s+(?:alias|als|a\.k\.a)\b.*|\s*\(.*|,?\s+dkk\b.*|\s+dan kawan.*", re.I)
_EDGE = " .,:;_-|/\\()[]'\"“”‘’*=~—"
_WHOLE = re.compile(rf"{FULL_NAME}")
_NOT_A_NAME = re.compile(
    r"\b(?:pt|cv|ud|pekerjaan|umur|alamat|nama|nik|telepon|hormat|kami|saya|ketua|sekretaris|bendahara|direktur|"
    r"koordinator|"
    r"pelapor|pengadu|"
    r"pemohon|kuasa|hukum|redaksi|pemimpin|pengirim|penulis|kepala|pimpinan|petugas|"
    r"mengetahui|wassalam|demikian|terima|kasih|tembusan|yang|jang|warga|materai|meterai|rp|"
    r"desa|kecamatan|kabupaten|provinsi|kota|"
    r"bapak|unit|kerja|pengurus|penyampai|komunikasi|pembuat|pengaduan|panti|wilayah|atas|perhatian|"
    r"kelompok|lurah|surat|nomor|telp|"
    r"paguyuban|forum|aliansi|serikat|koperasi|yayasan|lembaga|perkumpulan|persatuan|komunitas|organisasi|"
    r"putusan|keputusan|undang|peraturan|sertifikat|sertipikat|"
    r"hal|perihal|kepada|yth|dengan|contoh|foto|lampiran|arsip|bengkulu|januari|februari|maret|"
    r"april|mei|juni|juli|agustus|"
    r"september|oktober|november|desember|jl|jalan|kantor|dinas|kementerian|ham)\b",
    re.I,
)


def plain(name: str) -> str:
    """Return a name without titles, degrees, ``alias …`` and brackets; one in capitals gets small letters."""
    text = _ALIAS.sub("", " ".join(name.strip(_EDGE + " ").split()))
    text = _DEGREES.sub("", _TITLES.sub("", text)).strip(_EDGE)
    letters = [c for c in text if c.isalpha()]
    if letters and sum(c.isupper() for c in letters) > 0.8 * len(letters) and len(letters) > 3:
        text = " ".join(w if w.lower() in ("bin", "binti") else w.capitalize() for w in text.split())
        text = re.sub(r"\b(Bin|Binti)\b", lambda m: m[0].lower(), text)
    return text


def is_name(text: str) -> bool:
    """Say whether a text standing alone (a signature, a table's cell) looks like a person's name."""
    text = text.strip(_EDGE + " ")
    bare = plain(text)
    return bool(len(bare) >= 4 and not _NOT_A_NAME.search(bare) and _WHOLE.fullmatch(text) and len(bare.split()) <= 6)
