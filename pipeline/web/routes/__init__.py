"""The pages, one module a family. A new family is a module with ``pages = Pages()``, listed here."""

from pipeline.web.routes import akses, akun, gerak, kasus, lihat, masuk, meja, naskah, profil, register, static, unknown

#: In the order in which routes are matched; ``unknown`` takes whatever is left.
FAMILIES = (static, masuk, meja, naskah, profil, register, kasus, gerak, lihat, naskah, akun, akses, unknown)
