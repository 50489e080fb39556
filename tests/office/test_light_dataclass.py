"""Our ``dataclass`` makes what the standard library's makes, of methods that all classes share."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import json
import pickle
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import FrozenInstanceError, dataclass, field
from functools import partial
from pathlib import Path
from typing import ClassVar

import pytest

from pipeline.light_dataclass import dataclass as light

PIPELINE = Path(__file__).resolve().parents[2] / "pipeline"


def letter(made: Callable[[type], type]) -> type:
    """Return a class that has of everything that ours have."""

    @made
    class Letter:
        """A letter."""

        KIND: ClassVar[str] = "surat"
        number: int
        subject: str = "upah"
        pages: dict[int, str] = field(default_factory=dict)
        told: str = field(default="-", repr=False, compare=False)
        counted: int = field(default=1, init=False)
        kept: list[int] = field(default_factory=list, init=False, compare=False)

        def __post_init__(self) -> None:
            if self.number < 0:
                raise ValueError(self.number)

    return Letter


def named(made: Callable[[type], type]) -> type:
    """Return a class with a method of its own for each that is made, and of one field."""

    @made
    class Named:
        name: str

        def __eq__(self, other: object) -> bool:
            return isinstance(other, str)

        def __repr__(self) -> str:
            return f"<{self.name}>"

    return Named


def heir(made: Callable[[type], type]) -> type:
    """Return a class that has its fields of another one, and one more."""

    @made
    class Heir(letter(made)):  # type: ignore[misc]
        heirs: int = 2

    return Heir


def empty(made: Callable[[type], type]) -> type:
    """Return a class without fields."""
    return made(type("Empty", (), {"__doc__": "Nothing."}))


#: Prints what is loaded after our module, a text for which the library asks, and what is loaded then.
ASKED_LATER = """
import json, sys
def loaded(): return sorted({"ast", "dis", "inspect", "tokenize"} & set(sys.modules))
import pipeline.light_dataclass
before = loaded()
import dataclasses
Plain = dataclasses.dataclass(type("Plain", (), {"__annotations__": {"a": int}}))
print(json.dumps([before, str(Plain.__doc__), loaded()]))
"""
FROZEN = {"frozen": True, "slots": True}
PAIRS = [
    (partial(light, **told), partial(dataclass, **told), shape)
    for told, shapes in ((FROZEN, (letter, named, heir, empty)), (FROZEN | {"kw_only": True}, (letter, heir)))
    for shape in shapes
]


def asked(made: type) -> list[tuple[str, object, object, bool]]:
    """Return what is asked for to make an object: name, kind, type, and whether it may be left out."""
    told = inspect.signature(made).parameters.values()
    return [(one.name, one.kind, one.annotation, one.default is one.empty) for one in told]


@pytest.mark.parametrize(("ours", "theirs", "shape"), PAIRS)
def test_a_class_has_the_fields_and_asks_for_what_the_standard_librarys_has_and_asks_for(ours, theirs, shape):
    mine, other = shape(ours()), shape(theirs())

    assert asked(mine) == asked(other)
    assert mine.__init__.__annotations__ == other.__init__.__annotations__
    assert mine.__init__.__qualname__ == other.__init__.__qualname__
    assert mine.__match_args__ == other.__match_args__
    assert mine.__slots__ == other.__slots__
    assert [field.name for field in dataclasses.fields(mine)] == [field.name for field in dataclasses.fields(other)]
    assert set(vars(mine)) == set(vars(other))


def test_a_letter_compares_is_written_and_copied_as_one_of_the_standard_library():
    mine, other = (letter(made(frozen=True, slots=True)) for made in (light, dataclass))

    one, same, another = mine(1, pages={1: "a"}, told="x"), mine(1, pages={1: "a"}, told="y"), mine(2)
    assert one == same
    assert one != another
    assert one != other(1, pages={1: "a"})
    assert repr(one) == repr(other(1, pages={1: "a"}))
    assert mine(3).pages == {}
    assert mine(3).pages is not mine(3).pages
    assert (mine(3).counted, mine(3).kept) == (1, [])
    assert dataclasses.replace(one, number=2).told == "x"
    assert dataclasses.asdict(one) == dataclasses.asdict(other(1, pages={1: "a"}, told="x"))
    assert copy.deepcopy(one) == one
    with pytest.raises(ValueError, match="-1"):
        mine(-1)
    with pytest.raises(TypeError, match="number"):
        mine()


def test_what_is_frozen_can_be_a_key_and_is_not_changed():
    @light(frozen=True, slots=True)
    class Number:
        """A number."""

        year: int
        serial: int = 1
        said: str = field(default="", compare=False)

    number = Number(2026, said="a")

    assert {number: 1}[Number(2026, 1, "b")] == 1
    assert len({number, Number(2026), Number(2027)}) == 2
    assert hash(number) == hash((2026, 1))
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'year'"):
        number.year = 2027
    with pytest.raises(FrozenInstanceError, match="cannot delete field 'year'"):
        del number.year
    with pytest.raises(FrozenInstanceError):
        number.other = 1


@light(frozen=True, slots=True)
class Kept:
    """What other processes are handed."""

    name: str
    pages: tuple[int, ...] = ()


def test_what_is_handed_to_another_process_comes_back_the_same():
    assert pickle.loads(pickle.dumps(Kept("a", (1, 2)))) == Kept("a", (1, 2))


def test_a_method_of_the_classes_own_stays():
    mine = named(light(frozen=True, slots=True))

    assert repr(mine("a")) == "<a>"
    assert mine("a") == "anything"
    assert hash(mine("a")) == hash(mine("a"))


@pytest.mark.parametrize("told", [{}, {"slots": True}, {"frozen": True}, FROZEN | {"order": True}])
def test_what_is_not_just_frozen_with_slots_is_the_standard_librarys(told):
    mine, other = (made(**told)(type("Plain", (), {"__annotations__": {"a": int}})) for made in (light, dataclass))

    assert mine.__dataclass_params__.__repr__() == other.__dataclass_params__.__repr__()
    assert set(vars(mine)) == set(vars(other))
    assert light(type("Bare", (), {"__annotations__": {"a": int}}))(1).a == 1


def test_only_what_makes_an_object_is_compiled_for_each_class():
    one, other = (shape(light(frozen=True, slots=True)) for shape in (letter, heir))

    assert one.__init__.__code__ is not other.__init__.__code__
    shared = ("__eq__", "__hash__", "__repr__", "__setattr__", "__delattr__", "__getstate__", "__setstate__")
    assert [name for name in shared if vars(one)[name].__code__ is not vars(other)[name].__code__] == []


def test_the_program_makes_its_classes_so():
    theirs = re.compile(r"^\s*(?:import|from) dataclasses\b.*", re.MULTILINE)
    told = {path.relative_to(PIPELINE): theirs.findall(path.read_text("utf-8")) for path in PIPELINE.rglob("*.py")}

    # The filter of system calls is run by its path, and imports nothing of ours.
    own = {Path("light_dataclass.py"), Path("scans/confinement/seccomp.py")}
    assert {path for path, found in told.items() if found} == own


def test_loading_it_loads_no_parser_of_python_until_one_is_asked_for():
    done = subprocess.run([sys.executable, "-c", ASKED_LATER], capture_output=True, text=True, check=True)

    assert json.loads(done.stdout) == [[], "Plain(a: int)", ["ast", "dis", "inspect", "tokenize"]]
