"""Takes out of a model of CRFsuite the weights that are next to nothing, and the signs that are left without any.

The model is written anew as CRFsuite 0.12 lays it out (its ``crf1d_model.c`` and ``cqdb.c``; numbers little-endian):
a head, the weights, the labels, the signs as a hashed dictionary, and of each label and each sign the weights that
are its own.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from itertools import accumulate

import numpy as np

#: Kind, size, type, version, how many weights, labels and signs, and where each part begins.
_HEAD = struct.Struct("<4sI4s9I")
_CHUNK, _PAIR, _NUMBER = struct.Struct("<4sII"), struct.Struct("<II"), struct.Struct("<I")
#: Of a dictionary: kind, size, flags, order of bytes, how many entries, and where the list of their places begins.
_DICTIONARY, _TABLES, _ORDER = struct.Struct("<4s5I"), 256, 0x62445371
_WEIGHT = np.dtype([("kind", "<u4"), ("source", "<u4"), ("target", "<u4"), ("weight", "<f8")])
_OF_SIGN = 0
_Entry = tuple[bytes, int]


def lightened(model: bytes, least: float) -> bytes:
    """Return a model without its signs' weights below ``least``, whatever their direction."""
    kind, _, form, version, none, labels, _, *at = _HEAD.unpack_from(model)
    weights_at, labels_at, signs_at, of_labels_at, of_signs_at = at
    weights = np.frombuffer(model, _WEIGHT, _CHUNK.unpack_from(model, weights_at)[2], weights_at + _CHUNK.size)
    heavy = (weights["kind"] != _OF_SIGN) | (np.abs(weights["weight"]) >= least)
    number = np.cumsum(heavy) - 1
    own = [ids[heavy[ids]] for ids in _lists(model, of_signs_at)]
    kept = np.array([len(ids) > 0 for ids in own])
    entries = [entry for entry, stays in zip(_entries(model, signs_at), kept, strict=True) if stays]

    rest = weights[heavy].copy()
    of_sign = rest["kind"] == _OF_SIGN
    rest["source"][of_sign] = (np.cumsum(kept) - 1)[rest["source"][of_sign]]
    parts = [
        _CHUNK.pack(b"FEAT", _CHUNK.size + rest.nbytes, len(rest)) + rest.tobytes(),
        model[labels_at:signs_at],
        _dictionary(entries),
    ]
    parts[-1] += bytes(-sum(map(len, parts)) % _NUMBER.size)
    place = [_HEAD.size]
    for part in parts:
        place.append(place[-1] + len(part))
    for name, lists, spare in (
        (b"LFRF", _lists(model, of_labels_at), 2),
        (b"AFRF", [ids for ids in own if len(ids)], 0),
    ):
        parts.append(_listed(name, [number[ids] for ids in lists], place[-1], spare))
        place.append(place[-1] + len(parts[-1]))
    return _HEAD.pack(kind, place[-1], form, version, none, labels, len(entries), *place[:-1]) + b"".join(parts)


def _lists(model: bytes, start: int) -> list[np.ndarray]:
    """Return the numbers of the weights of each label or sign; where a letter begins and ends has none."""
    found = []
    for place in np.frombuffer(model, "<u4", _CHUNK.unpack_from(model, start)[2], start + _CHUNK.size).tolist():
        if place:
            count = _NUMBER.unpack_from(model, place)[0]
            found.append(np.frombuffer(model, "<u4", count, place + _NUMBER.size))
    return found


def _listed(name: bytes, lists: Sequence[np.ndarray], start: int, spare: int) -> bytes:
    """Return the chunk of such lists that begins there in the file, with so many places for what has none."""
    bodies = [_NUMBER.pack(len(ids)) + ids.astype("<u4").tobytes() for ids in lists]
    count = len(bodies) + spare
    *places, size = accumulate(map(len, bodies), initial=_CHUNK.size + _NUMBER.size * count)
    listed = b"".join(_NUMBER.pack(start + place) for place in places) + bytes(_NUMBER.size * spare)
    return _CHUNK.pack(name, size, count) + listed + b"".join(bodies)


def _entries(model: bytes, start: int) -> list[_Entry]:
    """Return the entries of a dictionary, by their numbers: each with the hash by which it is found."""
    _, _, _, _, count, listed = _DICTIONARY.unpack_from(model, start)
    hashes = {}
    for table in range(_TABLES):
        first, places = _PAIR.unpack_from(model, start + _DICTIONARY.size + table * _PAIR.size)
        for hashed, place in _PAIR.iter_unpack(model[start + first : start + first + places * _PAIR.size]):
            hashes[place] = hashed
    found = []
    for place in np.frombuffer(model, "<u4", count, start + listed).tolist():
        size = _PAIR.unpack_from(model, start + place)[1]
        text = start + place + _PAIR.size
        found.append((model[text : text + size], hashes[place]))
    return found


def _dictionary(entries: Iterable[_Entry]) -> bytes:
    """Return a dictionary of entries, numbered in their order."""
    place = _DICTIONARY.size + _TABLES * _PAIR.size
    records, places = [], []
    buckets: list[list[tuple[int, int]]] = [[] for _ in range(_TABLES)]
    for number, (text, hashed) in enumerate(entries):
        records.append(_PAIR.pack(number, len(text)) + text)
        places.append(place)
        buckets[hashed % _TABLES].append((hashed, place))
        place += len(records[-1])
    tables, heads = [], []
    for own in buckets:
        heads.append(_PAIR.pack(place if own else 0, 2 * len(own)))
        tables.append(b"".join(_PAIR.pack(*pair) for pair in _spread(own)))
        place += len(tables[-1])
    listed = np.array(places, "<u4").tobytes()
    head = _DICTIONARY.pack(b"CQDB", place + len(listed), 0, _ORDER, len(places), place)
    return b"".join([head, *heads, *records, *tables, listed])


def _spread(own: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return a table twice as long as what it holds, each at the first free place from its hash on."""
    table = [(0, 0)] * (2 * len(own))
    for hashed, place in own:
        at = (hashed >> 8) % len(table)
        while table[at][1]:
            at = (at + 1) % len(table)
        table[at] = hashed, place
    return table
