"""Every fault a user can make: one Dutch sentence, exit status 1 or 2, no traceback."""

import json
import os
import re
import socket
from pathlib import Path

import pytest

from chatbot import cli
from chatbot.checks import ChatbotError, check_port, check_question

Capture = pytest.CaptureFixture[str]


def expect(arguments: list[str], status: int, match: str, capsys: Capture) -> None:
    """Check that a command writes one line on stderr that matches, and nothing on stdout."""
    try:
        code: object = cli.main(arguments)
    except SystemExit as stop:
        code = stop.code
    out, err = capsys.readouterr()
    assert (code, out, err.count("\n")) == (status, "", 1), err
    assert re.search(match, err), err


@pytest.mark.parametrize(
    ("question", "match"),
    [
        ("", "Uw vraag is leeg; typ een vraag"),
        ("  \t\n ", "Uw vraag is leeg; typ een vraag"),
        ("?!… --", "Uw vraag is leeg; typ een vraag"),
        ("\ud800\udfff", "Uw vraag is leeg; typ een vraag"),
        ("a" * 10_000, "telt 10000 tekens; stel een vraag van hoogstens 2000 tekens"),
        ("Hoeveel\0personeel?", r"onleesbaar teken \(NUL\); typ de vraag opnieuw"),
    ],
    ids=["empty", "blank", "marks", "surrogates", "long", "nul"],
)
def test_a_bad_question_is_refused(question: str, match: str, capsys: Capture) -> None:
    with pytest.raises(ChatbotError, match=match):
        check_question(question)
    expect(["ask", question], 1, match, capsys)


def test_a_question_of_2000_characters_is_taken() -> None:
    assert len(check_question("a" * 2000)) == 2000


@pytest.mark.parametrize(
    ("name", "content", "match"),
    [
        ("leeg.txt", b"", "leeg"),
        ("blanco.txt", b" \n\n ", "."),
        ("latijn.txt", "é bijlage".encode("latin-1"), "UTF-8"),
        ("nul.txt", b"Bijlage\0", "."),
        ("oud.doc", b"x", "dit soort bestand kan niet worden gelezen"),
        ("kapot.jsonl", b"{", "kapot.jsonl"),
        ("leeg.jsonl", b"", "leeg"),
    ],
)
def test_a_bad_source_is_refused_and_makes_no_index(
    name: str, content: bytes, match: str, tmp_path: Path, capsys: Capture
) -> None:
    (tmp_path / name).write_bytes(content)
    folder = tmp_path / "index"
    expect(["index", str(tmp_path / name), "--index", str(folder)], 1, match, capsys)
    assert not (folder / "manifest.json").exists()


def test_a_missing_source_is_refused(tmp_path: Path, capsys: Capture) -> None:
    source = str(tmp_path / "weg.txt")
    expect(["index", source, "--index", str(tmp_path / "i")], 1, "weg.txt.*bestaat niet", capsys)


def test_a_folder_as_source_is_refused(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "map.txt").mkdir()
    source = str(tmp_path / "map.txt")
    expect(["index", source, "--index", str(tmp_path / "i")], 1, "map", capsys)


def test_an_unreadable_source_is_refused(tmp_path: Path, capsys: Capture) -> None:
    # A name that no system opens: longer than 255 bytes. (Tests may run as root, whom no
    # permission stops.)
    source = str(tmp_path / ("a" * 300 + ".txt"))
    expect(["index", source, "--index", str(tmp_path / "i")], 1, "gelezen|bestaat niet", capsys)


def test_an_index_folder_that_is_a_file_is_refused(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "bestand").write_text("x", "utf-8")
    source = tmp_path / "a.jsonl"
    source.write_text('{"id": "a", "text": "Er zijn 12 scholen."}', "utf-8")
    arguments = ["index", str(source), "--index", str(tmp_path / "bestand")]
    expect(arguments, 1, "kan niet worden geschreven.*kies met --index", capsys)


