"""Read a PDF with pypdf: the pieces of text of each page, their places and fonts, and its links.

To be called in a process of its own (`corpus.worker`): a hostile file may take all the memory and
time that it gets. Nothing in a PDF is run, no image is opened and no other program is called.
"""

import io
import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pypdf import PageObject, PdfReader, overwrite_configuration
from pypdf.errors import (
    DependencyError,
    FileNotDecryptedError,
    LimitReachedError,
    PyPdfError,
)
from pypdf.generic import ArrayObject, DictionaryObject, StreamObject

from corpus.cleaning import clean_line, clean_title, unreadable_share
from corpus.extents import are_set_by_width
from corpus.foot_notes import find_notes
from corpus.pdf_lines import (
    PlacedLine,
    full_lines,
    is_gap,
    order_lines,
    usual_size,
    usual_step,
)
from corpus.pdf_pieces import FEW_LETTERS, Pieces
from corpus.pdf_sight import EVERYWHERE, Box, box_between, box_of
from corpus.reading import MAX_PAGES, Fault, LineHint, Reading, UnreadableError
from corpus.records import Page

_MAX_STREAM = 32 << 20
"""Bytes to which one stream may unpack: a page of text takes some ten thousand."""
_MAX_WORK = 300_000
"""Operators and operands of one page's drawing; a full page of text has some thousands."""
_MAX_FORMS = 300
"""Drawings inside the drawing of one page."""
_HEADER_WITHIN = _EOF_WITHIN = 1024
"""Bytes at the start and end of a file within which its marks stand (ISO 32000, annex H.3)."""
_MOSTLY_UNREADABLE = 0.3
_BOLD = re.compile(r"bold|black|heavy", re.IGNORECASE)
_BOLD_IS_WIDER = 1.065
"""Width of bold letters against others: 1.07 in Helvetica, 1.06 in Times."""
_SHOWN = re.compile(rb"[\w)>\]]\s*(?:Tj|TJ)\b")
"""A string that is shown, in the operators of a page."""
_LOSS = re.compile(
    r"not defined|decompress|decode|not a dictionary|not a stream|Invalid stream|"
    r"ignoring the stream|skipping the entry|may be missing|object not found|Exceeded|cyclic|"
    r"Stream length|Data might be wrong",
    re.IGNORECASE,
)
"""What pypdf says when it goes on without a part of the document."""


def read_pdf(data: bytes) -> Reading:
    """Read the text layer of a PDF, page by page.

    Raises:
        UnreadableError: If it isn't a whole, readable PDF with text.
    """
    _check_ends(data)
    try:
        return _read(data, _Losses())
    except (FileNotDecryptedError, DependencyError) as error:
        raise UnreadableError(Fault.ENCRYPTED) from error
    except LimitReachedError as error:
        raise UnreadableError(Fault.TOO_LARGE) from error
    except PyPdfError as error:
        raise UnreadableError(Fault.DAMAGED) from error


