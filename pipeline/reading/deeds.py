"""Verbs by what they do to the writer of a letter: deeds that harm, deeds that help or only witness."""

from __future__ import annotations

_HARMING = """
memukul menampar menendang menempeleng menghajar mengeroyok menganiaya menyiksa mencambuk mencekik menyundut
menyetrum menjambak menyeret menyiram menembak menyerang menodong menculik menyandera menyekap mengurung mengunci
mengikat merantai mengancam meneror mengintimidasi membentak menghina mengejek memaki mempermalukan memfitnah
menuduh melecehkan memeluk meraba mencabuli memperkosa menelanjangi mengusir menghadang mengejar menangkap menahan
memaksa merampas menyita mengambil mencuri menggelapkan menipu membohongi memeras memungut memotong menagih menilang
memalsukan menghilangkan menyembunyikan menjual melelang mengosongkan mendobrak membongkar merobohkan meratakan
merusak membakar menggusur menyerobot memagar memagari menguasai menduduki menebang mengeruk meledakkan menimbun
membuang mengalirkan mencemari menyegel menutup memutus mencabut mematikan memecat memberhentikan mencopot
mengeluarkan memutasi memindahkan mencoret melarang mencekal membubarkan menghalangi mempersulit mendiskriminasi
menolak mengabaikan membiarkan menelantarkan mengingkari menunda menghentikan melempar menyebarkan menyalahgunakan
melanggar menyuruh memungkiri merobek menyobek menyalahkan membebankan memperlambat menertawakan
"""
_HELPING = """
menolong membantu membela mendukung mendampingi menemani meminjamkan menampung mengantar mengantarkan merawat
mengobati menyelamatkan menenangkan menghibur menasihati mendoakan mendamaikan melerai memediasi menengahi
memperjuangkan memfasilitasi menegur melihat mendengar menyaksikan mengalami menemukan mengunjungi mengumpulkan
memerlukan menyerahkan menangis mencoba merekomendasikan menganjurkan
"""


def _anyone_of(verbs: str) -> str:
    return "(?:" + "|".join(verbs.split()) + ")"


#: Patterns of one such verb.
HARMS, HELPS = _anyone_of(_HARMING), _anyone_of(_HELPING)
