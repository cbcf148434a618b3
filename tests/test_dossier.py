import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from markdown_it import MarkdownIt

from chatbot.checks import ChatbotError
from chatbot.dossier.collect import collect, find_answers
from chatbot.dossier.content import EMPTY, Section, make_sections
from chatbot.dossier.items import (
    AnswerItem,
    FollowUpItem,
    LostItem,
    NoteItem,
    make_note,
    make_quote,
)
from chatbot.dossier.markdown import to_markdown
from chatbot.dossier.paragraphs import Paragraph, Style
from chatbot.dossier.word import to_docx
from chatbot.dossier.writing import SUFFIXES, render, write_dossier
from chatbot.ledger.records import LedgerLine
from corpus.records import Document

WHEN = datetime(2026, 11, 23, tzinfo=UTC)
HOSTILE = (
    "# geen kop\n- geen lijst\n1. geen nummer\n> geen citaat\n<script>alert(1)</script>\n"
    "[geen](http://koppeling) ![geen](beeld) **niet vet** _niet schuin_ `geen code` [^1] &lt;\n"
    '{ HYPERLINK "http://x" } =1+1 ~~geen~~ $x$ \u202eomgekeerd\x07'
)


def texts_of(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs]


def notes_of(data: bytes) -> list[str]:
    """Return the texts of the footnotes, read without the module that wrote them."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        root = etree.fromstring(file.read("word/footnotes.xml"))
    notes = [note for note in root if note.get(qn("w:type")) is None]
    return ["".join(note.itertext()).strip() for note in notes]


def open_question(document: Document) -> FollowUpItem:
    answer = document.answers[14]
    line = LedgerLine(
        answer.answer_id,
        answer.document_id,
        answer.topic,
        answer.askers,
        "Over welke gebouwen gaat het hier",
        0,
        answer.question_blocks[0].text.index("Over welke gebouwen gaat het hier"),
        answer.questions[0].page,
        "open",
        None,
        "Het antwoord noemt geen gebouwen.",
        "Kan de minister alsnog een lijst bezorgen?",
    )
    return FollowUpItem(document, answer, line)


def test_each_quote_is_followed_by_a_footnote_with_its_source(appendix: Document) -> None:
    quote = make_quote(appendix, appendix.answers[21], "84 medewerkers per jaar")
    data = to_docx(make_sections((quote,)), WHEN)
    assert "84 medewerkers per jaar" in texts_of(data)
    assert notes_of(data) == [
        "Bijlage 1 BBT Werk en Sociale Economie 2021, p. 16, antwoord aan SP.A, VDAB."
    ]


def test_every_footnote_is_referred_to_once_in_order(appendix: Document) -> None:
    basket = tuple(AnswerItem(appendix, answer) for answer in appendix.answers)
    data = to_docx(make_sections(basket), WHEN)
    body = docx.Document(io.BytesIO(data)).element.body
    marks = [mark.get(qn("w:id")) for mark in body.iter(qn("w:footnoteReference"))]
    assert marks == [str(number) for number in range(1, len(notes_of(data)) + 1)]
    assert len(marks) >= len(appendix.answers)


def test_an_answer_over_several_pages_names_each_page(appendix: Document) -> None:
    (section,) = make_sections((AnswerItem(appendix, appendix.answers[8]),))
    sources = [p.source for p in section.paragraphs if "antwoord aan" in p.source]
    assert [re.findall(r"p\. [\d-]+", source) for source in sources] == [
        ["p. 6"],
        ["p. 7"],
        ["p. 8"],
    ]


def test_all_words_of_the_answers_stand_in_the_file(appendix: Document) -> None:
    basket = tuple(AnswerItem(appendix, answer) for answer in appendix.answers)
    word = set(texts_of(to_docx(make_sections(basket), WHEN)))
    for answer in appendix.answers:
        lines = filter(None, map(str.strip, answer.text.split("\n")))
        assert {" ".join(line.split()) for line in lines} <= word


def test_a_follow_up_gives_the_question_what_is_missing_and_the_draft(appendix: Document) -> None:
    (section,) = make_sections((open_question(appendix),))
    assert section.heading == "1. Opvolging: Specifieke begrotingsvragen"
    assert [paragraph.text for paragraph in section.paragraphs] == [
        "Gevraagd",
        "Over welke gebouwen gaat het hier",
        "Stand: open (te controleren)",
        "Het antwoord noemt geen gebouwen.",
        "Voorstel van vervolgvraag",
        "Kan de minister alsnog een lijst bezorgen?",
    ]
    assert section.paragraphs[1].source == (
        "Bijlage 1 BBT Werk en Sociale Economie 2021, p. 12, vraag van N-VA (Axel Ronse), "
        "Specifieke begrotingsvragen"
    )


def test_hostile_text_stays_text_in_word() -> None:
    data = to_docx(make_sections((make_note(HOSTILE),)), WHEN)
    shown = "\n".join(texts_of(data))
    assert "<script>alert(1)</script>" in shown
    assert '{ HYPERLINK "http://x" } =1+1 ~~geen~~ $x$ omgekeerd' in shown
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        body = file.read("word/document.xml").decode()
        targets = file.read("word/_rels/document.xml.rels").decode()
    assert "instrText" not in body
    assert "fldSimple" not in body
    assert "http://koppeling" not in targets


@pytest.mark.parametrize("odd", ["\ufffe", "\uffff", "\ufdd0", "\U0001ffff", "\x07", "\ud800"])
def test_what_is_no_character_is_left_out_of_a_file(appendix: Document, odd: str) -> None:
    words = f"voor{odd}na"
    answer = replace(appendix.answers[14], topic=words, text=words)
    document = replace(appendix, title=words, answers=(answer,))
    lost = LostItem(words, words, (Paragraph(Style.QUOTE, words, words),), is_loaded=False)
    items = make_note(words), AnswerItem(document, answer), lost
    for suffix in SUFFIXES:
        assert render(items, suffix)
    shown = texts_of(render(items, ".docx"))
    assert shown.count("voorna") == 3
    assert {"2. voorna", "3. voorna"} <= set(shown)


def rendered_text(markdown: str) -> tuple[str, set[str]]:
    """Return the text that CommonMark shows, and the kinds of marks that it found."""
    tokens = MarkdownIt("commonmark").enable(["strikethrough", "table"]).parse(markdown)
    parts = [child for token in tokens for child in (token.children or [])]
    shown = "".join(part.content for part in parts if part.type in {"text", "code_inline"})
    return shown, {token.type for token in (*tokens, *parts)}


@settings(derandomize=True, max_examples=100, deadline=None)
@given(st.text(alphabet="ab1 #*_-+>[]()!<>&;`~$\\=|.:^{}", min_size=1).filter(str.strip))
def test_markdown_shows_any_text_as_it_is(text: str) -> None:
    one = " ".join(text.split())
    for style in (Style.TEXT, Style.QUOTE):
        markdown = to_markdown([Section("Kop", (Paragraph(style, one),))])
        _, _, body = markdown.partition("## Kop\n\n")
        shown, kinds = rendered_text(body)
        assert shown == one
        marks = {"paragraph_open", "paragraph_close", "inline", "text", "text_special"}
        assert kinds <= marks | {"blockquote_open", "blockquote_close"}


def test_markdown_numbers_its_footnotes(appendix: Document) -> None:
    basket = tuple(AnswerItem(appendix, answer) for answer in appendix.answers[:5])
    markdown = to_markdown(make_sections(basket))
    used = re.findall(r"\[\^(\d+)\](?!:)", markdown)
    listed = re.findall(r"^\[\^(\d+)\]: ", markdown, re.MULTILINE)
    assert used == listed == [str(number) for number in range(1, len(used) + 1)]


def test_an_empty_basket_says_so() -> None:
    assert EMPTY in to_markdown([])
    assert EMPTY in texts_of(to_docx([], WHEN))


def test_a_quote_must_be_word_for_word(appendix: Document) -> None:
    with pytest.raises(ChatbotError, match="staat niet woordelijk in antwoord bbt-wse-2021-01"):
        make_quote(appendix, appendix.answers[0], "dit staat er niet")
    with pytest.raises(ChatbotError, match="staat niet woordelijk"):
        make_quote(appendix, appendix.answers[0], " ")


def test_a_note_is_not_blank_and_not_endless() -> None:
    with pytest.raises(ChatbotError, match="nota is leeg"):
        make_note(" \n")
    with pytest.raises(ChatbotError, match="nota telt 10001 tekens"):
        make_note("a" * 10_001)


def test_open_questions_follow_their_answer(appendix: Document) -> None:
    follow_up = open_question(appendix)
    found = find_answers([appendix], ["bbt-wse-2021-15", "bbt-wse-2021-01", "bbt-wse-2021-15"])
    basket = collect(found, [follow_up.line], [(found[1], "65,5 miljoen euro netto")])
    assert [type(item).__name__ for item in basket] == [
        "AnswerItem",
        "FollowUpItem",
        "AnswerItem",
        "QuoteItem",
    ]


def test_an_unknown_id_is_named(appendix: Document) -> None:
    with pytest.raises(ChatbotError, match="'nergens' staat niet in de index"):
        find_answers([appendix], ["nergens"])


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("dossier.pdf", "eindigt op .docx of .md"),
        ("dossier", "eindigt op .docx of .md"),
        ("weg/dossier.md", "de map bestaat niet"),
        ("map.docx", "dit is een map"),
    ],
)
def test_a_wrong_target_is_refused(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "map.docx").mkdir()
    with pytest.raises(ChatbotError, match=message):
        write_dossier((NoteItem("nota"),), tmp_path / name)
    assert [path.name for path in tmp_path.iterdir()] == ["map.docx"]


def test_a_failed_write_leaves_the_old_file_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "dossier.md"
    target.write_text("oud", encoding="utf-8")

    def full_disk(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full_disk)
    with pytest.raises(ChatbotError, match="hier kan niet worden geschreven"):
        write_dossier((NoteItem("nota"),), target)
    assert target.read_text(encoding="utf-8") == "oud"
    assert list(tmp_path.iterdir()) == [target]


def test_a_new_dossier_takes_the_place_of_an_old_one(tmp_path: Path) -> None:
    target = tmp_path / "dossier.md"
    write_dossier((NoteItem("eerst"),), target)
    write_dossier((NoteItem("daarna"),), target)
    assert "daarna" in target.read_text(encoding="utf-8")
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")),
    reason="needs LibreOffice Writer and poppler-utils",
)
def test_libreoffice_shows_text_notes_and_page_numbers(tmp_path: Path, appendix: Document) -> None:
    basket = (AnswerItem(appendix, appendix.answers[6]), make_note("Eigen nota"))
    write_dossier(basket, tmp_path / "dossier.docx")
    home = f"-env:UserInstallation=file://{tmp_path}/profiel"
    command = ["soffice", home, "--headless", "--convert-to", "pdf", "dossier.docx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=200)
    pdf = ["pdftotext", "-layout", "dossier.pdf", "-"]
    done = subprocess.run(pdf, cwd=tmp_path, check=True, capture_output=True, text=True, timeout=60)
    shown = " ".join(done.stdout.split())
    assert "Totaal bedrag van de stijging eigen ontvangsten bedraagt: 22.422 keuro." in shown
    assert "p. 5, antwoord aan Vlaams Belang, VDAB." in shown
    assert "Eigen nota" in shown
