"""Templates that were sent, looked through and filled in a confined child, each in one of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pipeline.drawing.picture import Picture
from pipeline.errors import EngineFault
from pipeline.letters.engines.template_child import DRAWING
from pipeline.letters.engines.word_templates import WordTypist, drawing, specimens_of
from pipeline.letters.ports import MOST_WORD_BYTES, TemplateFinding
from pipeline.office.office import Office
from pipeline.scans.confinement.budget import MemoryBudget
from pipeline.scans.confinement.child import ChildLimits
from pipeline.scans.confinement.pool import Pool

_OPERATIONS = "pipeline.letters.engines.template_child"
#: The house's templates take 0.1 GB and 1.5 s with the child's start (2026-11-26).
_LIMITS = ChildLimits(memory=1_000_000_000, own=400_000_000, seconds=60.0, cpu=40.0, requests=1)


class ConfinedTemplates:
    """Looks templates through that come from outside. ``typist`` knows the office's logo.

    ``own`` gives the values of the invented cases for a template of another service.
    """

    def __init__(
        self,
        typist: WordTypist,
        office: Office,
        budget: MemoryBudget | None = None,
        own: Callable[[str], Sequence[Mapping[str, Any]]] = lambda _template: (),
    ) -> None:
        self._typist, self._office, self._own = typist, office, own
        self._pool = Pool(_OPERATIONS, size=1, limits=_LIMITS, budget=budget)

    def check(self, template: str, docx: bytes) -> list[TemplateFinding]:
        """Return everything wrong with these bytes as a version of a template."""
        if len(docx) > MOST_WORD_BYTES:
            return [TemplateFinding(f"{template}.docx", "berkas", "terlalu besar", "Kecilkan gambarnya.")]
        values_of = self._own(template) or specimens_of(template, self._office)
        blobs = [docx, self._typist.logo(values_of[0] if values_of else {})]
        specimens = [_sent(values, blobs) for values in values_of]
        told = {"template": template, "specimens": specimens, "paper": self._office.paper.name}
        answer = self._pool.call("checked", told, blobs)
        try:
            return [
                TemplateFinding(str(file), str(place), str(what), str(remedy), None if near is None else str(near))
                for file, place, what, remedy, near in answer.body
            ]
        except (TypeError, ValueError):
            raise _senseless() from None

    def fill(self, template: str, docx: bytes, values: Mapping[str, Any]) -> bytes:
        """Return a version of a template that passed, filled.

        Raises:
            TemplateFault: it asks for what is not there.
        """
        blobs = [docx, self._typist.logo(values)]
        told = {"template": template, "values": _sent(values, blobs), "paper": self._office.paper.name}
        answer = self._pool.call("filled", told, blobs)
        if not answer.blobs:
            raise _senseless()
        return answer.blobs[0]

    def close(self) -> None:
        """End the children."""
        self._pool.close()


def _sent(value: Any, blobs: list[bytes]) -> Any:
    """Return values as the child takes them; drawings go as blobs."""
    if isinstance(value, Picture):
        sent = drawing(value)
        blobs.append(sent.data)
        return {DRAWING: [len(blobs) - 1, sent.width, sent.title, sent.description]}
    if isinstance(value, Mapping):
        return {str(name): _sent(part, blobs) for name, part in value.items()}
    return [_sent(part, blobs) for part in value] if isinstance(value, list | tuple) else value


def _senseless() -> EngineFault:
    return EngineFault("Pembuka templat memberi jawaban yang tidak dapat dipahami.")
