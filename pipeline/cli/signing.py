"""Electronic signatures at the terminal: what waits for mine, signing it, and what a file's signatures are worth."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from getpass import getpass

from pipeline.cases.actor import Actor
from pipeline.cases.key_labels import role_name
from pipeline.cli.inputs import ready_root, system_account
from pipeline.cli.readers import note_reading
from pipeline.cli.show import as_json, printable, table
from pipeline.errors import NotAllowed, UsageFault
from pipeline.letters.awaiting_signature import AwaitingSignature
from pipeline.letters.sign_letters import Fate, SigningResult, sign_letters, signing_official, sweep
from pipeline.signing.secret import Secret
from pipeline.signing.wording import sentences
from pipeline.wiring import Root


def tanda_tangan(options: Namespace) -> int:
    """Show what waits for a role's signature, or sign what was chosen of it; the passphrase is asked for."""
    root = ready_root(options)
    note_reading(root, "tanda-tangan", role=options.role)
    root.book.refresh()
    waiting = root.signature_list.waiting_for((options.role,), root.book.rows())
    if options.every or options.numbers:
        return _sign(root, options.role, _chosen(root, options, waiting))
    if options.json:
        print(as_json([_row(letter) for letter in waiting]))
        return 0
    if not waiting:
        print(f"Tidak ada naskah yang menunggu tanda tangan {role_name(options.role)}.")
        return 0
    cells = [[str(w.number), w.title, w.naskah_number or "-", w.printed.name] for w in waiting]
    print(table(cells, ["Perkara", "Naskah", "Nomor naskah", "Berkas"], {1: 40}))
    print(f"\n{len(waiting)} naskah. Bacalah, lalu: yankomas tanda-tangan --as {options.role} NOMOR… (atau --semua)")
    return 0


def _chosen(root: Root, options: Namespace, waiting: Sequence[AwaitingSignature]) -> tuple[AwaitingSignature, ...]:
    numbers = {root.pattern.read(text) for text in options.numbers}
    chosen = tuple(letter for letter in waiting if options.every or letter.number in numbers)
    if missing := numbers - {letter.number for letter in chosen}:
        where, whose = ", ".join(map(str, sorted(missing))), role_name(options.role)
        raise NotAllowed(
            f"Pada {where} tidak ada yang menunggu tanda tangan {whose}.",
            "Lihat daftarnya tanpa menyebut nomor.",
        )
    return chosen


def _sign(root: Root, role: str, chosen: Sequence[AwaitingSignature]) -> int:
    if not chosen:
        print(f"Tidak ada naskah yang menunggu tanda tangan {role_name(role)}.")
        return 0
    with closing(root.validator()) as validator, closing(root.people) as people:
        parts = root.sign_parts(root.decide_parts(root.reader, lambda: validator), validator, people.tries)
        by = Actor(role, system_account())
        official = signing_official(by, parts)
        means = parts.signer_of(official).means
        sweep(parts)
        with Secret(getpass(f"Kata sandi {means} {official.name} untuk {len(chosen)} naskah: ")) as passphrase:
            results = sign_letters(chosen, passphrase, by=by, parts=parts, progress=_tell)
    root.wake()
    done = sum(result.fate is Fate.SIGNED for result in results)
    print(f"{done} dari {len(results)} naskah ditandatangani.")
    return 0 if done == len(results) else NotAllowed.exit_code


def _tell(result: SigningResult, done: int, of: int) -> None:
    what = f"{result.letter.number} {result.letter.title}: {result.fate.value}"
    print(printable(f"[{done}/{of}] {what}{f' ({result.why})' if result.why else ''}"), flush=True)


def _row(letter: AwaitingSignature) -> dict[str, object]:
    return {
        "number": str(letter.number),
        "letter": letter.template,
        "version": letter.version,
        "naskah_number": letter.naskah_number,
        "document": letter.printed.name,
    }


def periksa(options: Namespace) -> int:
    """Show what the electronic signatures of a PDF are worth, now or as of a day."""
    root = ready_root(options)
    at = _moment(options.day, root.clock.now())
    with closing(root.validator()) as validator:
        found = validator.validate(root.file(options.file), at)
    if options.json:
        print(as_json(found.as_json()))
    else:
        print("\n".join(printable(line) for line in sentences(found)))
    return 0


def _moment(day: str | None, now: datetime) -> datetime:
    """Return the moment as of which to judge: the end of a day, or now."""
    if day is None:
        return now
    try:
        found = datetime.fromisoformat(day)
    except ValueError:
        raise UsageFault(f"{day!r} bukan tanggal.", "Tulis misalnya 2026-11-26.") from None
    return found.replace(hour=23, minute=59, second=59, tzinfo=now.tzinfo)
