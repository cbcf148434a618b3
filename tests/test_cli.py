"""The command line as other programs use it: JSON on stdout, Dutch on stderr, exit status."""

import json
import os
import shutil
import subprocess
import sys
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest

from chatbot import cli, running
from chatbot.arguments import find_plugins, parse_arguments
from chatbot.own_index import refresh
from chatbot.printable import printable
from index.encoder import Encoder
from index.manifest import seal_manifest
from index.storage import build_index, load_index

CAPITAL = "Wat is de hoofdstad van Australië?"
SAVINGS = "Hoeveel personeelsleden moet VDAB besparen tegen 2024?"
BIJLAGE = [sys.executable, "-c", "import sys; from chatbot.cli import main; sys.exit(main())"]

STEERING = "a\x1b]0;x\x07\u202e\x9b2J"  # sets a title, turns text around, clears the screen

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder of the user; the user's own index would go there."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path / "data" / "bijlage"


@pytest.fixture(scope="session")
def steering_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of two answers that hold, wherever text can stand, what steers a terminal."""
    folder = tmp_path_factory.mktemp("steering")
    asked = {"askers": [{"party": f"P{STEERING}", "member": f"L{STEERING}"}]}
    text = f"De stad {STEERING} telt 12 scholen (JB0-1JDB2CB-WT). De minister zal dat onderzoeken."
    answers = [
        {"id": f"{STEERING}1", "text": text, "topic": f"T{STEERING}", "document": f"D{STEERING}"},
        {"id": f"{STEERING}2", "text": text, "topic": f"T{STEERING}", "document": f"D{STEERING}"},
    ]
    answers[1] |= {**asked, "questions": [f"Hoeveel scholen {STEERING} telt de stad?"]}
    source = folder / "a.jsonl"
    source.write_text("".join(json.dumps(answer) + "\n" for answer in answers), "utf-8")
    build_index([source], folder / "index", Encoder.load())
    return folder / "index"


def run_json(capsys: Capture, *arguments: str) -> Any:
    """Return what a command writes as JSON; it must be the only thing on stdout."""
    assert cli.main([*arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_ask_gives_quote_page_and_citation(index_folder: Path, capsys: Capture) -> None:
    reply = run_json(capsys, "ask", SAVINGS, "--index", str(index_folder))
    best = reply["hits"][0]
    assert (reply["abstained"], best["rank"], best["quote_page"]) == (False, 1, 16)
    assert "419 personeelsleden" in best["quote"]
    assert best["quote"] in best["text"]
    assert best["askers"] == [{"party": "SP.A", "member": None}]
    assert best["citation"] == (
        "Bijlage 1 BBT Werk en Sociale Economie 2021, p. 16, antwoord aan SP.A, VDAB"
    )
    assert [hit["rank"] for hit in reply["hits"]] == [1, 2, 3, 4, 5]
    assert len({hit["passage_id"] for hit in reply["hits"]}) == 5


def test_ask_abstains_and_still_gives_the_nearest(index_folder: Path, capsys: Capture) -> None:
    reply = run_json(capsys, "ask", CAPITAL, "--k", "2", "--index", str(index_folder))
    assert reply["abstained"] is True
    assert len(reply["hits"]) == 2


@pytest.mark.parametrize(
    ("typed", "answer_id"),
    [
        ("hoeveel personeelsleden moet vdab besparen", "bbt-wse-2021-22"),
        ("besparing personeelsleden VDAB", "bbt-wse-2021-22"),
        ("ibos stopgezet overmacht", "bbt-wse-2021-06"),
        ("JB0-1JDB2CY-IS", "bbt-wse-2021-22"),
        ("geraamde daling DACers gescos", "bbt-wse-2021-02"),
    ],
)
def test_ask_takes_what_people_type(
    typed: str, answer_id: str, index_folder: Path, capsys: Capture
) -> None:
    reply = run_json(capsys, "ask", typed, "--index", str(index_folder))
    assert reply["hits"][0]["answer_id"] == answer_id


def test_a_members_name_finds_an_answer_to_that_member(index_folder: Path, capsys: Capture) -> None:
    reply = run_json(capsys, "ask", "bothuyne", "--index", str(index_folder), "--k", "1")
    assert {"party": "CD&V", "member": "Robrecht Bothuyne"} in reply["hits"][0]["askers"]


@pytest.mark.parametrize(
    ("options", "key", "expected"),
    [
        (["--party", "cd&v"], "party", {"CD&V"}),
        (["--party", "CD&V", "--party", "SP.A"], "party", {"CD&V", "SP.A"}),
        (["--member", "allessia claes"], "member", {"Allessia Claes"}),
    ],
)
def test_filters_hold_for_every_hit(
    options: list[str], key: str, expected: set[str], index_folder: Path, capsys: Capture
) -> None:
    arguments = ["ask", "budget", "--k", "20", "--index", str(index_folder), *options]
    hits = run_json(capsys, *arguments)["hits"]
    assert hits
    assert all(expected & {asker[key] for asker in hit["askers"]} for hit in hits)


def test_a_topic_filter_holds_for_every_hit(index_folder: Path, capsys: Capture) -> None:
    arguments = ["ask", "budget", "--index", str(index_folder), "--topic", "Dienstencheques"]
    hits = run_json(capsys, *arguments)["hits"]
    assert {hit["topic"] for hit in hits} == {"Dienstencheques"}


def test_people_get_the_quote_first_and_then_its_source(
    index_folder: Path, capsys: Capture
) -> None:
    assert cli.main(["--index", str(index_folder), "ask", SAVINGS]) == 0
    first, second, *_ = capsys.readouterr().out.splitlines()
    assert first.startswith("“")
    assert "419 personeelsleden" in first
    assert second.startswith("— Bijlage 1 BBT")


def test_people_are_told_when_it_is_not_there(index_folder: Path, capsys: Capture) -> None:
    assert cli.main(["ask", CAPITAL, "--index", str(index_folder)]) == 0
    assert capsys.readouterr().out.startswith("Dit staat niet in de bijlage.\n")


def test_answers_lists_all_32_in_document_order(index_folder: Path, capsys: Capture) -> None:
    answers = run_json(capsys, "answers", "--index", str(index_folder))
    assert len(answers) == 32
    assert {answer["document_id"] for answer in answers} == {"bbt-wse-2021"}
    pages = [answer["page_start"] for answer in answers]
    assert pages == sorted(pages)
    assert sum(not answer["askers"] for answer in answers) == 9


def test_answers_needs_no_index_and_no_model(own_data: Path) -> None:
    code = (
        "import sys; from chatbot.cli import main; main(['answers', '--json']);"
        "sys.exit(3 if {'torch', 'sentence_transformers', 'gradio'} & sys.modules.keys() else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)) == 32
    assert not own_data.exists()


def test_the_own_index_is_made_once_from_the_bundled_appendix(
    own_data: Path, capsys: Capture
) -> None:
    assert run_json(capsys, "ask", SAVINGS)["hits"][0]["quote_page"] == 16
    manifest = own_data / "index" / "manifest.json"
    made = manifest.stat().st_mtime_ns
    run_json(capsys, "ask", SAVINGS)
    assert manifest.stat().st_mtime_ns == made


def test_the_own_index_is_made_again_when_the_model_has_changed(
    own_data: Path, tmp_path: Path, capsys: Capture
) -> None:
    source = tmp_path / "eigen.jsonl"
    source.write_text('{"id": "eigen-1", "text": "De brug werd in 1999 gebouwd."}', "utf-8")
    run_json(capsys, "index", str(source))
    manifest = own_data / "index" / "manifest.json"
    header = json.loads(manifest.read_text("utf-8"))
    header["model"]["fingerprint"] = "0" * 64
    manifest.write_bytes(seal_manifest(header))
    reply = run_json(capsys, "ask", "Wanneer werd de brug gebouwd?")
    assert reply["hits"][0]["answer_id"] == "eigen-1"
    assert json.loads(manifest.read_text("utf-8"))["model"]["fingerprint"] != "0" * 64


def test_a_large_own_index_is_made_again_whole_for_a_new_version(
    index_folder: Path, own_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.growth.SMALL", 0)
    folder = own_data / "index"
    shutil.copytree(index_folder, folder)
    source = own_data.parent / "eigen.jsonl"
    source.write_text('{"id": "eigen-1", "text": "De brug werd in 1999 gebouwd."}', "utf-8")
    build_index([source], folder, Encoder.load())
    (folder / "made-by").write_text("an older program")
    monkeypatch.setattr("index.contents.lexical_context", lambda *_: "nieuwewoordvorm")
    refresh(folder, Encoder.load())
    words = load_index(folder).lexical
    assert words.score(words.read_query("nieuwewoordvorm"), "context").all()


def test_an_own_index_of_an_older_program_is_set_aside_where_it_cannot_be_read(
    own_data: Path, capsys: Capture
) -> None:
    (own_data / "index").mkdir(parents=True)
    (own_data / "index" / "manifest.json").write_text('{"format": 0}', "utf-8")
    assert cli.main(["ask", SAVINGS, "--json"]) == 0
    captured = capsys.readouterr()
    assert json.loads(captured.out)["hits"][0]["quote_page"] == 16
    assert "van een vorige versie" in captured.err
    assert (own_data / "index-oud" / "manifest.json").read_text("utf-8") == '{"format": 0}'


def test_an_index_that_was_set_aside_before_is_never_deleted(
    own_data: Path, capsys: Capture
) -> None:
    source = own_data.parent / "eigen.jsonl"
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_text('{"id": "eigen-1", "text": "De brug werd gebouwd in 1980."}', "utf-8")
    for number in (1, 2, 3):
        (own_data / "index").mkdir(parents=True)
        (own_data / "index" / "manifest.json").write_text(f'{{"format": -{number}}}', "utf-8")
        assert cli.main(["index", str(source), "--json"]) == 0
        shutil.rmtree(own_data / "index")
    kept = ["index-oud", "index-oud-2", "index-oud-3"]
    formats = [json.loads((own_data / name / "manifest.json").read_bytes()) for name in kept]
    assert formats == [{"format": -1}, {"format": -2}, {"format": -3}]
    assert f"staat nu in {own_data / 'index-oud-3'}" in capsys.readouterr().err


def test_an_own_document_named_like_the_appendix_is_kept_at_an_upgrade(
    own_data: Path, capsys: Capture
) -> None:
    own = own_data.parent / "bbt-wse-2021.jsonl"
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text('{"id": "eigen-1", "text": "De brug werd gebouwd in 1980."}', "utf-8")
    run_json(capsys, "index", str(own))
    stamp = own_data / "index" / "made-by"
    stamp.write_text("0" * 64)  # as an older version noted its code
    assert [one["answer_id"] for one in run_json(capsys, "answers")] == ["eigen-1"]
    reply = run_json(capsys, "ask", "Wanneer werd de brug gebouwd?")
    assert reply["hits"][0]["answer_id"] == "eigen-1"
    assert stamp.read_text() != "0" * 64
    manifest = own_data / "index" / "manifest.json"
    manifest.write_text(json.dumps({**json.loads(manifest.read_bytes()), "format": 1}))
    stamp.write_text("0" * 64)
    run_json(capsys, "ask", SAVINGS)
    assert (own_data / "index-oud" / "manifest.json").exists()


def test_commands_that_need_no_index_work_beside_one_of_an_older_program(
    own_data: Path, index_folder: Path, capsys: Capture
) -> None:
    folder = own_data / "index"
    shutil.copytree(index_folder, folder)
    manifest = json.loads((folder / "manifest.json").read_bytes())
    (folder / "manifest.json").write_text(json.dumps({**manifest, "format": 1}))
    (folder / "made-by").write_text("an older program")
    assert cli.main(["cite", "bbt-wse-2021-22", "--quote", "84 medewerkers per jaar"]) == 0
    assert "84 medewerkers per jaar" in capsys.readouterr().out
    assert len(run_json(capsys, "answers")) == 32


def test_an_own_index_of_the_appendix_alone_is_replaced_without_a_word(
    own_data: Path, capsys: Capture
) -> None:
    (own_data / "index").mkdir(parents=True)
    old = '{"format": 0, "documents": [{"document_id": "bbt-wse-2021"}]}'
    (own_data / "index" / "manifest.json").write_text(old, "utf-8")
    assert cli.main(["ask", SAVINGS, "--json"]) == 0
    assert capsys.readouterr().err == ""
    assert not (own_data / "index-oud").exists()


def test_index_reports_what_the_index_holds(tmp_path: Path, capsys: Capture) -> None:
    source = tmp_path / "vragen.jsonl"
    source.write_text('{"id": "a", "text": "Er zijn 12 scholen."}\n', "utf-8")
    report = run_json(capsys, "index", str(source), "--index", str(tmp_path / "index"))
    assert list(report) == ["documents", "answers", "passages", "seconds"]
    assert (report["documents"], report["answers"], report["passages"]) == (1, 1, 1)


def test_people_are_told_what_the_index_holds(tmp_path: Path, capsys: Capture) -> None:
    source = tmp_path / "vragen.jsonl"
    source.write_text('{"id": "a", "text": "Er zijn 12 scholen."}\n', "utf-8")
    assert cli.main(["index", str(source), "--index", str(tmp_path / "index")]) == 0
    out = capsys.readouterr().out
    assert out.startswith("De index telt nu 1 document, 1 antwoord en 1 passage (")


def test_an_id_of_a_jsonl_source_is_the_answer_id(tmp_path: Path, capsys: Capture) -> None:
    source = tmp_path / "vragen.jsonl"
    source.write_text('{"id": "QRVA-7", "text": "Er zijn 12 scholen met een zwembad."}', "utf-8")
    folder = str(tmp_path / "index")
    run_json(capsys, "index", str(source), "--index", folder)
    reply = run_json(capsys, "ask", "Hoeveel scholen hebben een zwembad?", "--index", folder)
    assert reply["hits"][0]["answer_id"] == "QRVA-7"


def write_batch(path: Path, *lines: dict[str, Any]) -> str:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return str(path)


def test_a_batch_gives_one_object_a_line_in_order_each_with_its_id(
    index_folder: Path, tmp_path: Path, capsys: Capture
) -> None:
    batch = write_batch(
        tmp_path / "vragen.jsonl",
        {"id": "b", "question": SAVINGS},
        {"id": 1, "question": CAPITAL},
        {"id": "d", "turns": ["Hoeveel IBO’s werden stopgezet?", "En hoeveel herstart?"]},
        {"id": "s", "question": "VDAB \ud800 personeelsleden besparen 2024"},
    )
    arguments = ["ask", "--batch", batch, "--index", str(index_folder), "--json", "--k", "3"]
    assert cli.main(arguments) == 0
    replies = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [reply["id"] for reply in replies] == ["b", 1, "d", "s"]
    assert [reply["abstained"] for reply in replies[:2]] == [False, True]
    assert replies[2]["query"] == "En hoeveel herstart?"
    assert replies[2]["hits"][0]["answer_id"] == "bbt-wse-2021-06"
    assert replies[3]["query"] == "VDAB ? personeelsleden besparen 2024"


def test_a_batch_with_an_id_twice_is_answered_in_full_with_a_warning(
    index_folder: Path, tmp_path: Path, capsys: Capture
) -> None:
    questions = [("a", SAVINGS), (1, CAPITAL), ("a", CAPITAL), ("1", SAVINGS)]
    lines = [{"id": name, "question": question} for name, question in questions]
    batch = write_batch(tmp_path / "vragen.jsonl", *lines)
    assert cli.main(["ask", "--batch", batch, "--index", str(index_folder), "--json"]) == 0
    out, err = capsys.readouterr()
    replies = [json.loads(line) for line in out.splitlines()]
    assert [(reply["id"], reply["query"]) for reply in replies] == questions
    assert err.count("\n") == 1
    assert 'let op: Meer dan één vraag heeft het id "a"; elke vraag krijgt haar antwoord' in err


def test_json_keeps_letters_as_they_are(index_folder: Path, capsys: Capture) -> None:
    cli.main(["ask", CAPITAL, "--index", str(index_folder), "--json"])
    assert "Australië" in capsys.readouterr().out


def test_nothing_but_json_reaches_stdout_of_the_process(index_folder: Path) -> None:
    question = "Één vraag over dienstencheques?"
    done = subprocess.run(
        [*BIJLAGE, "ask", question, "--index", str(index_folder), "--json"],
        capture_output=True,
        timeout=120,
        check=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C"},
    )
    assert json.loads(done.stdout.decode("utf-8"))["query"] == question


def test_a_closed_pipe_ends_quietly(index_folder: Path) -> None:
    command = " ".join(f"'{part}'" for part in [*BIJLAGE, "answers", "--index", str(index_folder)])
    done = subprocess.run(
        ["sh", "-c", f"{command} | head -n 1"], capture_output=True, timeout=120, check=True
    )
    assert done.stdout.decode().startswith("p. 1 · antwoord aan Vlaams Belang")
    assert done.stderr == b""


@pytest.mark.parametrize(
    "command",
    [
        ["answers"],
        ["ask", "Hoeveel scholen telt de stad?"],
        ["amounts"],
        ["codes"],
        ["codes", "XX0-1XXX2XX-XX\x1b[2J"],
        ["questions"],
        ["promises"],
        ["overview"],
        ["asked", "Hoeveel scholen telt de stad?"],
        ["cite", f"{STEERING}1"],
    ],
    ids=lambda command: " ".join(command[:1]),
)
def test_nothing_in_a_document_steers_the_terminal(
    command: list[str], steering_folder: Path, capsys: Capture
) -> None:
    assert cli.main([*command, "--index", str(steering_folder)]) == 0
    out = capsys.readouterr().out
    assert out.strip()
    assert out == printable(out)


@pytest.mark.parametrize(("closed", "status"), [(">&-", 1), ("2>&-", 0), (">&- 2>&-", 1)])
def test_closed_output_is_no_traceback(closed: str, status: int, index_folder: Path) -> None:
    command = " ".join(f"'{part}'" for part in [*BIJLAGE, "answers", "--index", str(index_folder)])
    done = subprocess.run(
        ["sh", "-c", f"{command} --json {closed}"], capture_output=True, timeout=120, check=False
    )
    assert done.returncode == status
    assert bool(done.stdout) == (status == 0)
    said = done.stderr.decode().splitlines()
    assert len(said) == ("2>" not in closed)
    assert all("de standaarduitvoer is gesloten; stuur ze naar" in line for line in said)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full")
def test_a_full_disk_is_one_dutch_line(index_folder: Path) -> None:
    command = " ".join(f"'{part}'" for part in [*BIJLAGE, "answers", "--index", str(index_folder)])
    done = subprocess.run(
        ["sh", "-c", f"{command} > /dev/full"], capture_output=True, timeout=120, check=False
    )
    assert (done.returncode, done.stderr.decode()) == (
        1,
        "bijlage: Lezen of schrijven lukte niet, de schijf is vol; controleer rechten en ruimte.\n",
    )


def test_whatever_loads_after_the_start_can_be_interrupted() -> None:
    """An interrupt is caught from `main` on; before it nothing of the program loads but that."""
    code = "import json, sys, chatbot.cli; print(json.dumps([*sys.modules]))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60, check=True)
    ours = {name for name in json.loads(done.stdout) if name.startswith(("chatbot", "corpus"))}
    assert ours == {"chatbot", "chatbot.cli"}


def test_an_interrupt_ends_quietly(
    index_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    def interrupted(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("chatbot.opening.open_documents", interrupted)
    assert cli.main(["answers", "--index", str(index_folder)]) == 130
    assert capsys.readouterr() == ("", "")


def test_an_option_may_stand_before_or_after_the_command() -> None:
    before = parse_arguments(["--index", "a", "--json", "answers"], ())
    after = parse_arguments(["answers", "--index", "a", "--json"], ())
    assert (before.index, before.json) == (after.index, after.json) == (Path("a"), True)


def test_a_registered_command_gets_its_own_arguments(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    plugin = EntryPoint("meet", "test_cli:print_arguments", "bijlage.commands")
    monkeypatch.setattr(running, "find_plugins", lambda: (plugin,))
    assert cli.main(["meet", "--alles", "map", "--help"]) == 7
    assert capsys.readouterr().out == "--alles map --help\n"


def print_arguments(arguments: list[str]) -> int:
    print(*arguments)
    return 7


def test_the_evaluation_is_registered() -> None:
    assert "eval" in {plugin.name for plugin in find_plugins()}


@pytest.mark.parametrize("command", ["", "index", "answers", "ask", "chat"])
def test_help_is_dutch(command: str, capsys: Capture) -> None:
    with pytest.raises(SystemExit) as stop:
        cli.main([*command.split(), "--help"])
    text = capsys.readouterr().out
    assert stop.value.code == 0
    assert text.startswith("gebruik: bijlage")
    assert not {"usage:", "options:", "positional", "show this"} & set(text.split())
