"""On which day something was last done about a case, by its row: what most lists of an office begin with. Pure."""

from __future__ import annotations

from pipeline.register.row import Row

#: Of a case that runs, or about which anything else is still due: later than any day that is asked for.
AT_WORK = "9999-12-31"


def touched_on(row: Row) -> str:
    """Return the last day (ISO) on which something was done about a case; :data:`AT_WORK` while anything is due.

    Its end, of its letters their sending and their filing as signed, and the day of an audience. Something is due about
    a case that runs, for which something is proposed, whose folder is lent, or of which a letter waits for somebody or
    is disputed.
    """
    if not row.final or row.usulan or row.lent_until or any(one.act or one.disputed for one in row.surat):
        return AT_WORK
    letters = (moment for one in row.surat for moment in (one.sent_on, one.filed_at))
    moments = (row.since, row.closed_at, *letters, *(meeting.day for meeting in row.audiensi))
    return max(moment[:10] for moment in moments if moment)
