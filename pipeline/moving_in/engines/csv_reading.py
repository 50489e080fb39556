"""A table as text (.csv, .txt) as values with their places; runs in a confined child only."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable
from typing import Any

from pipeline.errors import Refused
from pipeline.moving_in.old_book import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS

#: What may stand between columns. Excel in Indonesian writes semicolons.
_BETWEEN = (";", ",", "\t", "|")
_LOOKED_AT = 20  # rows by which the sign between columns is told
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAVE_AGAIN = "Simpan ulang dari Excel sebagai 'CSV UTF-8', atau kirim .xlsx-nya."


def sheet(data: bytes) -> tuple[str, list[Any], list[str]]:
    """Return the one sheet: no name, its rows ``[number, [text, …]]``, and what is to be known of it.

    Raises:
        Refused: it is no text, was cut off within quotes, or is too large.
    """
    text, told = _decoded(data)
    between = _sign_between(text)
    rows: list[Any] = []
    csv.field_size_limit(max(LONGEST_CELL * 10, 131_072))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=between, strict=True)
    last = 0
    try:
        for cells in reader:
            number, last = last + 1, reader.line_num
            if len(cells) > MOST_COLUMNS and any(map(str.strip, cells[MOST_COLUMNS:])):
                raise _too_large(f"baris {number} berisi lebih dari {MOST_COLUMNS} kolom")
            if any(map(str.strip, cells)):
                rows.append([number, [cell[:LONGEST_CELL] for cell in cells[:MOST_COLUMNS]]])
            if len(rows) > MOST_ROWS:
                raise _too_large(f"lebih dari {MOST_ROWS} baris")
    except csv.Error as fault:
        fact = f"Sesudah baris {last} tabel ini tidak terbaca: tanda kutip tidak ditutup, atau berkasnya terpotong."
        raise Refused("terpotong", fact, "Periksa baris berikutnya, atau simpan ulang bukunya.") from fault
    widths = [len(cells) for _, cells in rows]
    if len(widths) > 2 and widths[-1] < min(widths[:-1]):
        told.append(f"baris terakhir ({rows[-1][0]}) lebih pendek daripada yang lain: mungkin berkasnya terpotong")
    return "", rows, told


def _decoded(data: bytes) -> tuple[str, list[str]]:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _text(data, name), []
    if data[:200].count(0) > len(data[:200]) // 4:
        return _text(data, "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"), []
    if b"\0" in data:
        raise _no_text()
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        return _text(data, "cp1252"), ["bukan UTF-8; dibaca sebagai Windows-1252: periksa huruf beraksen"]


def _text(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as fault:
        raise _no_text() from fault
    if "\0" in text:
        raise _no_text()
    return text


def _sign_between(text: str) -> str:
    """Return what stands between columns: what parts most of the first rows into the same number of them, the more."""
    head = list(_first_lines(text))
    if head and head[0].lower().startswith("sep=") and len(head[0]) == 5:
        return head[0][4]

    def rank(sign: str) -> tuple[int, int]:
        counts = [len(cells) for cells in csv.reader(head, delimiter=sign)]
        likeliest = max(set(counts), key=lambda n: (counts.count(n), n), default=1)
        return (counts.count(likeliest) if likeliest > 1 else 0, likeliest)

    return max(_BETWEEN, key=rank)


def _first_lines(text: str) -> Iterable[str]:
    lines = io.StringIO(text[: 2**18]).readlines()
    return [line.rstrip("\r\n") for line in lines if line.strip()][:_LOOKED_AT]


def _no_text() -> Refused:
    return Refused("jenis", "Berkas ini bukan tabel teks (.csv).", _SAVE_AGAIN)


def _too_large(what: str) -> Refused:
    return Refused(
        "terlalu-besar", f"Buku ini terlalu besar: {what}.", "Bagilah menjadi beberapa buku, misalnya per tahun."
    )
