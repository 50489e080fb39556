"""The words that the file of an SOP's edition is written in, where code has to know them: everything else is data."""

from __future__ import annotations

from collections.abc import Mapping

#: Where a move may lead besides a named state: nowhere, or to the state before this one.
STAY, BACK = "tetap", "kembali"
#: From which states a move may be made besides named ones: any that is not the end, any end, one with a given-up duty,
#: one with a drafted outgoing letter that has no number, or a numbered one that is not signed.
ANY, ENDED, GIVEN_UP, UNNUMBERED, UNSIGNED = "semua", "akhir", "gagal", "surat-tanpa-nomor", "surat-tanpa-tanda-tangan"
#: Or: one with a letter whose turn has come for the act that the move is.
LETTERS = "naskah"
OPENINGS = (ANY, ENDED, GIVEN_UP, UNNUMBERED, UNSIGNED, LETTERS)
#: Who may make a move besides named roles: those the state waits for, the signer of the letter, or those whose turn it
#: is with it.
AWAITED, SIGNER, IN_TURN = "yang-ditunggu", "penanda-tangan", "yang-bergilir"
#: What is done to a letter: initialled, numbered, signed, sent, noted as received; given back to its drafters, handed
#: in again by them; cancelled; corrected by another letter once it was sent;
#: given up as to its receipt; decided upon (a memo that came up the chain).
INITIAL, NUMBER, SIGN, SEND, RECEIVE = "paraf", "nomor", "tanda-tangan", "kirim", "terima"
GIVE_BACK, HAND_IN, CANCEL, CORRECT = "kembalikan", "ajukan", "batal", "ralat"
WAIVE, DECIDE = "tanpa-terima", "putus"
ACTS = (INITIAL, NUMBER, SIGN, SEND, RECEIVE, GIVE_BACK, HAND_IN, CANCEL, CORRECT, WAIVE, DECIDE)
#: The end of what was registered by mistake: its number stays in the book, and nothing more is asked of its folder.
VOID = "batal"
#: What can be the first step of a pair besides moves and acts on letters: a letter is composed or edited, a case opened
#: without a written complaint.
COMPOSE, OPEN_CASE = "susun", "buka"
#: The series of numbers of the letters that leave the office.
OUTGOING = "keluar"
#: Instead of named sheets: every draft that is not signed is drafted again.
UNSIGNED_DRAFTS = "konsep"
#: Instead of a named sheet or kind of file: the one that was chosen in the form.
CHOSEN = "naskah-itu"
#: What a question of a form may begin with: rights and articles, what is tested of them, the papers of the register;
#: what is at issue, what happened when, the complaint in short; who answers for it; what was said and agreed when
#: people met, what the memo found; what was noted while an agency was watched, and each recommendation, to be judged;
#: in which of the office's regencies it happened.
RIGHTS, ELEMENTS, PAPERS = "hak", "unsur", "dokumen"
ISSUE, EVENTS, SUMMARY, RESPONDENT = "persoalan", "kronologi", "ringkasan", "terlapor"
RESULTS, FINDINGS, AGREED = "hasil-audiensi", "analisis-nota", "kesepakatan"
WATCHED, ADVISED, REGENCY = "pemantauan", "rekomendasi", "kabupaten"
#: Of these, the kinds of answer that may begin so.
BEGINNINGS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys((RIGHTS, ELEMENTS, PAPERS, EVENTS, AGREED, ADVISED), ("daftar",)),
    **dict.fromkeys((ISSUE, SUMMARY, RESULTS, FINDINGS, WATCHED), ("paragraf",)),
    **dict.fromkeys((RESPONDENT, REGENCY), ("teks",)),
}
#: The question in which is told why people meet on such a day.
REASON = "alasan_hari"
#: Where a move opens: in cases in which somebody complained, or in those in which nobody did.
SOMEBODY, NOBODY = "ada", "tidak-ada"
