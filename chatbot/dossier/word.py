"""Write a dossier as a Word file with python-docx: A4, in Dutch, with footnotes and page numbers.

Every word goes in as the text of a run: nothing in it is read as a field, a link or markup.
"""

import io
from collections.abc import Sequence
from datetime import datetime

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from chatbot.dossier.content import EMPTY, INTRODUCTION, TITLE, Section
from chatbot.dossier.footnotes import Footnotes
from chatbot.dossier.paragraphs import Paragraph, Style

LANGUAGE = "nl-BE"
PAGE = (Cm(21.0), Cm(29.7))  # A4
MARGIN = Cm(2.5)
QUOTE_INDENT = Cm(0.8)
BODY_SIZE = Pt(11)


def to_docx(sections: Sequence[Section], made_at: datetime) -> bytes:
    """Return the bytes of the Word file; `made_at` becomes its date of creation."""
    document = docx.Document()
    _prepare(document, made_at)
    footnotes = Footnotes(document)
    document.add_heading(TITLE, level=0)
    document.add_paragraph(INTRODUCTION if sections else EMPTY)
    for section in sections:
        document.add_heading(section.heading, level=1)
        for paragraph in section.paragraphs:
            _add(document, footnotes, paragraph)
    footnotes.save()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _add(document: Document, footnotes: Footnotes, paragraph: Paragraph) -> None:
    placed = document.add_paragraph()
    run = placed.add_run(paragraph.text)
    if paragraph.style is Style.LABEL:
        run.bold = True
        placed.paragraph_format.keep_with_next = True
    if paragraph.style is Style.QUOTE:
        placed.paragraph_format.left_indent = QUOTE_INDENT
    if paragraph.source:
        footnotes.add(placed, f"{paragraph.source}.")


def _prepare(document: Document, made_at: datetime) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = PAGE
    section.left_margin = section.right_margin = MARGIN
    section.top_margin = section.bottom_margin = MARGIN
    normal = document.styles["Normal"]
    normal.font.size = BODY_SIZE
    normal.paragraph_format.space_after = Pt(6)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), LANGUAGE)
    normal.element.get_or_add_rPr().append(language)
    properties = document.core_properties
    properties.title, properties.author, properties.language = TITLE, "Bijlage", LANGUAGE
    properties.comments = ""
    properties.created = properties.modified = made_at
    _number_pages(document)


def _number_pages(document: Document) -> None:
    """Put the page's number in the footer: the one field of the file, written here."""
    footer = document.sections[0].footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    footer._p.append(field)
