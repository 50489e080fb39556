"""The office that a command is about."""

from __future__ import annotations

from argparse import Namespace

from pipeline.wiring import Root


def ready_root(options: Namespace) -> Root:
    """Return the office's root, its settings read and its working folders made."""
    root = Root(options.root)
    root.settings  # noqa: B018 - a fault in office.toml, or a wrong folder, shows before anything is made
    root.prepare()
    return root
