"""Broken and hostile PDF and Word files: one Dutch sentence with a remedy, soon, and no harm."""

import io
import time
from collections.abc import Callable
from pathlib import Path

import hostile_files as hostile
import pytest
from pypdf import PdfReader, PdfWriter

from corpus.readers import read_documents
from corpus.reading import Fault, UnreadableError
from corpus.records import DocumentError
from corpus.sandbox import Limits, read_apart
from index.encoder import Encoder
from index.storage import build_index, load_index

NOT_TEXT = "geen tekstlaag.*tekstherkenning"
DAMAGED = "beschadigd; haal het opnieuw op"
TOO_LARGE = "wordt bij het openen te groot; splits"
TOO_MANY = "telt meer dan 2000 pagina's; splits het"

CASES: list[tuple[str, Callable[[], bytes], str]] = [
    ("pdf", hostile.scanned, NOT_TEXT),
    ("pdf", hostile.encrypted, "beveiligd; bewaar het zonder wachtwoord"),
    ("pdf", hostile.flate_bomb, TOO_LARGE),
    ("pdf", hostile.nested_flate_bomb, TOO_LARGE),
    ("pdf", hostile.cyclic_tree, DAMAGED),
    ("pdf", hostile.million_kids, TOO_MANY),
    ("pdf", hostile.million_pages_in_a_tree, TOO_MANY),
    ("pdf", hostile.million_operators, TOO_LARGE),
    ("pdf", hostile.reference_loops, DAMAGED),
    ("pdf", hostile.length_loop, TOO_LARGE),
    ("pdf", hostile.calling_forms, DAMAGED),
    ("pdf", hostile.deep_nesting, TOO_LARGE),
    ("pdf", hostile.deep_dictionary, "opnieuw|tekstlaag"),
    ("pdf", hostile.damaged_stream, DAMAGED),
    ("pdf", hostile.lost_content, DAMAGED),
    ("pdf", hostile.without_letters, "niet leesbaar.*opnieuw als PDF"),
    ("pdf", lambda: b"PK\x03\x04 geen PDF", "geen PDF-bestand; geef"),
    ("pdf", lambda: b"%PDF-1.7\n", "afgebroken.*haal of kopieer het opnieuw"),
    ("pdf", lambda: b"", "is leeg; geef een bestand met tekst"),
    ("docx", hostile.laughing_word, DAMAGED),
    ("docx", hostile.outside_word, "DTD; bewaar het in Word opnieuw"),
    ("docx", hostile.zip_bomb, TOO_LARGE),
    ("docx", hostile.xml_bomb, TOO_LARGE),
    ("docx", hostile.lying_zip, DAMAGED),
    ("docx", hostile.deep_word, DAMAGED),
    ("docx", hostile.zip_without_word, "geen Word-bestand.*opnieuw als .docx"),
    ("docx", hostile.empty_word, "bevat geen tekst; geef een bestand met vragen"),
    ("docx", lambda: b"Groen\nHoeveel bussen?", "geen Word-bestand"),
    ("docx", lambda: b"\xd0\xcf\x11\xe0 oud", "oud \\(.doc\\) of beveiligd"),
    ("docx", lambda: hostile.word_file()[:20_000], "afgebroken"),
]


def name_of(case: object) -> str | None:
    return getattr(case, "__name__", None)


@pytest.mark.parametrize(("kind", "make", "fault"), CASES, ids=name_of)
def test_a_hostile_file_is_refused_in_one_sentence(
    kind: str, make: Callable[[], bytes], fault: str, tmp_path: Path
) -> None:
    path = tmp_path / f"stuk.{kind}"
    path.write_bytes(make())
    with pytest.raises(DocumentError, match=fault) as caught:
        read_documents(path)
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith(str(path))


def test_a_huge_image_is_never_opened() -> None:
    lines = read_apart("pdf", hostile.huge_image()).pages[0].lines
    assert [line for line in lines if line] == ["Groen", "Hoeveel bussen?", "Twaalf."]


