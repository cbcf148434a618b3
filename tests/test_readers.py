"""Sources that can and can't be read; every fault is one Dutch sentence with a remedy."""

import json
import os
from pathlib import Path

import pytest

from corpus.readers import BUNDLED_APPENDIX, read_documents
from corpus.records import Asker, DocumentError


def write(path: Path, *lines: object) -> Path:
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    path.write_text(text, encoding="utf-8")
    return path


def test_the_metadata_file_gives_title_committee_and_year() -> None:
    (document,) = read_documents(BUNDLED_APPENDIX)
    assert document.title == "Bijlage 1 BBT Werk en Sociale Economie 2021"
    assert document.committee.startswith("Commissie voor Economie, Werk")
    assert document.year == 2021


def test_a_byte_order_mark_and_windows_line_ends_change_nothing(tmp_path: Path) -> None:
    text = BUNDLED_APPENDIX.read_text(encoding="utf-8")
    copy = tmp_path / "bbt-wse-2021.txt"
    copy.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    (changed,) = read_documents(copy)
    (original,) = read_documents(BUNDLED_APPENDIX)
    assert changed.answers == original.answers


def test_jsonl_with_only_id_and_text_is_one_document(tmp_path: Path) -> None:
    path = write(
        tmp_path / "kamer.jsonl", {"id": "q1", "text": "Ja.\r\nNeen."}, "", {"id": 7, "text": "b"}
    )
    (document,) = read_documents(path)
    assert document.document_id == "kamer"
    assert [answer.answer_id for answer in document.answers] == ["q1", "7"]
    assert document.answers[0].text == "Ja.\nNeen."
    assert document.answers[0].askers == ()
    assert document.answers[0].page_start == document.answers[0].page_end == 0


def test_jsonl_with_everything_keeps_everything(tmp_path: Path) -> None:
    line = {
        "id": "a",
        "text": "Er zijn 3 bussen (JB0-1JDB2CB-WT), zie https://delijn.be/nieuws.",
        "topic": "Bussen",
        "document": "mobiliteit-2024",
        "askers": ["Groen (Ann De Smet)", {"party": "N-VA", "member": None}],
        "questions": ["Hoeveel bussen?", {"text": "Waarom?", "party": "N-VA", "page": 3}],
        "page_start": 3,
        "page_end": 4,
    }
    (document,) = read_documents(write(tmp_path / "x.jsonl", line))
    (answer,) = document.answers
    assert document.document_id == answer.document_id == "mobiliteit-2024"
    assert answer.askers == (Asker("Groen", "Ann De Smet"), Asker("N-VA"))
    assert [(q.text, q.page, q.askers[0].party) for q in answer.questions] == [
        ("Hoeveel bussen?", 3, "Groen"),
        ("Waarom?", 3, "N-VA"),
    ]
    assert answer.article_codes == ("JB0-1JDB2CB-WT",)
    assert answer.links == ("https://delijn.be/nieuws",)
    assert answer.pages_of(0, 5) == (3, 4)


