"""The agent of a remote office on a machine of its own: central_agent_node.py FOLDER ADDRESS TOKEN.

It is the command as people type it, but that it asks at once for what it handed over, and often.
"""

from __future__ import annotations

import sys

from pipeline.cli import main
from pipeline.intake.engines import giving_again, remote_receiving

if __name__ == "__main__":
    giving_again._SOON, giving_again._PAUSE, giving_again._SELDOM = 0.0, 0.2, 0.5
    remote_receiving._FIRST, remote_receiving._LONGEST = 0.1, 0.5
    folder, address, token = sys.argv[1:]
    sys.exit(main(["titipan", folder, "--ke", address, "--token", token]))
