"""Pictures on their way in: opened with care, turned upright, made small enough, stripped of their metadata."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import IO

from PIL import Image, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
LONGEST_SIDE = 2000  # pixels: sharp on a large screen, light on a phone
MOST_PIXELS = 60_000_000  # a bigger picture would cost too much memory to open
QUALITY = 82


class NotAPicture(Exception):
    """What was given cannot be opened as a picture of an accepted format."""


class TooManyPixels(Exception):
    """The picture would take too much memory to open."""


@dataclass(frozen=True)
class Picture:
    """A picture as it is kept."""

    data: bytes
    width: int
    height: int


def kept_picture(source: IO[bytes]) -> Picture:
    """The picture re-encoded as WebP, at most LONGEST_SIDE wide or high, without metadata.

    Raises NotAPicture or TooManyPixels. A moving GIF keeps its first image.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            _check(source)
            return _encoded(source)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise TooManyPixels from error
    except (OSError, SyntaxError, ValueError) as error:
        raise NotAPicture from error


def _check(source: IO[bytes]) -> None:
    source.seek(0)
    with Image.open(source, formats=FORMATS) as image:
        if image.width * image.height > MOST_PIXELS:
            raise TooManyPixels
        image.verify()


def _encoded(source: IO[bytes]) -> Picture:
    source.seek(0)
    with Image.open(source, formats=FORMATS) as image:
        image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        upright = ImageOps.exif_transpose(image)
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        plain = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    bare = Image.new(plain.mode, plain.size)
    bare.paste(plain)
    out = BytesIO()
    bare.save(out, "WEBP", quality=QUALITY, method=3)
    return Picture(out.getvalue(), bare.width, bare.height)
