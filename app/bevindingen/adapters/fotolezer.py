"""The process that opens one photo: bytes in, a JPEG made anew out. It has limits on memory and time, no keys, no database.

Ends with 0 and the image, 2 when it is no image of a known kind, 3 when it has too many pixels.
"""

import resource
import sys
import warnings
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

KINDS = ("JPEG", "PNG", "WEBP")
MEMORY_BYTES = 1_500_000_000
CPU_SECONDS = 20
QUALITY = 85
GEEN_FOTO, TE_GROOT = 2, 3


def remake(raw: bytes, max_pixels: int, side: int) -> bytes:
    """The image upright, within `side`, in plain RGB, as a JPEG that holds pixels and nothing else.

    Raises:
        OverflowError: more than `max_pixels` pixels; known from its header, so nothing was unpacked.
        UnidentifiedImageError: no image of a known kind, or a damaged one.
    """
    with Image.open(BytesIO(raw), formats=KINDS) as image:
        if image.width * image.height > max_pixels:
            raise OverflowError
        upright = ImageOps.exif_transpose(image).convert("RGB")
    upright.thumbnail((side, side))
    clean = Image.new("RGB", upright.size)
    clean.paste(upright)  # only pixels go over: no EXIF, no place, no thumbnail, no colour profile, no comment
    out = BytesIO()
    clean.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def main() -> int:
    """Reads from standard input and writes to standard output."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    max_pixels, side = (int(word) for word in sys.argv[1:3])
    try:
        made = remake(sys.stdin.buffer.read(), max_pixels, side)
    except (OverflowError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return TE_GROOT
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, MemoryError):
        return GEEN_FOTO
    sys.stdout.buffer.write(made)
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
