"""Read a Word file (.docx) with python-docx: its paragraphs, how they are set, and its links.

To be called in a process of its own (`corpus.worker`). Deleted and hidden text, comments, headers
and notes are left out. A Word file doesn't know its pages; `corpus.docx_pages` says when they can
be told.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import cast

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.styles.style import BaseStyle, CharacterStyle, ParagraphStyle
from docx.text.font import Font
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from corpus.cleaning import clean_line, clean_title
from corpus.docx_pages import Break, Typed, lay_out
from corpus.raised import join_raised
from corpus.reading import Fault, Reading, UnreadableError

_MAX_MEMBERS = 5_000
_MAX_UNPACKED = 200 << 20
_MAX_XML = 32 << 20
"""Bytes of one XML part; the text of a thousand pages takes about ten million."""
_OLE = b"\xd0\xcf\x11\xe0"
"""How an old Word file starts, and a .docx with a password."""
_MAX_CELL = 60
"""Characters of a table cell that can stand beside others on one line."""
_Piece = tuple[str, bool]
"""A text, and whether it is set as superscript."""
_Look = tuple[str, str, str, str]
_NO_LOOK: _Look = ("", "", "", "")
_NO_LIST = "0"
"""Number of the list of a paragraph of which the list was switched off."""
_MAX_STYLES = 12
"""Styles that are based on each other, of which one may make a list."""
_SKIPPED = {"del", "moveFrom", "pPr", "rPr", "Fallback", "p", "tbl", "txbxContent"}
_BREAKS = {"br": Break.LINE, "cr": Break.LINE, "lastRenderedPageBreak": Break.RENDERED}
_CHARACTERS = {"tab": " ", "noBreakHyphen": "-", "softHyphen": "", "ptab": " "}


def read_docx(data: bytes) -> Reading:
    """Read the text of a Word file.

    Raises:
        UnreadableError: If it isn't a whole, readable .docx with text.
    """
    _check_archive(data)
    document = docx.Document(io.BytesIO(data))
    if document.element.getroottree().docinfo.doctype:
        raise UnreadableError(Fault.ENTITIES)
    typed = list(_blocks(document.element.body, _Looks(document)))
    if not any(line.text.strip() for line in typed):
        raise UnreadableError(Fault.EMPTY)
    pages, hints = lay_out(typed)
    title = clean_title(document.core_properties.title)
    return Reading(pages, hints, tuple(_links(document)), title)


def _check_archive(data: bytes) -> None:
    if data.startswith(_OLE):
        raise UnreadableError(Fault.OLD_WORD)
    if not data.startswith(b"PK"):
        raise UnreadableError(Fault.NOT_DOCX)
    try:
        members = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except zipfile.BadZipFile as error:
        raise UnreadableError(Fault.CUT_OFF) from error
    if any(member.flag_bits & 1 for member in members):
        raise UnreadableError(Fault.ENCRYPTED)
    xml = [m.file_size for m in members if m.filename.endswith((".xml", ".rels"))]
    total = sum(member.file_size for member in members)
    if len(members) > _MAX_MEMBERS or total > _MAX_UNPACKED or max(xml, default=0) > _MAX_XML:
        raise UnreadableError(Fault.TOO_LARGE)
    if "word/document.xml" not in {member.filename for member in members}:
        raise UnreadableError(Fault.NOT_DOCX)


class _Looks:
    """Tells how a run looks: bold, italic, size and colour, its own or from its styles."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._known: dict[str, _Look] = {}

    def of(self, run: Run, paragraph: Paragraph) -> str:
        """Return the look in words; equal for runs that look alike."""
        looks = [_look(run.font), *map(self._of_style, (run.style, paragraph.style))]
        return " ".join(str(next(filter(None, values), "")) for values in zip(*looks, strict=True))

    def _of_style(self, style: BaseStyle | None) -> _Look:
        """What a style says, or else the one that it is based on."""
        if not isinstance(style, CharacterStyle):
            return _NO_LOOK
        if style.style_id not in self._known:
            self._known[style.style_id] = _NO_LOOK  # for a style that is based on itself
            own, base = _look(style.font), self._of_style(style.base_style)
            chosen = (a or b for a, b in zip(own, base, strict=True))
            self._known[style.style_id] = cast(_Look, tuple(chosen))
        return self._known[style.style_id]


def _look(font: Font) -> _Look:
    """Bold, italic, size and colour; "" for what isn't said."""
    size = font.size.pt if font.size else ""
    color = font.color.rgb if font.color.type is not None else ""
    values = ("" if value is None else value for value in (font.bold, font.italic, size, color))
    return cast(_Look, tuple(map(str, values)))


def _blocks(container: BaseOxmlElement, looks: _Looks) -> Iterator[Typed]:
    """The paragraphs of a body, cell or text box, and those inside them, in order."""
    for child in container:
        name = _local_name(child)
        if name == "p":
            yield from _paragraph(child, looks)
            for box in _text_boxes(child):
                yield from _blocks(box, looks)
        elif name == "tbl":
            for row in child.iterchildren(qn("w:tr")):
                yield from _row(row, looks)
        elif name in {"sdt", "sdtContent", "customXml", "ins", "moveTo"}:
            yield from _blocks(child, looks)