def test_a_page_with_only_a_space_is_an_empty_page() -> None:
    objects = hostile.one_page(hostile.stream(hostile.TEXT)) | {
        2: b"<< /Type /Pages /Kids [3 0 R 6 0 R] /Count 2 >>",
        6: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 7 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        7: hostile.stream(b"BT /F1 12 Tf 72 700 Td ( ) Tj ET"),
    }
    assert [len(page.lines) > 0 for page in read_apart("pdf", hostile.raw_pdf(objects)).pages] == [
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("number", "whole", "wrong", "fault"),
    [
        (2, b"/Count 1", b"/Count 3", Fault.DAMAGED),
        (3, b"/Contents", b"/Contens", Fault.DAMAGED),
        (3, b"/Font", b"/Fond", Fault.GARBLED),
    ],
    ids=["page", "content", "fonts"],
)
def test_a_pdf_that_lost_a_part_is_refused(
    number: int, whole: bytes, wrong: bytes, fault: Fault
) -> None:
    objects = hostile.one_page(hostile.stream(hostile.TEXT))
    objects[number] = objects[number].replace(whole, wrong)
    with pytest.raises(UnreadableError) as caught:
        read_apart("pdf", hostile.raw_pdf(objects))
    assert caught.value.fault is fault


def test_a_pdf_that_only_its_owner_may_change_is_read() -> None:
    writer, out = PdfWriter(PdfReader(io.BytesIO(hostile.good_pdf()))), io.BytesIO()
    writer.encrypt("", owner_password="geheim", algorithm="RC4-128")
    writer.write(out)
    assert "Twaalf." in read_apart("pdf", out.getvalue()).pages[0].lines


def test_a_pdf_cut_off_anywhere_is_refused(tmp_path: Path) -> None:
    data, path = hostile.good_pdf(), tmp_path / "stuk.pdf"
    for size in range(1, len(data) - 6, len(data) // 10):
        path.write_bytes(data[:size])
        with pytest.raises(DocumentError, match=r"afgebroken|geen PDF-bestand"):
            read_documents(path)


@pytest.mark.parametrize(
    ("limits", "fault"),
    [
        (Limits(file_bytes=100), Fault.TOO_LARGE),
        (Limits(output_bytes=60), Fault.TOO_LARGE),
        (Limits(base_s=0.001, patience=1), Fault.TOO_SLOW),
    ],
    ids=["file", "output", "time"],
)
def test_a_limit_that_is_passed_is_named(limits: Limits, fault: Fault) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_apart("pdf", hostile.good_pdf(), limits)
    assert caught.value.fault is fault


def test_a_process_that_gets_too_little_memory_reads_nothing() -> None:
    with pytest.raises(UnreadableError):
        read_apart("pdf", hostile.good_pdf(), Limits(memory_bytes=32 << 20))


def test_a_refused_file_is_refused_soon() -> None:
    started = time.process_time()
    with pytest.raises(UnreadableError):
        read_apart("pdf", hostile.million_pages_in_a_tree())
    assert time.process_time() - started < 1, "the work is done in the other process"


def test_a_hostile_source_leaves_the_index_as_it_was(tmp_path: Path) -> None:
    good, bad, folder = tmp_path / "goed.docx", tmp_path / "slecht.pdf", tmp_path / "index"
    good.write_bytes(hostile.word_file())
    bad.write_bytes(hostile.cyclic_tree())
    build_index([good], folder, Encoder.load())
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with pytest.raises(DocumentError, match=r"slecht\.pdf"):
        build_index([good, bad], folder, Encoder.load())
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_sources_of_all_kinds_go_into_one_index(tmp_path: Path) -> None:
    names = ("a.txt", "b.pdf", "c.docx", "d.jsonl")
    contents = (
        b"Groen\nHoeveel bussen?\n\nTwaalf.\n",
        hostile.good_pdf(),
        hostile.word_file(),
        b'{"id": "d-1", "text": "Er rijden twaalf bussen."}',
    )
    for name, content in zip(names, contents, strict=True):
        (tmp_path / name).write_bytes(content)
    report = build_index([tmp_path / name for name in names], tmp_path / "index", Encoder.load())
    assert (report.documents, report.answers) == (4, 4)
    documents = load_index(tmp_path / "index").documents
    assert [document.document_id for document in documents] == ["a", "b", "c", "d"]
