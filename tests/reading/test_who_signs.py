"""Who signed, whose letterhead it is, and who acts for whom: each rule by itself."""

from __future__ import annotations

import pytest
from reading_pages import page_of

from pipeline.reading.layout import Layout, layout_of
from pipeline.reading.sheet import Sheet
from pipeline.reading.signatories import organisation, representative, signers

LETTER = "KANTOR REKAAN\nDengan hormat,\nkami mengadu\nisi surat\n"


def laid_out(text: str) -> Layout:
    return layout_of(Sheet((page_of(text),)))


@pytest.mark.parametrize(
    ("below", "names"),
    [
        ("Hormat kami,\n1. Budi Rekaan 2. Ani Umpama", ["Budi Rekaan", "Ani Umpama"]),
        ("Hormat kami,\n(1) Budi Rekaan\n(2) Ani Umpama", ["Budi Rekaan", "Ani Umpama"]),
        ("Hormat kami,\nBudi Rekaan / Ani Umpama", ["Budi Rekaan", "Ani Umpama"]),
        (
            "Hormat kami,\n10. Dodo Rekaan\n9. M. Rizki Umpama\n1. H. Budi Rekaan\t2. Ani Umpama",
            ["Budi Rekaan", "Ani Umpama", "M. Rizki Umpama", "Dodo Rekaan"],
        ),
        ("Hormat kami,\n• Budi Rekaan", ["Budi Rekaan"]),
        ("Hormat kami,\na. Budi Rekaan\nb. Ani Umpama", ["Budi Rekaan", "Ani Umpama"]),
        ("Hormat kami,\nA. Budi Rekaan", ["A. Budi Rekaan"]),  # an initial
        ("Mengetahui,\tHormat kami,\nKepala Desa\tWarga\nDodo Umpama\tBudi Rekaan", ["Budi Rekaan"]),
        ("Mengetahui,\nDodo Umpama", ["Dodo Umpama"]),  # nobody else signed beside
        ("Hormat kami,\nNama\tBudi Rekaan\nAlamat\tKampung Baru", ["Budi Rekaan"]),
    ],
)
def test_who_signed_is_named_without_the_number_and_in_the_order_of_the_numbers(below, names):
    assert [field.best.nilai for field in signers(laid_out(LETTER + below))] == names


@pytest.mark.parametrize(
    ("head", "whose"),
    [
        ("PAGUYUBAN NELAYAN", "PAGUYUBAN NELAYAN"),
        ("Paguyuban Nelayan", None),
        ("FORUM WARga", "FORUM WARga"),
        ("FORUM WArga", None),  # seven of ten letters are no more than that
        ("WARGA DESA SATU", None),
        ("LAPORAN PAGUYUBAN", None),
        ("SURAT PENGADUAN\nPAGUYUBAN NELAYAN", "PAGUYUBAN NELAYAN"),
        ("Alamat : Jalan Satu\nPAGUYUBAN NELAYAN", "PAGUYUBAN NELAYAN"),
        ("Nomor : 1/2025\nPAGUYUBAN NELAYAN", None),
        ("LEMBAGA BANTUAN HUKUM CAHAYA", None),
    ],
)
def test_an_organisation_is_the_one_in_capitals_above_the_references_unless_it_is_a_lawyers(head, whose):
    below = "\nNomor : 1/2025\nKepada Yth.\nKepala Kantor\nDengan hormat,\nkami mengadu\nHormat kami,\nBudi Rekaan"
    found = organisation(laid_out(head + below))

    assert (found and found.best.nilai) == whose


ACTS = "bertindak untuk dan atas nama klien kami"
NAMED = f"\nDengan hormat,\nKami, Tania Gusti, S.H., {ACTS}\nHormat kami,\nTania Gusti"


@pytest.mark.parametrize(
    ("text", "names", "house"),
    [
        (f"KANTOR REKAAN{NAMED}", ["Tania Gusti"], None),
        (
            f"KANTOR REKAAN\nDengan hormat,\nKami, Tania Gusti, S.H. dan Robi Anwar, S.Pd. dari LBH Cahaya {ACTS}\n"
            "Hormat kami,\nEko Umpama",
            ["Tania Gusti"],
            "LBH Cahaya",
        ),
        (f"KANTOR REKAAN\nDengan hormat,\nKami {ACTS}\nHormat kami,\nEko Umpama", ["Eko Umpama"], None),
        ("KANTOR REKAAN\nDengan hormat,\nKami mengadu\nHormat kami, kuasa pelapor,\nEko Umpama", ["Eko Umpama"], None),
        ("KANTOR REKAAN\nDengan hormat,\nKami mengadu\nHormat kami,\nTania Gusti, S.H.", None, None),
        (f"KANTOR REKAAN\nDengan hormat,\nKami {ACTS}\nHormat kami,\n-", None, None),
        (f"KANTOR HUKUM\nTANIA DAN REKAN\nJalan Satu{NAMED}", ["Tania Gusti"], "TANIA DAN REKAN"),
        (f"KANTOR HUKUM TANIA\nJALAN SATU NO. 2{NAMED}", ["Tania Gusti"], "KANTOR HUKUM TANIA"),
        (f"KANTOR HUKUM TANIA\nJalan Satu{NAMED}", ["Tania Gusti"], "KANTOR HUKUM TANIA"),
        (f"PAGUYUBAN NELAYAN\nJalan Satu{NAMED}", ["Tania Gusti"], None),
    ],
)
def test_who_acts_for_a_complainant_is_named_by_a_degree_of_law_or_signs(text, names, house):
    found = representative(laid_out(text))

    assert (found and [field.best.nilai for field in found["nama"]]) == names
    assert (found and found["lembaga"] and found["lembaga"].best.nilai) == house
