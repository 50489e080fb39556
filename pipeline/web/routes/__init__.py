"""The pages, one module a family. A new family is a module with ``pages = Pages()``, listed here."""

from pipeline.web.routes import (
    akses,
    akun,
    buka,
    gerak,
    kasus,
    kotak_masuk,
    lihat,
    masuk,
    meja,
    naskah,
    peristiwa,
    profil,
    register,
    ringkasan,
    static,
    status,
    unknown,
    verifikasi,
)

#: In the order in which routes are matched; ``unknown`` takes whatever is left.
FAMILIES = (
    static,
    status,
    masuk,
    meja,
    naskah,
    profil,
    register,
    kasus,
    gerak,
    lihat,
    kotak_masuk,
    buka,
    verifikasi,
    ringkasan,
    peristiwa,
    akun,
    akses,
    unknown,
)