class _Losses(logging.Handler):
    """Listens to what pypdf reports while it reads on, and notes whether a part got lost."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found = False
        logger = logging.getLogger("pypdf")
        logger.handlers, logger.propagate = [self], False

    def emit(self, record: logging.LogRecord) -> None:
        """Note a report."""
        self.found = self.found or _LOSS.search(record.getMessage()) is not None


def _check_ends(data: bytes) -> None:
    if b"%PDF-" not in data[:_HEADER_WITHIN]:
        raise UnreadableError(Fault.NOT_PDF)
    _, end, after = data[-_EOF_WITHIN:].rpartition(b"%%EOF")
    if not end or re.search(rb"\d obj\b", after):
        raise UnreadableError(Fault.CUT_OFF)


def _read(data: bytes, losses: "_Losses") -> Reading:
    overwrite_configuration(
        disable_legacy_handling=True,
        jbig2dec_binary=None,
        page_tree_maximum_entries=2 * MAX_PAGES,
        array_based_stream_maximum_output_length=_MAX_STREAM,
        lzw_maximum_output_length=_MAX_STREAM,
        run_length_maximum_output_length=_MAX_STREAM,
        zlib_maximum_output_length=_MAX_STREAM,
        brotli_maximum_output_length=_MAX_STREAM,
        stream_parsing_work_maximum_count=_MAX_WORK,
        xform_maximum_invocations_per_extraction=_MAX_FORMS,
    )
    reader = PdfReader(io.BytesIO(data))
    pages = _pages_of(reader)
    shown = [_collect(page) for page in pages]
    texts = [order_lines(one.lines) for one in shown]
    lacks = any(_lacks_content(page, bool(text)) for page, text in zip(pages, texts, strict=True))
    if losses.found or lacks or _lacks_pages(reader):
        raise UnreadableError(Fault.DAMAGED)
    _check_text(["".join(line.text for line in lines) for lines in texts])
    links = dict.fromkeys(link for page in pages for link in _links_of(page))
    pictures = tuple(number for number, one in enumerate(shown, start=1) if one.is_picture())
    laid_out = _laid_out(texts, tuple(links), _title_of(reader))
    return replace(laid_out, pages_without_text=pictures)


def _laid_out(texts: list[tuple[PlacedLine, ...]], links: tuple[str, ...], title: str) -> Reading:
    """Make pages of the lines, with an empty one where a paragraph ends, and say how they are
    set."""
    step, size = usual_step(texts), usual_size(texts)
    full = [(line.text.strip(), _scale(line, size)) for line in full_lines(texts, step)]
    by_width = are_set_by_width(full)
    made, hints = [], {}
    for number, lines in enumerate(texts, start=1):
        rows = _with_gaps(lines, step)
        notes = {lines[row] for row in find_notes(lines, step, size)}
        made.append(Page(number, tuple(clean_line(line.text) if line else "" for line in rows)))
        for row, line in enumerate(rows):
            if line:
                scale = _scale(line, size) if by_width else 0
                hints[number, row] = LineHint(
                    f"{line.style} {line.size:g}", scale=scale, is_note=line in notes
                )
    return Reading(tuple(made), hints, links, title)


def _scale(line: PlacedLine, usual: float) -> float:
    """How large the letters of a line are against the usual ones."""
    return line.size / usual * (_BOLD_IS_WIDER if _BOLD.search(line.style) else 1)


def _pages_of(reader: PdfReader) -> list[PageObject]:
    try:
        count = len(reader.pages)
    except LimitReachedError as error:
        raise UnreadableError(Fault.TOO_MANY_PAGES) from error
    if count > MAX_PAGES:
        raise UnreadableError(Fault.TOO_MANY_PAGES)
    if count == 0:
        raise UnreadableError(Fault.NO_PAGES)
    return list(reader.pages)


def _lacks_pages(reader: PdfReader) -> bool:
    """Tell whether the document counts another number of pages than it has."""
    root = reader.root_object["/Pages"]
    count = root.get("/Count") if isinstance(root, DictionaryObject) else None
    return count is None or count.get_object() != len(reader.pages)


def _lacks_content(page: PageObject, has_text: bool) -> bool:
    """Tell whether a page lacks its content, or shows text that can't be had. An empty page has no
    content and no fonts, or shows nothing but spaces."""
    if "/Contents" not in page:
        resources = page.get("/Resources", DictionaryObject()).get_object()
        return isinstance(resources, DictionaryObject) and "/Font" in resources
    content = page["/Contents"]
    parts = content if isinstance(content, ArrayObject) else [content]
    streams = [part.get_object() for part in parts]
    if not all(isinstance(part, StreamObject) for part in streams):
        return True
    if has_text or page.extract_text():
        return False
    data = (part.get_data() for part in streams if isinstance(part, StreamObject))
    return any(map(_SHOWN.search, data))


def _check_text(texts: list[str]) -> None:
    if not any(text.strip() for text in texts):
        raise UnreadableError(Fault.NO_TEXT)
    if any(unreadable_share(text) > _MOSTLY_UNREADABLE for text in texts):
        raise UnreadableError(Fault.GARBLED)


def _with_gaps(lines: tuple[PlacedLine, ...], step: float) -> list[PlacedLine | None]:
    """Put None between two lines where a paragraph ends."""
    rows: list[PlacedLine | None] = []
    for row, line in enumerate(lines):
        if row and is_gap(lines[row - 1], line, step):
            rows.append(None)
        rows.append(line)
    return rows


def _collect(page: PageObject) -> Pieces:
    """Gather what a reader of a page sees. Where hardly anything is left without its invisible
    text, that is kept: it may be the text of letters that were drawn as lines."""
    shown = _collect_seen(page, None)
    if not shown.sight.has_invisible:
        return shown
    seen = _collect_seen(page, [*map(box_of, shown.pictures)])
    return seen if seen.count_letters() >= FEW_LETTERS else shown


def _collect_seen(page: PageObject, pictures: Sequence[Box] | None) -> Pieces:
    collector = Pieces(_box_of(page), pictures)
    page.extract_text(
        visitor_operand_before=collector.enter,
        visitor_operand_after=collector.leave,
        visitor_text=collector.take,
    )
    return collector


def _box_of(page: PageObject) -> Box:
    """Return what is shown of a page: its crop box inside its media box, or that one where they
    have nothing in common; everything where the file doesn't tell."""
    try:
        whole, crop = (box_between(*map(float, box)) for box in (page.mediabox, page.cropbox))
    except ValueError:
        return EVERYWHERE
    shown = Box(
        max(crop.left, whole.left),
        max(crop.bottom, whole.bottom),
        min(crop.right, whole.right),
        min(crop.top, whole.top),
    )
    if shown.left < shown.right and shown.bottom < shown.top:
        return shown
    return whole if whole.left < whole.right and whole.bottom < whole.top else EVERYWHERE


def _links_of(page: PageObject) -> Iterator[str]:
    """The web addresses that a page's links lead to."""
    for reference in page.annotations or ():
        annotation = reference.get_object()
        action = annotation.get("/A") if isinstance(annotation, dict) else None
        action = action.get_object() if action is not None else None
        target = action.get("/URI") if isinstance(action, dict) else None
        if isinstance(target, str) and re.match(r"(?:https?://|www\.)\S+$", target, re.IGNORECASE):
            yield clean_line(target)


def _title_of(reader: PdfReader) -> str:
    return clean_title(reader.metadata.title if reader.metadata else None)
