"""What is done in a browser ends when the page that it leads to is whole, with its scripts, styles and pictures.

Playwright's clicks end as soon as that page begins: for a moment there is nothing in it, or half of what will be, and
whoever measures or counts at once looks at a page that nobody sees. What keyboard and mouse do by themselves
(``page.keyboard``, ``page.mouse``) waits for no page at all: after them a test names the address to which they lead.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import pytest
from playwright.sync_api import Error, Locator, Page

_ACTS = ("click", "press")


def wait_for_whole_pages(patch: pytest.MonkeyPatch) -> None:
    """Have acts on pages and on their parts end so."""
    for kind in (Page, Locator):
        for name in _ACTS:
            patch.setattr(kind, name, _to_the_end(getattr(kind, name)))


def _to_the_end(act: Callable[..., None]) -> Callable[..., None]:
    @wraps(act)
    def acted(of: Page | Locator, *args: Any, **told: Any) -> None:
        page = of if isinstance(of, Page) else of.page
        was_open = not page.is_closed()
        try:
            act(of, *args, **told)
            page.wait_for_load_state()
        except Error:
            if not (was_open and page.is_closed()):  # what is pressed may close its own window: that is its end
                raise

    return acted
