"""What a move does to a letter, and what must be so before it may: the version that was read, days in order, ends.

What was read is what is initialled; a letter that is owed is owed before an end; days are held against each other and
against the working calendar.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pipeline.cases import sop_words
from pipeline.cases.case import RECEIVED_ON, SENT_ON, Case
from pipeline.cases.events import ACT, SHA256, VERSION
from pipeline.cases.forms import Filled
from pipeline.cases.letter_life import WAITS_FOR, Letter, asked_until, current_letters
from pipeline.cases.moves import LETTER
from pipeline.cases.owed_letters import owed_before
from pipeline.cases.ports import Cabinet, NamingGuard, content
from pipeline.cases.sop import Sop, title_of
from pipeline.cases.sop_rows import FormField, Move
from pipeline.cases.sop_words import REASON
from pipeline.errors import Incomplete, NotAllowed
from pipeline.office.officials import ON_BEHALF, Official
from pipeline.office.wording import long_date
from pipeline.office.worktime import Calendar, Limit

#: What was done to a letter, by the act on whose day others are counted.
_DONE = {sop_words.SEND: "dikirim", sop_words.RECEIVE: "diterima"}
#: The first of a case's days, and what people call the days before which another cannot be.
_CASE = "perkara"
#: The acts by which a letter comes nearer to whom it is for.
_GOES_ON = frozenset({sop_words.INITIAL, sop_words.NUMBER, sop_words.SIGN, sop_words.SEND})
_NAMED = {sop_words.NUMBER: "tanggal surat", sop_words.SEND: "tanggal kirim", _CASE: "tanggal terima pengaduan"}


def letters_acted_on(move: Move, case: Case, sop: Sop, answers: Filled) -> dict[str, dict[str, Any]]:
    """Return what a move does to letters, by template: the act, the version, the hash of its Word file.

    Raises:
        NotAllowed: the version that was read is not the newest any more, or it would go on though it was drafted from
            pages that became another case.
    """
    if not move.act:
        return {}
    template = _about(move, answers)
    draft = case.drafts[template]
    if move.act in _GOES_ON and draft.documents[0].name in case.shared:
        raise NotAllowed(
            f"{title_of(template)} versi {draft.version} disusun sebelum halaman perkara lain dipisahkan.",
            "Periksa nama dan isinya, lalu sunting menjadi versi baru, atau batalkan dan susun lagi.",
        )
    read = answers.values.get(VERSION)
    if read is not None and read != draft.version:
        raise NotAllowed(
            f"{title_of(template)} sudah versi {draft.version}; yang Anda baca versi {read}.",
            "Baca versi yang baru dan apa yang berubah di dalamnya, lalu ulangi.",
        )
    return {template: {ACT: move.act, VERSION: draft.version, SHA256: draft.documents[0].sha256}}


def check_leaving(case: Case, acted: Mapping[str, Mapping[str, Any]], cabinet: Cabinet, naming: NamingGuard) -> None:
    """Make sure that a letter that is signed or sent still names nobody: the register may say more since its number.

    Raises:
        Refused: it names somebody, or may.
    """
    for letter, act in acted.items():
        if act[ACT] in (sop_words.SIGN, sop_words.SEND):
            naming.check_file(case, letter, content(cabinet.blob(case.number, case.drafts[letter].documents[0])))


def check_choice(move: Move, case: Case, sop: Sop, typed: Mapping[str, Any]) -> None:
    """Make sure that the letter that was chosen is one whose turn has come for this act.

    Raises:
        NotAllowed: it waits for something else, or for somebody else.
    """
    field = next((f for f in move.form if f.name == LETTER), None)
    chosen = str(typed.get(LETTER) or "")
    letter = current_letters(case, sop).get(chosen)
    if not move.act or field is None or letter is None or chosen in field.choices:
        return
    now = letter.state
    if letter.turn:
        now = f"{WAITS_FOR[letter.turn.act]} ({' atau '.join(letter.turn.roles)})"
    raise NotAllowed(
        f"{letter.title} perkara {case.number} {now}.", "Lihat keadaannya sekarang di halaman surat itu, lalu putuskan."
    )


def check_signer(move: Move, answers: Filled, sop: Sop, holder: Official | None) -> None:
    """Make sure that who holds the signer's role *atas nama* may sign this letter.

    Raises:
        NotAllowed: the SOP's file says that only the holder of the post signs it.
    """
    if move.act != sop_words.SIGN or holder is None or holder.acting != ON_BEHALF:
        return
    template = _about(move, answers)
    if not sop.sheet(template).on_behalf:
        raise NotAllowed(
            f"{title_of(template)} tidak ditandatangani atas nama {holder.title}.",
            f"Mintakan tanda tangan {holder.title}, atau Plh./Plt. pada hari ini.",
        )


def check_end(case: Case, sop: Sop, to: str) -> None:
    """Make sure that no letter is owed before the case comes to an end.

    Raises:
        NotAllowed: one is; names each, and what it waits for.
    """
    if to == case.state(sop.first) or not sop.state(to).final:
        return
    if owed := owed_before(case, sop, to):
        named = "; ".join(f"{title} ({waits})" for title, waits in owed)
        raise NotAllowed(
            f"Perkara {case.number} belum dapat berakhir ({sop.state(to).label}): {named}.",
            "Selesaikan surat itu; yang tidak jadi dikirim, batalkan dengan alasannya.",
        )


def check_waited(move: Move, case: Case, sop: Sop, calendar: Calendar, now: datetime) -> None:
    """Make sure that so many days are over since a letter's act, counted from the day that was recorded.

    Raises:
        NotAllowed: the act is not recorded, or the days, or that until which the letter asks, are not over.
    """
    if (waited := move.waited) is None:
        return
    title, asked = title_of(waited.letter), asked_until(case, waited.letter, waited.until)
    if asked and now.date() <= asked:
        raise NotAllowed(
            f"{move.label} belum dapat: {title.lower()} meminta jawaban paling lambat {long_date(asked)}.",
            f"Tunggu sampai {long_date(asked)} lewat; jawaban yang datang sebelumnya dicatat sebagai jawaban instansi.",
        )
    if not waited.days:
        return  # without days it is a condition for the move's being open
    letter = current_letters(case, sop).get(waited.letter)
    day = _day_of(waited.act, letter)
    if day is None:
        raise NotAllowed(
            f"{move.label} belum dapat: tanggal {title.lower()} {_DONE[waited.act]} belum dicatat.",
            f"Catat dahulu kapan {title.lower()} {_DONE[waited.act]}; {waited.days} harinya dihitung dari situ.",
        )
    over = calendar.after(datetime.combine(day, datetime.min.time(), calendar.zone), Limit(days=waited.days))
    if now <= over:
        raise NotAllowed(
            f"{title} {_DONE[waited.act]} pada {long_date(day)}; {waited.days} harinya berakhir"
            f" {long_date(over.date())}.",
            f"Tunggu sampai {long_date(over.date())} lewat.",
        )


def check_days(move: Move, case: Case, sop: Sop, answers: Filled, calendar: Calendar, now: datetime) -> None:
    """Hold the days of a form against the working calendar and against each other.

    Raises:
        Incomplete: people would meet on a day that is over or no working day, and no reason is given; or a day is
            before one that it cannot precede; names every one.
    """
    asked = [f for f in move.form if (f.ahead or f.not_before) and answers.values.get(f.name)]
    if not asked:
        return
    letter = current_letters(case, sop).get(_about(move, answers))
    days = _Days(case, letter, answers.values, calendar, now.date())
    wrong = {field.name: (field.label, why) for field in asked if (why := days.wrong(field))}
    if wrong:
        said = "; ".join(f"{name} ({label}: {why})" for name, (label, why) in wrong.items())
        raise Incomplete(f"Formulir {move.label!r}: {said}.", "Betulkan tanggal itu, lalu ulangi.", wrong)


def _about(move: Move, answers: Filled) -> str:
    """Return the template of the letter that a move is about; empty: it is about none."""
    return move.letter or str(answers.values.get(LETTER, ""))


@dataclass(frozen=True, slots=True)
class _Days:
    """The days of a form, and what they are held against."""

    case: Case
    letter: Letter | None
    values: Mapping[str, Any]
    calendar: Calendar
    today: date

    def wrong(self, field: FormField) -> str:
        """Return why the day that this question was answered with cannot be; empty: it can."""
        day = date.fromisoformat(self.values[field.name])
        if field.not_before and (first := self._first(field.not_before)) and day < first:
            named = _NAMED.get(field.not_before, "tanggal sebelumnya")
            return f"{long_date(day)} mendahului {named}, {long_date(first)}"
        if field.ahead and not self.values.get(REASON):
            if day < self.today:
                return f"{long_date(day)} sudah lewat; tulis alasannya bila memang demikian"
            if not self.calendar.is_working_day(day):
                return f"{long_date(day)} bukan hari kerja; tulis alasannya bila memang demikian"
        return ""

    def _first(self, name: str) -> date | None:
        """Return the day before which another cannot be: of the case, of an act on the letter, or of an answer."""
        done = self.case.received_at.date() if name == _CASE else _day_of(name, self.letter)
        return done or _answered(name, self.case, self.values)


def _day_of(act: str, letter: Letter | None) -> date | None:
    """Return the day on which something was done to a letter, as recorded."""
    if letter is None:
        return None
    if act == sop_words.NUMBER:
        return letter.numbered_at.date() if letter.numbered_at else None
    done, question = {sop_words.SEND: (letter.sent, SENT_ON), sop_words.RECEIVE: (letter.received, RECEIVED_ON)}.get(
        act, (None, "")
    )
    typed = done.answers.get(question) if done else None
    return date.fromisoformat(typed) if typed else done.at.date() if done else None


def _answered(name: str, case: Case, values: Mapping[str, Any]) -> date | None:
    """Return the day that a question was answered with, in this form or in the newest move that asked it."""
    given = (made.decision.values.get(name) for made in reversed(case.made))
    found = values.get(name) or next(filter(None, given), None)
    return date.fromisoformat(found) if found else None
