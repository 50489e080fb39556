"""Files made to hold up whoever looks into them: small, whole, of pages that take long to draw."""

from __future__ import annotations

import zlib

#: Long dashed lines, over and over: a page of so many takes about a second to draw, and a few hundred bytes.
LINES = 2_000


def costly_pdf(pages: int, lines: int = LINES, mark: str = "") -> bytes:
    """A PDF of that many pages that all draw the same costly form; ``mark`` makes its bytes like no other's."""
    strokes = b"[0.3 0.3] 0 d 0.1 w " + b"0 0 m 595 842 l S 0 842 m 595 0 l S\n" * lines
    content = zlib.compress(strokes, 9)
    kids = b" ".join(b"%d 0 R" % (4 + n) for n in range(pages))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (pages, kids),
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(content), content),
        *[b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << >> /Contents 3 0 R >>"] * pages,
    ]
    out, places = bytearray(b"%PDF-1.7\n%" + mark.encode() + b"\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    xref = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return bytes(out) + end % (size, xref, size, len(out))
