"""Holds one server of a try or a test, as nobody's child: ``python -I -S … SIGNAL USER GROUP PROGRAM WORD…``.

What an office starts is weighed with it, and a server is no part of one. We end the server with a signal when whoever
asked for it says so, or is gone, however it ended: both by the end of our standard input. What it says goes to our
standard error; we tell its number, and how it ended if it did so by itself.
"""

from __future__ import annotations

import ctypes
import os
import select
import subprocess
import sys

_PR_SET_PDEATHSIG = 1


def main() -> None:
    """Start the server, and tell its number; then wait for its end, or for that of whoever asked for it."""
    if os.fork():  # whoever started us clears us away, and our child is nobody's
        os._exit(0)
    end, user, group = (int(word) for word in sys.argv[1:4])
    whose = {} if user < 0 else {"user": user, "group": group, "extra_groups": []}
    libc = ctypes.CDLL(None)

    def end_with_us() -> None:  # as whom it runs: a change of user would take it back
        libc.prctl(_PR_SET_PDEATHSIG, end, 0, 0, 0)

    server = subprocess.Popen(
        sys.argv[4:],
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr,
        start_new_session=True,
        preexec_fn=end_with_us,
        **whose,
    )
    print(server.pid, flush=True)
    ended = os.pidfd_open(server.pid)
    if ended in select.select([0, ended], [], [])[0]:
        print(server.wait(), flush=True)
    else:
        server.send_signal(end)
        server.wait()


if __name__ == "__main__":
    main()
