"""``yankomas titipan``: the agent of a remote office, whose scans go to where its cases are."""

from __future__ import annotations

import signal
from argparse import Namespace
from datetime import datetime

from pipeline.cli.terminal import Speaker, log_by
from pipeline.errors import SettingsFault
from pipeline.intake.at_rest import Patience
from pipeline.system_messages import os_words
from pipeline.wiring.agent import agent_of

#: Seconds that ``--sekali`` waits for a file whose end is missing, as ``run --once`` does.
_ONCE_PATIENCE = 5.0


def hand_over(options: Namespace) -> int:
    """Hand what lies in the folder's inbox over, until a signal or, with ``--sekali``, until all is answered."""
    say = Speaker(lambda: datetime.now().astimezone())
    log_by(lambda: datetime.now().astimezone())
    try:
        if options.token_file.stat().st_mode & 0o077:
            raise SettingsFault(
                f"{options.token_file} dapat dibaca orang lain.", f"Jalankan `chmod 600 {options.token_file}`."
            )
        token = options.token_file.read_text(encoding="utf-8").strip()
    except OSError as fault:
        raise SettingsFault(
            f"Token di {options.token_file} tidak dapat dibaca ({os_words(fault)}).",
            "Admin kantor membuatnya di halaman Akun, bagi peran Tim Yankomas.",
        ) from fault
    patience = Patience(incomplete=_ONCE_PATIENCE) if options.once else Patience()
    with agent_of(options.folder, options.address, token, say, patience) as agent:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: agent.stop())
        say(f"Menitipkan isi {options.folder / 'inbox'} ke {options.address} (Ctrl-C untuk berhenti)")
        counts = agent.run(once=options.once)
    say(f"Selesai: {', '.join(f'{n} {what}' for what, n in sorted(counts.items())) or 'tidak ada berkas baru'}.")
    return 0
