"""Photographs of iPhones (HEIC, ISO/IEC 23008-12), opened by Debian's libheif.

The system's library, not a wheel with its own: the decoder behind it meets strangers' files, Debian mends it as faults
are found, and the wheels of pillow-heif carry x265 (GPL-2), which encodes. Only the first picture is taken, turned as
the file says.
"""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import Any

from PIL import Image

from pipeline.scans import refusals
from pipeline.scans.formats.kinds import HEIC, PNG
from pipeline.scans.refusals import Limits
from pipeline.scans.renditions.content import Content, Insert

#: ``libheif/heif.h``: how iPhones pack pictures (in Debian 13 a package of its own unpacks that); colours as RGB, the
#: three of a dot beside one another, and the one plane of such a picture.
_HEVC, _RGB, _INTERLEAVED, _PLANE = 1, 1, 10, 10
#: Sides beyond which the library itself opens nothing.
_LONGEST_SIDE = 20_000


class _Error(ctypes.Structure):
    _fields_ = (("code", ctypes.c_int), ("subcode", ctypes.c_int), ("message", ctypes.c_char_p))


def can_be_opened() -> bool:
    """Say whether this machine opens such photographs."""
    return _library() is not None


def content(data: bytes, limits: Limits) -> Content:
    """Return a photograph as a picture without loss.

    Raises:
        Refused: it is damaged, has more dots than may be, or this machine has no libheif.
    """
    library = _library()
    if library is None:
        raise refusals.UNSUPPORTED[HEIC]()
    with ExitStack() as held:
        context = held.enter_context(_freed(library.heif_context_alloc(), library.heif_context_free))
        library.heif_context_set_maximum_image_size_limit(context, _LONGEST_SIDE)
        _done(library.heif_context_read_from_memory_without_copy(context, data, len(data), None))
        handle = ctypes.c_void_p()
        _done(library.heif_context_get_primary_image_handle(context, ctypes.byref(handle)))
        held.callback(library.heif_image_handle_release, handle)
        limits.check_pixels(library.heif_image_handle_get_width(handle), library.heif_image_handle_get_height(handle))
        image = ctypes.c_void_p()
        _done(library.heif_decode_image(handle, ctypes.byref(image), _RGB, _INTERLEAVED, None))
        held.callback(library.heif_image_release, image)
        picture = _picture(library, image, limits)
    target = io.BytesIO()
    picture.save(target, "PNG", compress_level=1)
    return Content((Insert("foto.png", PNG, target.getvalue()),), "heic")


def _picture(library: Any, image: ctypes.c_void_p, limits: Limits) -> Image.Image:
    size = library.heif_image_get_width(image, _PLANE), library.heif_image_get_height(image, _PLANE)
    stride = ctypes.c_int()
    plane = library.heif_image_get_plane_readonly(image, _PLANE, ctypes.byref(stride))
    if not plane or min(size) < 1 or stride.value < 3 * size[0]:
        raise refusals.DAMAGED_PICTURE()
    limits.check_pixels(*size)
    dots = ctypes.string_at(plane, stride.value * size[1])
    return Image.frombytes("RGB", size, dots, "raw", "RGB", stride.value)


def _done(error: _Error) -> None:
    if error.code:
        raise refusals.DAMAGED_PICTURE()


@contextmanager
def _freed(made: int | None, free: Any) -> Iterator[int]:
    if not made:
        raise refusals.DAMAGED_PICTURE()
    try:
        yield made
    finally:
        free(made)


@cache
def _library() -> Any:
    """Return the library with what its functions take and give; None where it, or its decoder, is not installed."""
    try:
        library = ctypes.CDLL("libheif.so.1")
    except OSError:
        return None
    pointer, number = ctypes.c_void_p, ctypes.c_int
    for name, gives, takes in (
        ("heif_have_decoder_for_format", number, (number,)),
        ("heif_context_alloc", pointer, ()),
        ("heif_context_free", None, (pointer,)),
        ("heif_context_set_maximum_image_size_limit", None, (pointer, number)),
        ("heif_context_read_from_memory_without_copy", _Error, (pointer, ctypes.c_char_p, ctypes.c_size_t, pointer)),
        ("heif_context_get_primary_image_handle", _Error, (pointer, pointer)),
        ("heif_image_handle_get_width", number, (pointer,)),
        ("heif_image_handle_get_height", number, (pointer,)),
        ("heif_image_handle_release", None, (pointer,)),
        ("heif_decode_image", _Error, (pointer, pointer, number, number, pointer)),
        ("heif_image_get_width", number, (pointer, number)),
        ("heif_image_get_height", number, (pointer, number)),
        ("heif_image_get_plane_readonly", pointer, (pointer, number, pointer)),
        ("heif_image_release", None, (pointer,)),
    ):
        function = getattr(library, name)
        function.restype, function.argtypes = gives, takes
    return library if library.heif_have_decoder_for_format(_HEVC) else None