def test_jsonl_documents_come_apart(tmp_path: Path) -> None:
    lines = [{"id": str(row), "text": "t", "document": f"d{row % 2}"} for row in range(4)]
    documents = read_documents(write(tmp_path / "x.jsonl", *lines))
    assert [(d.document_id, len(d.answers)) for d in documents] == [("d0", 2), ("d1", 2)]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{", r"x\.jsonl, regel 1: dit is geen geldige JSON"),
        ("[" * 5000, "regel 1: dit is geen geldige JSON"),
        ("[1]", "geen JSON-object"),
        ({"text": "t"}, '"id" ontbreekt'),
        ({"id": "a"}, '"text" ontbreekt'),
        ({"id": "a", "text": "  "}, "mogen niet leeg zijn"),
        ({"id": "a", "text": "t", "page_start": 0}, "geheel getal van 1 tot 1000000, niet 0"),
        ({"id": "a", "text": "t", "page_start": 3 * 10**9}, "van 1 tot 1000000, niet 3000000000"),
        ({"id": "a", "text": "t", "page_start": 5, "page_end": 4}, "ligt voor page_start"),
        ({"id": "a", "text": "t", "askers": 5}, '"askers" moet een lijst zijn'),
        ({"id": "a", "text": "t", "askers": [5]}, "een vraagsteller is een tekst"),
        ({"id": "a", "text": "t", "askers": [{"party": ""}]}, "een vraagsteller is een tekst"),
        ({"id": "a", "text": "t", "questions": ["Hoe?", " "]}, "een vraag is leeg"),
        ({"id": "a", "text": "t", "questions": [None]}, '"text" ontbreekt of is geen tekst'),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: object, fault: str) -> None:
    with pytest.raises(DocumentError, match=fault) as caught:
        read_documents(write(tmp_path / "x.jsonl", line))
    assert "\n" not in str(caught.value)


def test_an_id_that_occurs_twice_is_named(tmp_path: Path) -> None:
    path = write(tmp_path / "x.jsonl", {"id": "a", "text": "t"}, {"id": "a", "text": "u"})
    with pytest.raises(DocumentError, match=r"regel 2: het id 'a' komt twee keer voor"):
        read_documents(path)


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("leeg.txt", b"", "is leeg; geef een bestand met tekst"),
        ("wit.txt", b" \n\n ", "is leeg"),
        (
            "latin1.txt",
            "Groen\nCaf\xe9?".encode("latin-1"),
            "geen UTF-8-tekst; bewaar het als UTF-8",
        ),
        ("nul.txt", b"Groen\0", "bevat nultekens"),
        ("rapport.xlsx", b"PK", r"kan niet worden gelezen; geef \.txt, \.pdf, \.docx of \.jsonl"),
        ("leeg.jsonl", b"\n\n", "is leeg"),
        ("kop.txt", b"Hallo wereld", "geen enkel antwoord herkend"),
        ("titel.txt", b" Bijlage 1: Schriftelijke antwoorden\n", "geen enkel antwoord herkend"),
    ],
)
def test_a_bad_file_is_named(tmp_path: Path, name: str, content: bytes, fault: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(DocumentError, match=fault) as caught:
        read_documents(path)
    assert name in str(caught.value)


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="bestaat niet; controleer de naam"):
        read_documents(tmp_path / "weg.txt")
    (tmp_path / "map.txt").mkdir()
    with pytest.raises(DocumentError, match="dit is een map"):
        read_documents(tmp_path / "map.txt")


def test_an_unreadable_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "dicht.txt"
    if os.geteuid() == 0:  # who may read everything, but not its own memory from address 0 on
        path.symlink_to("/proc/self/mem")
    else:
        path.write_text("Groen")
        path.chmod(0)
    with pytest.raises(DocumentError, match="controleer uw rechten"):
        read_documents(path)


@pytest.mark.parametrize(
    ("metadata", "fault"),
    [("{", "geen geldige JSON"), ("[]", "een JSON-object"), ('{"year": "ooit"}', "geen jaartal")],
)
def test_bad_metadata_is_named(tmp_path: Path, metadata: str, fault: str) -> None:
    (tmp_path / "a.txt").write_text("Groen\nHoe?\n\nZo.")
    (tmp_path / "a.meta.json").write_text(metadata)
    with pytest.raises(DocumentError, match=fault):
        read_documents(tmp_path / "a.txt")


def test_the_year_is_that_of_the_title_that_is_shown(tmp_path: Path) -> None:
    source = tmp_path / "x.txt"
    source.write_text("Groen\nHoeveel bussen?\n\nTwaalf.\n")
    source.with_suffix(".meta.json").write_text('{"title": "Bijlage begroting 2023"}')
    (document,) = read_documents(source)
    assert (document.title, document.year) == ("Bijlage begroting 2023", 2023)
