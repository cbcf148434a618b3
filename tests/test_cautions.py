"""What a user is told of a document that was added: pages that can't be read, no questions, the
same answers twice, a document that took another one's place."""

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from make_pdf import print_pdf
from PIL import Image
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from chatbot import cli
from chatbot.cautions import cautions_of
from chatbot.views.documents import render_added, render_documents
from corpus.pdf import read_pdf
from corpus.readers import BUNDLED_APPENDIX, read_documents
from corpus.records import Answer, Document, PageStart
from index.codec import decode_document, encode_document

Capture = pytest.CaptureFixture[str]
SCAN = "Op p. 2-3 en p. 6 staat geen tekst die gelezen kan worden"
NO_QUESTION = "Er werd geen enkele vraag in herkend"
MISREAD = "Wellicht niet goed gelezen: in "
APART = "De vragen lijken er samen te staan, los van de antwoorden"
KNOWN = (
    BUNDLED_APPENDIX,
    Path(__file__).parent / "data" / "bbt-mobiliteit-2023.txt",
    *sorted((Path(__file__).parents[1] / "eval" / "gold").glob("bbt-*.txt")),
)


def partly_scanned(appendix: Document) -> bytes:
    """Return a PDF: page 1 of the appendix; a scan; a scan with a stamped number; a page with a
    word and a logo; an empty one; a scan in strips; page 2 of the appendix."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    grey = ImageReader(Image.new("L", (20, 28), 200))
    canvas.drawImage(grey, 0, 0, *A4)
    canvas.showPage()
    canvas.drawImage(grey, 0, 0, *A4)
    canvas.drawString(300, 20, "stuk 13 (2021-2022)")
    canvas.showPage()
    canvas.drawImage(grey, 50, 700, 100, 50)
    canvas.drawString(100, 400, "Bijlagen")
    canvas.showPage()
    canvas.showPage()
    for strip in range(4):
        canvas.drawInlineImage(Image.new("L", (20, 7), 200), 0, 210 * strip, A4[0], 210)
    canvas.showPage()
    canvas.save()
    first, last = PdfReader(io.BytesIO(print_pdf(appendix.pages[:2]))).pages
    writer = PdfWriter()
    for page in (first, *PdfReader(out).pages, last):
        writer.add_page(page)
    whole = io.BytesIO()
    writer.write(whole)
    return whole.getvalue()


def test_pages_that_are_pictures_are_named_and_others_are_not(appendix: Document) -> None:
    reading = read_pdf(partly_scanned(appendix))
    assert reading.pages_without_text == (2, 3, 6)
    assert read_pdf(print_pdf(appendix.pages[:2])).pages_without_text == ()


def test_a_partly_scanned_document_says_which_pages_cannot_be_read(appendix: Document) -> None:
    document = replace(appendix, pages_without_text=(2, 3, 6))
    assert [one.startswith(SCAN) for one in cautions_of(document)] == [True]
    assert [*cautions_of(appendix)] == []
    assert SCAN in render_documents([document], is_fixed=False)
    assert SCAN in render_added([document], [], [], [*cautions_of(document)])
    kept = decode_document(encode_document(document), document.answers)
    assert kept == document


def with_question_unread(answer: Answer) -> Answer:
    """Return an answer as it is read where its asker isn't: the question is the answer's start."""
    text = "\n".join([*(block.text for block in answer.question_blocks), answer.text])
    starts = (PageStart(0, answer.question_blocks[0].page_start),)
    return replace(
        answer, askers=(), question_blocks=(), questions=(), text=text, page_starts=starts
    )


def misread(document: Document) -> list[str]:
    """Return what is told of a document, but for its pages."""
    return [one for one in cautions_of(document) if not one.startswith("Op p.")]


@pytest.mark.parametrize("source", KNOWN, ids=lambda path: path.stem)
def test_of_a_document_that_is_read_well_nothing_is_told(source: Path) -> None:
    (document,) = read_documents(source)
    assert [*cautions_of(document)] == []


def test_one_question_that_was_read_hides_no_others_that_were_not(appendix: Document) -> None:
    """The first answer is read well, the next three that were asked for aren't."""
    asked = [answer for answer in appendix.answers if answer.questions][:4]
    answers = (asked[0], *map(with_question_unread, asked[1:]))
    half = replace(appendix, answers=answers)
    (told,) = misread(half)
    assert told.startswith(f"{MISREAD}3 van de 4 antwoorden (p. ")
    assert told in render_documents([half], is_fixed=False)  # each time that the page is opened
    (one,) = misread(replace(appendix, answers=answers[1:2]))[1:]
    assert one.startswith(f"{MISREAD}het antwoord (p. ")


@pytest.mark.parametrize(
    "topic",
    [
        "1. Fietspaden – Bert Maertens (N-VA)",
        "Laadpalen – GROEN en NVA (Bert Maertens)",
        "Sluizen – Vraag nr. 5 (Vera Jans, CD & V)",
        "Hoeveel laadpunten zijn er?",
    ],
)
def test_a_topic_that_asks_or_names_an_asker_is_told(appendix: Document, topic: str) -> None:
    first, *others = appendix.answers
    document = replace(appendix, answers=(replace(first, topic=topic), *others))
    (told,) = misread(document)
    assert told.startswith(f"{MISREAD}1 van de 32 antwoorden (p. 1)")


