"""``python -m pipeline.cli``: the ``yankomas`` command, as its own processes are started."""

import sys

from pipeline.cli import program

if __name__ == "__main__":
    sys.exit(program())