def _row(row: BaseOxmlElement, looks: _Looks) -> Iterator[Typed]:
    """A row of short cells is one line; longer cells stand below each other."""
    cells = [list(_blocks(cell, looks)) for cell in row.iter(qn("w:tc")) if _is_in(cell, row)]
    filled = [[line for line in cell if line.text.strip()] for cell in cells]
    filled = [cell for cell in filled if cell]
    is_short = all(len(cell) == 1 and len(cell[0].text) <= _MAX_CELL for cell in filled)
    if len(filled) > 1 and is_short:
        breaks = tuple(mark for cell in cells for line in cell for mark in line.breaks)
        text = " | ".join(cell[0].text.strip() for cell in filled)
        yield Typed(text, filled[0][0].style, starts=True, breaks=breaks)
    else:
        yield from (line for cell in cells for line in cell)


def _is_in(cell: BaseOxmlElement, row: BaseOxmlElement) -> bool:
    return next(cell.iterancestors(qn("w:tr")), None) is row


def _paragraph(element: BaseOxmlElement, looks: _Looks) -> Iterator[Typed]:
    """The lines of a paragraph: one, and one more for each break inside it."""
    paragraph = Paragraph(element, looks.document)
    pieces: list[_Piece] = [("• ", False)] if _is_marked_item(paragraph) else []
    letters: dict[str, int] = {}
    breaks: list[Break] = [Break.PAGE] if paragraph.paragraph_format.page_break_before else []
    starts = True
    for piece, style, is_raised in _pieces(element, paragraph, looks):
        if isinstance(piece, str):
            pieces.append((piece, is_raised))
            letters[style] = letters.get(style, 0) + len(piece.strip())
            continue
        if any(text.strip(" •") for text, _ in pieces):
            yield _typed(pieces, letters, starts, breaks)
            pieces, letters, breaks = [], {}, []
            starts = piece is Break.LINE
        breaks.append(piece)
    yield _typed(pieces, letters, starts, breaks)
    if _ends_section(element):
        yield Typed("", "", starts=True, breaks=(Break.PAGE,))


def _typed(
    pieces: list[_Piece], letters: dict[str, int], starts: bool, breaks: list[Break]
) -> Typed:
    style = max(letters, key=lambda look: letters[look], default="")
    marks = tuple(mark for mark in breaks if mark is not Break.LINE)
    return Typed(clean_line(join_raised(pieces)), style, starts, marks)


def _pieces(
    element: BaseOxmlElement, paragraph: Paragraph, looks: _Looks
) -> Iterator[tuple[str | Break, str, bool]]:
    """The text and breaks of a paragraph, each with how it looks and whether it is superscript."""
    for child in element:
        if child.tag == qn("w:r"):
            run = Run(child, paragraph)
            if not run.font.hidden:
                look, is_raised = looks.of(run, paragraph), _is_superscript(run)
                yield from ((piece, look, is_raised) for piece in _run_pieces(child))
        elif child.tag == qn("m:t"):  # of an equation
            yield child.text or "", "", False
        elif _local_name(child) not in _SKIPPED:
            yield from _pieces(child, paragraph, looks)


def _is_superscript(run: Run) -> bool:
    """Tell whether a run is superscript, by itself or by its style or one that is based on."""
    says, style = run.font.superscript, cast(BaseStyle | None, run.style)
    for _ in range(_MAX_STYLES):
        if says is not None or not isinstance(style, CharacterStyle):
            break
        says, style = style.font.superscript, style.base_style
    return bool(says)


def _run_pieces(run: BaseOxmlElement) -> Iterator[str | Break]:
    for child in run:
        name = _local_name(child)
        if name == "t":
            yield re.sub(r"\s", " ", child.text or "")
        elif name == "br" and child.get(qn("w:type")) == "page":
            yield Break.PAGE
        elif name in _BREAKS:
            yield _BREAKS[name]
        elif name in _CHARACTERS:
            yield _CHARACTERS[name]
        elif name == "sym":
            yield "•"


def _text_boxes(element: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    """The text boxes that hang on a paragraph; Word stores each twice, for old programs too."""
    for box in element.iter(qn("w:txbxContent")):
        names = [_local_name(above) for above in box.iterancestors()]
        depth = names.index("p") if "p" in names else 0
        if "Fallback" not in names and "txbxContent" not in names[:depth]:
            yield box


def _is_marked_item(paragraph: Paragraph) -> bool:
    """Tell whether Word puts a bullet or number before a paragraph, which its text doesn't hold."""
    properties = [paragraph._p.pPr]
    style: BaseStyle | None = paragraph.style
    while isinstance(style, ParagraphStyle) and len(properties) < _MAX_STYLES:
        properties.append(style.element.pPr)
        style = style.base_style
    lists = [found.find(qn("w:numPr")) for found in properties if found is not None]
    nearest = next((one for one in lists if one is not None), None)
    number = None if nearest is None else nearest.find(qn("w:numId"))
    return nearest is not None and (number is None or number.get(qn("w:val")) != _NO_LIST)


def _ends_section(element: BaseOxmlElement) -> bool:
    section = element.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
    if section is None:
        return False
    kind = section.find(qn("w:type"))
    return kind is None or kind.get(qn("w:val")) != "continuous"


def _links(document: Document) -> Iterator[str]:
    for relation in document.part.rels.values():
        if relation.is_external and re.match(r"https?://\S+$", relation.target_ref):
            yield clean_line(relation.target_ref)


def _local_name(element: BaseOxmlElement) -> str:
    return str(element.tag).rpartition("}")[2]