def test_a_data_folder_that_cannot_be_written_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    (tmp_path / "bestand").write_text("x", "utf-8")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "bestand"))
    expect(["ask", "besparing"], 1, "kan niet worden geschreven; kies met --index", capsys)


@pytest.mark.parametrize("command", [["ask", "besparing"], ["answers"], ["chat"]])
def test_a_folder_without_index_is_refused(
    command: list[str], tmp_path: Path, capsys: Capture
) -> None:
    expect([*command, "--index", str(tmp_path)], 1, "staat geen index; maak hem met", capsys)


def test_an_index_made_with_another_model_is_refused(index_folder: Path, capsys: Capture) -> None:
    arguments = ["ask", "besparing", "--index", str(index_folder), "--query-prefix", "query: "]
    expect(arguments, 1, "ander model of andere prefixen.*maak hem opnieuw", capsys)


def test_a_model_that_is_not_there_is_refused(
    index_folder: Path, tmp_path: Path, capsys: Capture
) -> None:
    arguments = ["ask", "besparing", "--index", str(index_folder), "--model", str(tmp_path / "m")]
    expect(arguments, 1, "model", capsys)


@pytest.mark.parametrize(
    ("option", "match"),
    [
        (
            ["--party", "PVDA"],
            r"partij 'PVDA' staat niet in de geladen documenten; bekende partijen: CD&V",
        ),
        (["--member", "Niemand"], r"lid 'Niemand' staat niet in de geladen documenten"),
        (
            ["--topic", "Kinderopvang"],
            r"onderwerp 'Kinderopvang' staat niet in de geladen documenten",
        ),
    ],
)
def test_an_unknown_filter_is_refused_with_what_there_is(
    option: list[str], match: str, index_folder: Path, capsys: Capture
) -> None:
    expect(["ask", "besparing", "--index", str(index_folder), *option], 1, match, capsys)


@pytest.mark.parametrize(
    ("content", "match"),
    [
        (b"", "bevat geen vragen"),
        (b"\n \n", "bevat geen vragen"),
        (b"\xff", "geen UTF-8"),
        (b'{"id": "1"}', "Regel 1 .*mist “question”"),
        (b'{"question": "x"}', "Regel 1 .*mist een “id”"),
        (b'{"id": "1", "question": "x"}\nx', "Regel 2 .*geen geldige JSON"),
        (b'{"id": "1", "question": " "}', "Regel 1 .*Uw vraag is leeg"),
        (b'{"id": "1", "turns": []}', "Regel 1 .*mist “question”"),
        (b'{"id": "1", "turns": "x"}', "Regel 1 .*mist “question”"),
        (b"[" * 100_000, "Regel 1 .*geen geldige JSON"),
    ],
)
def test_a_bad_batch_is_refused_before_anything_is_answered(
    content: bytes, match: str, tmp_path: Path, capsys: Capture
) -> None:
    batch = tmp_path / "vragen.jsonl"
    batch.write_bytes(content)
    expect(["ask", "--batch", str(batch)], 1, match, capsys)


def test_a_file_whose_name_is_no_utf8_is_read(tmp_path: Path, capsys: Capture) -> None:
    for name in (b"oefening-\xe9\xe9n.txt", b"antwoord-\xe9\xe9n.jsonl"):
        source = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))
        lines = "Het was nacht.\n\n" if source.suffix == ".txt" else '{"id": "1", "text": "Nacht."}'
        source.write_text(lines, "utf-8")
        assert cli.main(["index", str(source), "--index", str(tmp_path / "i"), "--json"]) == 0
    capsys.readouterr()
    assert cli.main(["answers", "--index", str(tmp_path / "i"), "--json"]) == 0
    answers = json.loads(capsys.readouterr().out)
    assert [one["document_id"] for one in answers] == ["oefening--n", "antwoord-??n"]


