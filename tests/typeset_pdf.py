"""Set an appendix anew as a PDF for the tests, with ReportLab's own line breaking: the lines, pages
and widths are not those of the text that the appendix came from.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer
from reportlab.platypus.flowables import Flowable

from corpus.blocks import outline
from corpus.lines import read_lines
from corpus.list_items import is_list_item
from corpus.records import Answer, Document


@dataclass(frozen=True)
class Setting:
    """How the document is set."""

    question_font: str = "Helvetica-Bold"
    heading_font: str = "Helvetica"
    font: str = "Helvetica"
    size: float = 10
    justified: bool = False
    margin: float = 72


def typeset_pdf(appendix: Document, setting: Setting | None = None) -> bytes:
    """Return the PDF."""
    setting = setting or Setting()
    out, margin = io.BytesIO(), setting.margin
    story: list[Flowable] = []
    plan = outline(read_lines(appendix.pages).text)
    story.extend(_flow(line.text, setting, setting.heading_font) for line in plan.title)
    for block, answer in zip(plan.blocks, appendix.answers, strict=True):
        story.append(Spacer(1, setting.size))
        story.extend(_flow(line.text, setting, setting.heading_font) for line in block.headings)
        story.extend(_answered(answer, setting))
    template = SimpleDocTemplate(
        out, leftMargin=margin, rightMargin=margin, topMargin=margin, bottomMargin=margin
    )
    template.build(story)
    return out.getvalue()


def _answered(answer: Answer, setting: Setting) -> Iterator[Flowable]:
    for block in answer.question_blocks:
        for asker in block.askers:
            yield _flow(str(asker), setting, setting.font)
        for text in block.text.split("\n"):
            yield _flow(text, setting, setting.question_font)
    for row, text in enumerate(answer.text.split("\n")):
        if row == 0 or not is_list_item(text):
            yield Spacer(1, setting.size)
        yield _flow(text, setting, setting.font)


def _flow(text: str, setting: Setting, font: str) -> Paragraph:
    style = ParagraphStyle(
        "x", fontName=font, fontSize=setting.size, leading=1.2 * setting.size, splitLongWords=False
    )
    if setting.justified:
        style.alignment = TA_JUSTIFY
    return Paragraph(escape(text), style)
