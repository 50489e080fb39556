"""``yankomas samarkan``: redacted copies of documents, to be handed out."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from contextlib import closing, contextmanager

from pipeline.access.reasons import LONGEST
from pipeline.access.secrecy import require_exportable
from pipeline.cases.actor import Actor
from pipeline.cases.ports import content
from pipeline.cli.inputs import ready_root, system_account
from pipeline.cli.readers import note_case
from pipeline.cli.show import outside, printable, write_out
from pipeline.errors import UsageFault
from pipeline.redaction.redact import Looked, RedactParts, Wanted, look, redact
from pipeline.wiring import Root


def samarkan(options: Namespace) -> int:
    """Make a redacted copy; with nothing said of what is to be covered, show what is suggested."""
    root = ready_root(options)
    number = root.pattern.read(options.number)
    if options.output:
        outside(options.output, root)
    why = Namespace(role=options.role, reason=options.reason[:LONGEST])  # what is printed may be longer than a purpose
    case = root.cabinet.case(number)
    note_case(root, "samarkan", case, why)
    require_exportable(root.book.row_of(case))
    chosen = options.sure or options.places or options.words or options.drawn
    with _parts(root) as parts:
        if not chosen:
            return _shown(look(case, options.name, _told, parts))
        if not options.role:
            raise UsageFault("Peran yang membuat salinannya belum disebut.", "Tambahkan --as, misalnya tim-yankomas.")
        places = list(options.places)
        if options.sure:
            suggested = look(case, options.name, _told, parts).suggested
            places += [one.key for one in suggested if one.sure]
        drawn = "\n".join(options.drawn)
        wanted = Wanted(places, options.words, drawn, options.reason, options.recipient)
        by = Actor(options.role, system_account())
        case = redact(number, options.name, wanted, by=by, told=_told, parts=parts)
    root.wake()
    made = case.redacted[-1]
    if options.output:
        write_out(options.output, content(root.cabinet.blob(number, made.documents[0])))
    print(f"{number}: salinan yang disamarkan tersimpan sebagai {made.documents[0].name} ({made.extent}).")
    print("Periksa setiap halamannya sebelum diserahkan: yang tidak hitam terbaca.")
    return 0


def _shown(looked: Looked) -> int:
    for one in looked.suggested:
        sure = "pasti" if one.sure else "mungkin"
        print(f"{one.key:>12}  {sure:<7}  {one.who}, halaman {one.run.page}: {printable(one.words)}")
        print(f"{'':>12}  … {printable(one.around)} …")
    if textless := [str(page.number) for page in looked.pages if not page.words]:
        print(f"Halaman {', '.join(textless)} tidak memuat teks: lihat sendiri, lalu tutup daerahnya dengan --daerah.")
    print(f"{len(looked.suggested)} saran. Tutup dengan --pasti, --saran TEMPAT, --kata, atau --daerah.")
    return 0


@contextmanager
def _parts(root: Root) -> Iterator[RedactParts]:
    with closing(root.redactor()) as redactor:
        yield root.redact_parts(lambda: redactor)


def _told(_other: str) -> bool:
    """Say that everything may be told: who works at the terminal holds the files."""
    return True
