"""Real Word footnotes, which python-docx can't make: a part of the file, and references to it.

ECMA-376, part 1, section 17.11: `footnotes.xml` holds two separators (ids -1 and 0) and one note
per id from 1; a run with `w:footnoteReference` points at a note. Text is escaped for XML here.
"""

from xml.sax.saxutils import escape

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

NOTE_STYLE = "footnote text"
REFERENCE_STYLE = "footnote reference"
_NOTE_SIZE = Pt(9)
_SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r>'
    "</w:p></w:footnote>"
)


class Footnotes:
    """Collects the notes of one document; `save` puts them in it, once, at the end."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._notes: list[str] = []
        note = document.styles.add_style(NOTE_STYLE, WD_STYLE_TYPE.PARAGRAPH)
        note.font.size = _NOTE_SIZE
        note.paragraph_format.space_after = Pt(2)
        reference = document.styles.add_style(REFERENCE_STYLE, WD_STYLE_TYPE.CHARACTER)
        reference.font.superscript = True
        self._note_style = note.style_id
        self._reference_style = reference.style_id

    def add(self, paragraph: Paragraph, text: str) -> None:
        """Put a reference to a new note at the end of a paragraph; numbers count from 1."""
        self._notes.append(text)
        run = paragraph.add_run(style=REFERENCE_STYLE)
        mark = OxmlElement("w:footnoteReference")
        mark.set(qn("w:id"), str(len(self._notes)))
        run._r.append(mark)

    def save(self) -> None:
        """Add the part with all notes to the document."""
        notes = "".join(
            self._note(number, text) for number, text in enumerate(self._notes, start=1)
        )
        xml = (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
            f"<w:footnotes {nsdecls('w')}>{_SEPARATORS}{notes}</w:footnotes>"
        )
        package = self._document.part.package
        name = PackURI("/word/footnotes.xml")
        part = Part(name, CONTENT_TYPE.WML_FOOTNOTES, xml.encode(), package)
        self._document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)

    def _note(self, number: int, text: str) -> str:
        return (
            f'<w:footnote w:id="{number}"><w:p>'
            f'<w:pPr><w:pStyle w:val="{self._note_style}"/></w:pPr>'
            f'<w:r><w:rPr><w:rStyle w:val="{self._reference_style}"/></w:rPr><w:footnoteRef/></w:r>'
            f'<w:r><w:t xml:space="preserve"> {escape(text)}</w:t></w:r></w:p></w:footnote>'
        )
