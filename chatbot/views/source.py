"""The source beside the conversation: one leaf of a document, with the cited words marked.

What is marked is the slice that the place names, by its offsets; no words are looked for.
"""

from collections.abc import Callable, Sequence

from chatbot.leaves import Leaf, Piece, has_pages, leaves_of, row_of
from chatbot.places import Place, answer_at, link_to, place_of_answer
from chatbot.reply import addressed_to, page_span
from chatbot.views.html import escape, paragraphs
from corpus.records import Answer, Asker, Document, QuestionBlock
from index.storage import Index

SHORT_QUESTION_CHARS = 400  # a question up to this length is shown unfolded: about five lines
EMPTY = '<p class="bron-leeg">Er is nog geen document; voeg er een toe onder Documenten.</p>'
FRAME = (
    '<section class="bron" aria-label="Bron" data-link="{link}"><header class="bron-kop">'
    '<div class="bron-knoppen"><h2 tabindex="-1">Bron</h2>'
    '<button type="button" class="klein" data-terug>Terug</button></div>'
    "{head}</header>{asked}"
    '<div class="naast"><div class="blad" tabindex="0" role="region" aria-label="{label}">'
    "{leaf}</div>{picture}</div></section>"
)
PICTURE = (
    '<figure class="bron-beeld"><figcaption><a href="{link}" target="_blank" rel="noopener">{label}'
    ' groot tonen<span class="alleen-lezer"> (in een nieuw tabblad)</span></a></figcaption>'
    '<div class="gedrukt" tabindex="0" role="region" aria-label="{label}, zoals gedrukt">'
    '<img src="{link}" alt="{alt}" loading="lazy"></div></figure>'
)
PICTURES = "api/page-image"


def render_source(
    index: Index,
    place: Place | None,
    turned_to: int | None = None,
    has_pdf: Callable[[Document], bool] = lambda _: False,
) -> str:
    """Return the leaf on which a place starts, or the one that the reader turned to.

    Without a place it is the first leaf of the first document. `turned_to` is a leaf's number;
    beside a leaf of a document that has its PDF stands a picture of the page.
    """
    chosen = place or _first_place(index)
    if chosen is None:
        return EMPTY
    document = index.documents_by_id[chosen.document_id]
    leaves = leaves_of(document)
    row = next((i for i, leaf in enumerate(leaves) if leaf.number == turned_to), None)
    if row is None:
        row = row_of(leaves, chosen)
    leaf = leaves[row]
    label = _leaf_label(document, leaf, leaves)
    turned = {} if turned_to is None else {"blad": turned_to}
    return FRAME.format(
        link=escape(link_to(chosen, **turned)) if place else "",
        head=f'<p class="bron-titel">{escape(document.title)}</p>'
        + _render_turner(document, leaves, row, chosen),
        asked=_render_asked(answer_at(index, chosen)) if place else "",
        label=escape(label),
        leaf=_render_leaf(leaf, chosen),
        picture=_render_picture(leaf, chosen, label) if has_pdf(document) else "",
    )


def render_no_source(notice: str) -> str:
    """Return the frame with a notice, as HTML, in place of a leaf."""
    return FRAME.format(link="", head="", asked="", label="Melding", leaf=notice, picture="")


def asked_by(askers: Sequence[Asker]) -> str:
    """Return who asked: "Vraag van N-VA (Axel Ronse) en SP.A"."""
    if not askers:
        return "Vraag"
    return addressed_to(askers).replace("antwoord aan", "Vraag van", 1)


def _first_place(index: Index) -> Place | None:
    return place_of_answer(index.answers[0]) if index.answers else None


def _leaf_label(document: Document, leaf: Leaf, leaves: Sequence[Leaf]) -> str:
    if not has_pages(document):
        return f"Antwoord {leaf.number} van {len(leaves)}"
    last = max([leaves[-1].number, *(page.number for page in document.pages)])
    return f"Bladzijde {leaf.number} van {last}"


def _render_picture(leaf: Leaf, place: Place, label: str) -> str:
    """Return the page as it was printed, and a link to it at full size."""
    marked = any(start < end for start, end in (piece.span_of(place) for piece in leaf.pieces))
    what = "zoals gedrukt, met het citaat gemarkeerd" if marked else "zoals gedrukt"
    return PICTURE.format(
        link=escape(PICTURES + link_to(place, page=leaf.number)),
        alt=escape(f"{label}, {what}; de tekst staat ernaast"),
        label=escape(label.partition(" van ")[0]),
    )


def _render_turner(document: Document, leaves: Sequence[Leaf], row: int, place: Place) -> str:
    """Return the links to the leaf before and after; the marked words stay marked."""
    back = _turn_link("Vorige", leaves[row - 1], place) if row else _no_link("Vorige")
    is_last = row == len(leaves) - 1
    on = _no_link("Volgende") if is_last else _turn_link("Volgende", leaves[row + 1], place)
    where = escape(_leaf_label(document, leaves[row], leaves))
    return (
        f'<nav class="bladeren" aria-label="Bladeren in de bron">{back}'
        f'<span role="status" class="waar">{where}</span>{on}</nav>'
    )


def _turn_link(words: str, leaf: Leaf, place: Place) -> str:
    return f'<a data-bron href="{escape(link_to(place, blad=leaf.number))}">{words}</a>'


def _no_link(words: str) -> str:
    return f'<span class="uit" aria-hidden="true">{words}</span>'


def _render_asked(answer: Answer) -> str:
    """Return topic, askers and questions of the cited answer, always in sight."""
    topic = f'<p class="onderwerp">{escape(answer.topic)}</p>' if answer.topic else ""
    blocks = "".join(_render_block(block) for block in answer.question_blocks)
    none = "<p>Bij dit antwoord staat geen schriftelijke vraag.</p>"
    return f'<div class="gevraagd">{topic}{blocks or none}</div>'


def _render_block(block: QuestionBlock) -> str:
    is_open = " open" if len(block.text) <= SHORT_QUESTION_CHARS else ""
    return (
        f"<details{is_open}><summary>{escape(asked_by(block.askers))}{_pages(block)}</summary>"
        f"{paragraphs(block.text)}</details>"
    )


def _pages(block: QuestionBlock) -> str:
    span = page_span(block.page_start, block.page_end)
    return f', <span class="blz">{span}</span>' if span else ""


def _render_leaf(leaf: Leaf, place: Place) -> str:
    """Return the pieces, under a heading wherever the topic changes."""
    parts, topic = [], ""
    for piece in leaf.pieces:
        if piece.is_first and piece.answer.topic not in {"", topic}:
            parts.append(f"<h3>{escape(piece.answer.topic)}</h3>")
        topic = piece.answer.topic
        parts.append(_render_piece(piece, place))
    return "".join(parts)


def _render_piece(piece: Piece, place: Place) -> str:
    answer = piece.answer
    is_own = (answer.document_id, answer.answer_id) == (place.document_id, place.answer_id)
    kind = "stuk-antwoord" if piece.block is None else "stuk-vraag"
    text = paragraphs(piece.text, piece.span_of(place))
    return (
        f'<div class="stuk {kind}"{" data-eigen" if is_own else ""}>'
        f'<p class="wie">{escape(_who(piece))}</p>{text}</div>'
    )


def _who(piece: Piece) -> str:
    if piece.block is not None:
        return asked_by(piece.answer.question_blocks[piece.block].askers)
    if piece.start:
        return "Antwoord van de minister (vervolg)"
    return "Antwoord van de minister"
