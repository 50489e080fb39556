"""The words of a web page, as mails carry them: what is shown, line by line; nothing is fetched or run."""

from __future__ import annotations

from html.parser import HTMLParser

_UNSEEN = frozenset(("head", "script", "style", "title", "template", "noscript", "svg"))
_BREAKS = frozenset(
    ("p", "div", "br", "tr", "li", "ul", "ol", "table", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "pre")
)
_CELLS = frozenset(("td", "th"))


def words_of_page(html: str) -> str:
    """Return the text of a page; whatever it is, nothing is raised."""
    reader = _Words()
    reader.feed(html)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).split("\n"))
    return "\n".join(lines).strip()


class _Words(HTMLParser):
    """Gathers what is shown; an element that is not closed hides no more than what stands in it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN and not self._hidden:
            self._hidden = tag
        elif tag == "body":
            self._hidden = ""
        elif tag in _BREAKS:
            self.parts.append("\n")
        elif tag in _CELLS:
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._hidden:
            self._hidden = ""
        elif tag in _BREAKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data.replace("\n", " "))