def test_half_a_character_in_the_metadata_is_no_traceback(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "x.txt").write_text("Het was nacht.\n\n", "utf-8")
    (tmp_path / "x.meta.json").write_text(r'{"title": "Nacht \ud800", "document_id": "n\udc00"}')
    assert cli.main(["index", str(tmp_path / "x.txt"), "--index", str(tmp_path / "i")]) == 0
    assert "“Nacht ?” (n?)" in capsys.readouterr().err


def test_an_address_of_a_store_that_is_no_utf8_is_refused(capsys: Capture) -> None:
    match = "geen adres van een Milvus-verzameling"
    expect(["ask", "x", "--store", "milvus://\udce9/a"], 1, match, capsys)


def test_a_name_that_is_too_long_is_told_in_dutch(
    index_folder: Path, tmp_path: Path, capsys: Capture
) -> None:
    out = tmp_path / f"{'a' * 300}.csv"
    arguments = ["amounts", "--csv", str(out), "--index", str(index_folder)]
    expect(arguments, 1, "de naam is te lang", capsys)


def test_a_missing_batch_and_a_folder_are_refused(tmp_path: Path, capsys: Capture) -> None:
    expect(["ask", "--batch", str(tmp_path / "weg")], 1, "weg bestaat niet", capsys)
    expect(["ask", "--batch", str(tmp_path)], 1, "is een map; geef een JSONL-bestand", capsys)


def test_a_port_in_use_is_refused(index_folder: Path, capsys: Capture) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        match = f"Poort {port} is al in gebruik; kies een andere"
        with pytest.raises(ChatbotError, match=match):
            check_port("127.0.0.1", port)
        expect(["chat", "--port", str(port), "--index", str(index_folder)], 1, match, capsys)


@pytest.mark.parametrize(
    ("arguments", "match"),
    [
        ([], "er ontbreekt: OPDRACHT"),
        (["zoek"], "kent 'zoek' niet; kies uit 'index', 'answers', 'ask', 'amounts', "),
        (["index"], "er ontbreekt: BRON"),
        (["ask"], "een VRAAG of --batch BESTAND"),
        (["ask", "x", "--batch", "y"], "een VRAAG of --batch BESTAND"),
        (["ask", "x", "y"], "onbekend: y"),
        (["ask", "x", "--k"], "--k verwacht een waarde"),
        (["ask", "x", "--k", "0"], "geef een geheel getal van 1 tot 999999, niet “0”"),
        (["ask", "x", "--k", "-3"], "--k"),
        (["ask", "x", "--k", "vijf"], "geef een geheel getal van 1 tot 999999, niet “vijf”"),
        (["ask", "x", "--kleur", "rood"], "onbekend: --kleur rood"),
        (["amounts", "--conflicts", "--csv", "x.csv"], "--conflicts of --csv, één van beide"),
        (["ask", "x", "--json=ja"], "--json verwacht geen waarde"),
        (["chat", "--port", "70000"], "geef een poort van 1 tot 65535"),
        (["chat", "--port", "http"], "geef een poort van 1 tot 65535"),
        (["ask", "x", "--index", ""], "--index: geef een waarde die niet leeg is"),
        (["--index", " ", "answers"], "--index: geef een waarde die niet leeg is"),
        (["ask", "x", "--store", ""], "--store: geef een waarde die niet leeg is"),
        (["ask", "x", "--model", ""], "--model: geef een waarde die niet leeg is"),
        (["ask", "--batch", ""], "--batch: geef een waarde die niet leeg is"),
        (["index", ""], "BRON: geef een waarde die niet leeg is"),
        (["feedback", "--out", ""], "--out: geef een waarde die niet leeg is"),
    ],
)
def test_wrong_usage_is_one_dutch_sentence_with_status_2(
    arguments: list[str], match: str, capsys: Capture
) -> None:
    expect(arguments, 2, match, capsys)
