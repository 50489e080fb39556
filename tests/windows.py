"""The windows of browsers that are open: of a test that fails it is told what stood there."""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from contextlib import suppress

from playwright.sync_api import Page

_OPENED: weakref.WeakSet[Page] = weakref.WeakSet()


def noted(page: Page) -> Page:
    """Return a page that was opened."""
    _OPENED.add(page)
    return page


def shown() -> Iterator[str]:
    """Yield of each open window its address and its words, as far as there is anything to be seen."""
    for page in _OPENED:
        with suppress(Exception):  # telling of one fault must not be another
            if not page.is_closed():
                yield f"{page.url}\n{page.locator('body').inner_text(timeout=5000)}"