@pytest.mark.parametrize(
    "topic", ["Vergroening (Groen)", "Subsidies (2021)", "VOP (Vlaamse Ondersteuningspremie)"]
)
def test_a_topic_with_brackets_names_no_asker(appendix: Document, topic: str) -> None:
    first, *others = appendix.answers
    assert misread(replace(appendix, answers=(replace(first, topic=topic), *others))) == []


def test_the_rest_of_a_broken_line_of_askers_is_told(appendix: Document) -> None:
    first, *others = appendix.answers
    (block,) = first.question_blocks[:1]
    broken = replace(block, text=f"Meester (PVDA)\n{block.text}")
    document = replace(appendix, answers=(replace(first, question_blocks=(broken,)), *others))
    assert len(misread(document)) == 1


def test_a_minister_may_ask_something_under_a_question_that_was_read(appendix: Document) -> None:
    """So in one answer of 32; where all do, the next member's question wasn't recognised."""
    asking = [
        replace(answer, text=f"{answer.text}\nWat betekent dat concreet?")
        for answer in appendix.answers
        if answer.question_blocks
    ]
    rest = [answer for answer in appendix.answers if answer.answer_id != asking[0].answer_id]
    assert misread(replace(appendix, answers=(asking[0], *rest))) == []
    assert len(misread(replace(appendix, answers=tuple(asking)))) == 1
    first = asking[0]
    repeated = f"{first.question_blocks[0].text}\n{first.text.rpartition(chr(10))[0]}"
    assert misread(replace(appendix, answers=(replace(first, text=repeated),))) == []


def test_questions_that_stand_apart_from_the_answers_are_told(appendix: Document) -> None:
    blocks = tuple(block for answer in appendix.answers for block in answer.question_blocks)
    first, *others = appendix.answers
    bare = (replace(answer, question_blocks=(), questions=(), askers=()) for answer in others)
    document = replace(appendix, answers=(replace(first, question_blocks=blocks), *bare))
    assert [one.startswith(APART) for one in misread(document)] == [True]


def test_a_document_of_an_older_index_is_read(appendix: Document) -> None:
    fields = json.loads(encode_document(appendix))
    del fields["pages_without_text"]
    assert decode_document(json.dumps(fields).encode(), appendix.answers) == appendix


def test_indexing_says_on_stderr_what_to_know(
    appendix: Document, tmp_path: Path, capsys: Capture
) -> None:
    """A partly scanned PDF; the same text twice, under another name; a text without questions."""
    scan, copy, novel = (tmp_path / name for name in ("scan.pdf", "kopie.txt", "roman.txt"))
    scan.write_bytes(partly_scanned(appendix))
    lines = (line for page in appendix.pages[:2] for line in page.lines)
    copy.write_text("\n".join(lines), "utf-8")
    novel.write_text("Het was een donkere nacht. De wind waaide om het huis.\n\n" * 9, "utf-8")
    sources = [str(path) for path in (scan, copy, novel)]
    assert cli.main(["index", *sources, "--index", str(tmp_path / "i"), "--json"]) == 0
    out, err = capsys.readouterr()
    assert set(json.loads(out)) == {"documents", "answers", "passages", "seconds"}
    said = err.splitlines()
    assert len(said) == 3, err
    assert all(line.startswith("bijlage: let op: “") for line in said)
    assert f"(scan): {SCAN}" in said[0]
    assert f"“roman”: {NO_QUESTION}" in said[1]
    assert "(scan): Deze antwoorden staan ook in" in said[2]
    assert "(kopie) en tellen nu dubbel; verwijder een van beide" in said[2]


def test_a_document_that_takes_the_place_of_another_is_told(
    tmp_path: Path, capsys: Capture
) -> None:
    source = tmp_path / "eigen.jsonl"
    index = ["index", str(source), "--index", str(tmp_path / "i")]
    source.write_text('{"id": "1", "text": "De brug werd gebouwd in 1980."}', "utf-8")
    assert cli.main(index) == 0
    assert cli.main(index) == 0
    assert capsys.readouterr().err == ""
    source.write_text('{"id": "1", "text": "De brug werd gebouwd in 1981."}', "utf-8")
    assert cli.main(index) == 0
    err = capsys.readouterr().err
    assert "“eigen”: Dit komt in de plaats van wat er onder deze naam stond" in err


def test_two_files_that_would_be_one_document_are_refused(tmp_path: Path, capsys: Capture) -> None:
    texts = ("De brug werd gebouwd in 1980.", "De haven telt twaalf kaaien.")
    sources = [tmp_path / folder / "vragen.jsonl" for folder in ("a", "b")]
    for source, text in zip(sources, texts, strict=True):
        source.parent.mkdir()
        source.write_text(json.dumps({"id": text[:8], "text": text}), "utf-8")
    folder = tmp_path / "i"
    index = ["index", *map(str, sources), "--index", str(folder), "--json"]
    assert cli.main(index) == 1
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert "b/vragen.jsonl: dit bestand en " in err
    assert "zouden samen één document 'vragen' worden; geef een van beide een andere naam." in err
    assert not (folder / "manifest.json").exists()
    sources[1].write_bytes(sources[0].read_bytes())  # a copy loses nothing
    assert cli.main(index) == 0
    assert json.loads(capsys.readouterr().out)["documents"] == 1
