"""Draw a page of a PDF as a picture (WebP) with pdfium, the quoted words on it marked.

To be called in a process of its own (`corpus.worker`): a hostile file may take all the memory and
time that it gets. pypdfium2's pdfium has no JavaScript and no XFA; forms aren't opened.
"""

import io
import math
from collections.abc import Iterator

import pypdfium2
from PIL import Image, ImageChops, ImageDraw
from pypdfium2.raw import FPDFText_GetUnicode

from corpus.reading import Fault, UnreadableError

WIDTH = 1000
"""Pixels; twice what the page gives it, for sharp screens."""
MAX_HEIGHT = 3000
QUALITY = 80
MARKER = (253, 226, 130)
"""The page's own marking colour, a little deeper because it is laid over print."""
Box = tuple[float, float, float, float]


def draw_page(data: bytes, number: int, words: str) -> bytes:
    """Return page `number` (from 1), with `words` marked if they stand exactly once on it.

    Raises:
        UnreadableError: If pdfium can't open the file or the page.
    """
    try:
        document = pypdfium2.PdfDocument(data)
        if not 1 <= number <= len(document):
            raise UnreadableError(Fault.NO_PAGES)
        page = document[number - 1]
        bitmap = page.render(scale=_scale(*page.get_size()))
        where = bitmap.get_posconv(page)
        boxes = [
            (*where.to_bitmap(left, top), *where.to_bitmap(right, bottom))
            for left, bottom, right, top in find_words(page.get_textpage(), words)
        ]
        picture = _mark(bitmap.to_pil().convert("RGB"), boxes)
    except pypdfium2.PdfiumError as error:
        raise UnreadableError(Fault.DAMAGED) from error
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=QUALITY)
    return out.getvalue()


def find_words(text: pypdfium2.PdfTextPage, words: str) -> Iterator[Box]:
    """Yield a box per line (left, bottom, right, top; in points) of words on a page.

    Only letters and digits are compared, so line ends and hyphens don't matter. Nothing where the
    words aren't there or stand more than once.
    """
    wanted = "".join(_essence(letter) for letter in words)
    letters, places = _letters_of(text)
    start = letters.find(wanted) if wanted else -1
    if start < 0 or letters.find(wanted, start + 1) >= 0:
        return
    first, last = places[start], places[start + len(wanted) - 1]
    for row in range(text.count_rects(first, last - first + 1)):
        yield text.get_rect(row)


def _letters_of(text: pypdfium2.PdfTextPage) -> tuple[str, list[int]]:
    """Return the letters and digits of a page, and which of pdfium's characters each one is."""
    letters, places = [], []
    for place in range(text.count_chars()):
        for letter in _essence(chr(FPDFText_GetUnicode(text, place))):
            letters.append(letter)
            places.append(place)
    return "".join(letters), places


def _essence(letter: str) -> str:
    return letter.casefold() if letter.isalnum() else ""


def _scale(width: float, height: float) -> float:
    """Return pixels per point, so that the picture fits whatever size the page claims."""
    if not (math.isfinite(width) and math.isfinite(height) and width > 0 and height > 0):
        raise UnreadableError(Fault.DAMAGED)
    return min(WIDTH / width, MAX_HEIGHT / height)


def _mark(picture: Image.Image, boxes: list[tuple[int, int, int, int]]) -> Image.Image:
    """Lay the marker over the boxes; what is printed stays black."""
    over = Image.new("RGB", picture.size, "white")
    draw = ImageDraw.Draw(over)
    for left, top, right, bottom in boxes:
        x, y = sorted((left, right)), sorted((top, bottom))
        draw.rectangle((x[0] - 1, y[0] - 2, x[1] + 1, y[1] + 2), fill=MARKER)
    return ImageChops.multiply(picture, over)
