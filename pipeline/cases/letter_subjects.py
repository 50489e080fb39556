"""What each letter that leaves the office is about: the words of its line *Hal*, which later letters and books cite.

They tell which case it is of, never what somebody complained of: books of letters lie open on a desk.
"""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.errors import TemplateFault

#: What has the register number: the complaint, or the case that the office opened of the news.
COMPLAINT, CASE = "pengaduan", "perkara"
#: By template; with the case's register number where the letter names it, and what the case came as.
_SUBJECTS: Mapping[str, str] = {
    "04-pemberitahuan-penggabungan": "Pemberitahuan penggabungan penanganan pengaduan",
    "04-pemberitahuan-tidak-ada-indikasi": "Pemberitahuan hasil telaahan pengaduan",
    "04-pemberitahuan-tidak-berwenang": "Pemberitahuan pengaduan di luar kewenangan",
    "04-permintaan-kelengkapan": "Permintaan kelengkapan pengaduan",
    "04-surat-penerusan": "Penerusan {came_as} nomor register {register}",
    "05-undangan-audiensi": "Undangan audiensi/koordinasi",
    "05-undangan-pelapor": "Undangan audiensi/koordinasi",
    "06-pemberitahuan-pelapor": "Pemberitahuan hasil penanganan pengaduan",
    "06-surat-rekomendasi": "Rekomendasi atas {came_as} nomor register {register}",
    "07-pemberitahuan-penutupan": "Pemberitahuan penutupan penanganan pengaduan",
    "07-permintaan-tindak-lanjut": "Permintaan laporan tindak lanjut rekomendasi",
    "07-teguran-kedua": "Teguran kedua atas belum diterimanya laporan pelaksanaan rekomendasi",
    "07-teguran-pertama": "Teguran pertama atas belum diterimanya laporan pelaksanaan rekomendasi",
}
#: The letters that a later one may cite.
CITED = tuple(_SUBJECTS)


def subject(template: str, register: str, came_as: str = COMPLAINT) -> str:
    """Return what the letter of that template is about, in a case of that register number that came as that.

    Raises:
        TemplateFault: no letter of this template leaves the office.
    """
    if template not in _SUBJECTS:
        raise TemplateFault(f"{template or 'Naskah kosong'} bukan surat keluar.", f"Pilih {', '.join(CITED)}.")
    return _SUBJECTS[template].format(register=register, came_as=came_as)
