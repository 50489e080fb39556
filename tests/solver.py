"""A small solver: what can be made of sums that are known. Whole numbers from nought on, and equations between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field


class Contradiction(Exception):
    """No numbers fit."""


@dataclass
class Known:
    """What is known: of each number the least and the most it can be, and sums of some of them within bounds."""

    most: int
    bounds: dict[Hashable, tuple[int, int]] = field(default_factory=dict)
    sums: list[tuple[tuple[Hashable, ...], int, int]] = field(default_factory=list)
    #: Of each number, which sums it is part of.
    parts: defaultdict[Hashable, list[int]] = field(default_factory=lambda: defaultdict(list))

    def tell(self, names: Iterable[Hashable], least: int, most: int) -> None:
        """Tell that the sum of these numbers lies within bounds, both included."""
        names = tuple(names)
        for name in names:
            self.bounds.setdefault(name, (0, self.most))
            self.parts[name].append(len(self.sums))
        self.sums.append((names, least, most))

    def pinned(self, names: Iterable[Hashable]) -> dict[Hashable, int]:
        """Return those of these numbers (each alone) that can be one value only, by trying every value of each."""
        bounds = self._narrowed(dict(self.bounds), range(len(self.sums)))
        found = {}
        for name in names:
            least, most = bounds[name]
            possible = [n for n in range(least, most + 1) if self._fits(bounds, name, n)][:2]
            if len(possible) == 1:
                found[name] = possible[0]
                bounds = self._narrowed({**bounds, name: (possible[0], possible[0])}, self.parts[name])
        return found

    def _fits(self, bounds: dict[Hashable, tuple[int, int]], name: Hashable, value: int) -> bool:
        try:
            self._narrowed({**bounds, name: (value, value)}, self.parts[name])
        except Contradiction:
            return False
        return True

    def _narrowed(
        self, bounds: dict[Hashable, tuple[int, int]], changed: Iterable[int]
    ) -> dict[Hashable, tuple[int, int]]:
        """Return the bounds made as narrow as each sum alone allows, until none allows more.

        ``changed`` are the sums of which a part is not as narrow as that yet: the others allow nothing more.
        """
        waiting = dict.fromkeys(changed)
        while waiting:
            del waiting[at := next(iter(waiting))]
            names, least, most = self.sums[at]
            low, high = sum(bounds[n][0] for n in names), sum(bounds[n][1] for n in names)
            for name in names:
                a, b = bounds[name]
                new = max(a, least - (high - b)), min(b, most - (low - a))
                if new[0] > new[1]:
                    raise Contradiction
                if new != (a, b):
                    bounds[name] = new
                    low, high = low + new[0] - a, high + new[1] - b
                    waiting.update(dict.fromkeys(self.parts[name]))
        return bounds
