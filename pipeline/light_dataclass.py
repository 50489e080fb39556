"""``dataclass`` as the standard library's, at a quarter of the cost: only ``__init__`` is compiled for each class.

The standard library writes six methods for each such class as text and compiles them: 0.5 ms, a third of what a light
command took (110 classes), and more than half a second of a desk's start. Here all but ``__init__`` are the same
functions for every class. What a class is like, and what it does, stays the same (``tests/test_light_dataclass.py``).
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from operator import attrgetter
from types import ModuleType
from typing import TYPE_CHECKING, Any


def _library() -> ModuleType:
    """Return ``dataclasses``, which imports ``inspect`` (and with it ``ast``, ``dis`` and ``tokenize``) once it asks.

    That is for a signature of a class without a docstring; loading them took half as long as starting Python does.
    """
    if "dataclasses" in sys.modules or "inspect" in sys.modules:
        return import_module("dataclasses")
    stand_in = sys.modules["inspect"] = ModuleType("inspect")
    try:
        return import_module("dataclasses")
    finally:
        del sys.modules["inspect"]
        stand_in.__getattr__ = lambda name: getattr(import_module("inspect"), name)  # type: ignore[method-assign]


_library()

import dataclasses  # noqa: E402 - as it was just imported
from dataclasses import MISSING, Field, FrozenInstanceError, asdict, astuple, field, fields, replace  # noqa: E402

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(cls=None, /, *, frozen=False, slots=False, kw_only=False, **more):
        """Return the class as a dataclass; any that is not just frozen with slots as the standard library makes it."""
        if not (frozen and slots) or more:
            return dataclasses.dataclass(cls, frozen=frozen, slots=slots, kw_only=kw_only, **more)
        return (lambda made: _frozen(made, kw_only)) if cls is None else _frozen(cls, kw_only)


__all__ = ["Field", "asdict", "astuple", "dataclass", "field", "fields", "replace"]


def _frozen(cls: type[Any], kw_only: bool) -> type[Any]:
    """Return the class as one whose objects have slots, compare by their fields and do not change."""
    if cls.__doc__ is None:
        cls.__doc__ = cls.__name__  # or its signature is worked out to be written there
    own = frozenset(vars(cls))
    made: type[Any] = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True, kw_only=kw_only)(cls)
    methods = {"__init__": _init_of(made)} if "__init__" not in own else {}
    methods |= _shared(made)
    for name, method in methods.items():
        if name not in own or (name == "__hash__" and vars(made)[name] is None):
            setattr(made, name, method)
    return made


def _init_of(cls: type[Any]) -> Callable[..., None]:
    """Return ``__init__``, compiled: asked for by far more often than classes are made."""
    told: dict[str, Any] = {"_set": object.__setattr__, "_absent": MISSING}
    plain, named, lines = ["self"], list[str](), ["  pass"]
    for one in fields(cls):
        name, given = one.name, f"_of_{one.name}"
        is_made, is_given = one.default_factory is not MISSING, one.default is not MISSING
        told[given] = one.default_factory if is_made else one.default
        if one.init:
            default = "=_absent" if is_made else f"={given}" if is_given else ""
            (named if one.kw_only else plain).append(name + default)
            value = f"{given}() if {name} is _absent else {name}" if is_made else name
        elif is_made or is_given:
            value = f"{given}()" if is_made else given
        else:
            continue
        lines.append(f"  _set(self,'{name}',{value})")
    if hasattr(cls, "__post_init__"):
        lines.append("  self.__post_init__()")
    asked = ",".join([*plain, *(["*", *named] if named else ())])
    exec("\n".join((f"def __init__({asked}):", *lines)), told)  # noqa: S102 (the names are those of our own classes)
    init: Callable[..., None] = told["__init__"]
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    init.__annotations__ = {one.name: one.type for one in fields(cls) if one.init} | {"return": None}
    return init


def _shared(cls: type[Any]) -> dict[str, Callable[..., Any]]:
    """Return the methods that are compiled once for all classes."""
    everything = fields(cls)
    kept = frozenset(one.name for one in everything)
    compared = _values_of([one for one in everything if one.compare])
    hashed = _values_of([one for one in everything if (one.compare if one.hash is None else one.hash)])
    told = [one.name for one in everything if one.repr]

    def equal(self: object, other: object) -> bool:
        return compared(self) == compared(other) if other.__class__ is self.__class__ else NotImplemented

    def written(self: object) -> str:
        return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in told)})"

    def put(self: object, name: str, value: object) -> None:
        if type(self) is cls or name in kept:
            raise FrozenInstanceError(f"cannot assign to field {name!r}")
        super(cls, self).__setattr__(name, value)

    def remove(self: object, name: str) -> None:
        if type(self) is cls or name in kept:
            raise FrozenInstanceError(f"cannot delete field {name!r}")
        super(cls, self).__delattr__(name)

    return {
        "__eq__": equal,
        "__hash__": lambda self: hash(hashed(self)),
        "__repr__": written,
        "__setattr__": put,
        "__delattr__": remove,
        "__getstate__": _state,
        "__setstate__": _take_state,
    }


def _values_of(some: list[Field[Any]]) -> Callable[[object], tuple[Any, ...]]:
    """Return what gives the values of these fields of an object."""
    match [one.name for one in some]:
        case []:
            return lambda _: ()
        case [name]:
            value = attrgetter(name)
            return lambda made: (value(made),)
        case names:
            return attrgetter(*names)


def _state(self: Any) -> list[Any]:
    """Return what a copy or a pickle keeps of an object."""
    return [getattr(self, one.name) for one in fields(self)]


def _take_state(self: Any, state: list[Any]) -> None:
    for one, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, one.name, value)
