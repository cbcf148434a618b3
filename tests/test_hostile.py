"""Hostile text in questions and documents: answered or refused, shown as text, never run.

The fuzzed questions are a few hundred in `make test`; 10,000 with `python -m pytest -m full -s`.
"""

import json
import time
import unicodedata
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hostile import PIECES, QUESTIONS
from hypothesis import given, settings

from chatbot.checks import ChatbotError
from chatbot.cli import main
from chatbot.reply import answer_to_json, reply_to_json
from chatbot.terminal import answer_lines, reply_lines
from chatbot.turns import Turns, ask
from chatbot.views.conversation import render_conversation, render_header, render_notice
from chatbot.views.source import render_source
from corpus.readers import read_documents
from index.encoder import Encoder
from index.search import Filters
from index.storage import Index, build_index, load_index

MAX_S = 5.0
TAGS = """article h1 h2 h3 h4 span div p blockquote figure figcaption mark section details summary
ol ul li header strong em a button nav small time dl dt dd label input table tr td th"""
ALLOWED_TAGS = frozenset(TAGS.split())
QUESTION = "Hoeveel personeelsleden moet VDAB besparen tegen 2024?"


class Tags(HTMLParser):
    """Collects what could run or fetch: tags that aren't ours, handlers, addresses elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED_TAGS:
            self.faults.append(tag)
        for name, value in attrs:
            elsewhere = name in {"href", "src", "action"} and not (value or "").startswith(
                ("?", "#")
            )
            if name.startswith("on") or name == "style" or elsewhere:
                self.faults.append(f"{tag} {name}={value}")


def assert_inert(html: str) -> None:
    """Check that HTML holds nothing but the page's own tags, and no character that hides."""
    tags = Tags()
    tags.feed(html)
    assert tags.faults == []
    hidden = {c for c in html if unicodedata.category(c) in {"Cc", "Cf", "Cs"} and c != "\n"}
    assert hidden == set()
    html.encode()


def put(index: Index, question: str, past: Turns = ()) -> str:
    """Ask and show in every way there is; return "answered", "abstained" or "refused"."""
    try:
        turns = ask(index, question, Filters(), past)
    except ChatbotError as error:
        assert_inert(render_notice(str(error)))
        return "refused"
    reply = turns[-1].reply
    assert_inert(render_conversation(turns[-1:]))
    "\n".join(reply_lines(reply)).encode()
    json.dumps(reply_to_json(reply), ensure_ascii=False).encode("utf-8", "backslashreplace")
    return "abstained" if reply.abstained else "answered"


@pytest.mark.parametrize("kind", PIECES)
def test_a_hostile_question_is_shown_as_text(kind: str, appendix_index: Index) -> None:
    for question in (PIECES[kind], f"{QUESTION} {PIECES[kind]}", f"En {PIECES[kind]}?"):
        started = time.perf_counter()
        put(appendix_index, question, ask(appendix_index, QUESTION, Filters(), ()))
        assert time.perf_counter() - started < MAX_S


def test_an_instruction_to_a_model_changes_no_quote(appendix_index: Index) -> None:
    (turn,) = ask(appendix_index, f"{QUESTION} {PIECES['prompt']}", Filters(), ())
    for hit in turn.reply.hits:
        assert hit.quote in hit.answer.text


def test_composed_and_decomposed_letters_ask_the_same(appendix_index: Index) -> None:
    questions = [q.text for answer in appendix_index.answers for q in answer.questions]
    questions += ["Wat kost de coördinatie per één januari?", "Zijn er reële cijfers, geïndexeerd?"]
    questions += ["Hoeveel cliënten zijn er in België?", "Één vraag: is er een enquête geweest?"]
    told = [q for q in questions if unicodedata.normalize("NFD", q) != q]
    assert len(told) >= 6
    for question in told:
        forms = (unicodedata.normalize(form, question) for form in ("NFC", "NFD"))
        (one,), (two,) = (ask(appendix_index, text[:2000], Filters(), ()) for text in forms)
        assert one.reply.hits == two.reply.hits
        assert one.reply.result.confidence == pytest.approx(two.reply.result.confidence)


def fuzz(index: Index, examples: int) -> Counter[str]:
    """Ask `examples` made-up questions; count what came of them."""
    counts = Counter[str]()
    slowest = 0.0

    @settings(max_examples=examples, derandomize=True, deadline=None, database=None)
    @given(question=QUESTIONS)
    def run(question: str) -> None:
        nonlocal slowest
        started = time.perf_counter()
        counts[put(index, question)] += 1
        slowest = max(slowest, time.perf_counter() - started)
        assert time.perf_counter() - started < MAX_S

    run()
    print(f"{counts.total()} fuzzed questions: {dict(counts)}; the slowest took {slowest:.2f} s")
    return counts


def test_a_few_hundred_fuzzed_questions_break_nothing(appendix_index: Index) -> None:
    assert set(fuzz(appendix_index, 300)) == {"answered", "abstained", "refused"}


@pytest.mark.full
@pytest.mark.timeout(3600)
def test_ten_thousand_fuzzed_questions_break_nothing(appendix_index: Index) -> None:
    assert fuzz(appendix_index, 10_000).total() >= 10_000


@pytest.fixture(scope="module")
def hostile_index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """An index of documents that are hostile in every field, and in their file's name."""
    folder = tmp_path_factory.mktemp("hostile")
    encoder = Encoder.load()
    build_index([write_hostile(folder, kind) for kind in PIECES], folder / "index", encoder)
    return load_index(folder / "index", encoder)


def write_hostile(folder: Path, kind: str) -> Path:
    text = PIECES[kind]
    row = {
        "id": f"{kind} {text}",
        "text": f"Het fietsbudget van {kind} is 12 euro. {text} Dat is alles.\n- {text}",
        "topic": text,
        "questions": [f"Hoeveel is het fietsbudget? {text}"],
        "askers": [{"party": text[:200], "member": text[:200]}],
    }
    bad = dict.fromkeys(map(ord, "/\0\ud800\udfff"))
    path = folder / f"{kind}{text.translate(bad).encode()[:120].decode(errors='ignore')}.jsonl"
    path.write_text(json.dumps(row), encoding="utf-8")
    return path


def test_hostile_documents_are_shown_as_text(hostile_index: Index) -> None:
    assert len(hostile_index.documents) == len(PIECES)
    assert_inert(render_header(hostile_index.documents))
    for kind in PIECES:
        put(hostile_index, f"Hoeveel is het fietsbudget van {kind}?")
    for answer in hostile_index.answers:
        "\n".join(answer_lines(answer)).encode()
        json.dumps(answer_to_json(answer), ensure_ascii=False).encode()
    assert_inert(render_source(hostile_index, None))


def test_a_document_keeps_every_character_but_half_ones(tmp_path: Path) -> None:
    for kind in PIECES:
        (document,) = read_documents(write_hostile(tmp_path, kind))
        expected = PIECES[kind].encode("utf-8", "replace").decode().replace("\r", "\n")
        assert expected in document.answers[0].text, kind


def test_the_terminal_shows_no_character_that_steers_it(
    hostile_index: Index, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = write_hostile(tmp_path, "nul")
    build_index([source], tmp_path / "index", hostile_index.encoder)
    assert main(["ask", "Hoeveel is het fietsbudget?", "--index", str(tmp_path / "index")]) == 0
    out, err = capsys.readouterr()
    assert not {c for c in out + err if unicodedata.category(c) in {"Cc", "Cs"} and c != "\n"}


def test_a_long_document_takes_time_by_its_length_only(tmp_path: Path) -> None:
    encoder = Encoder.load()
    for name, text in (
        ("word", "a" * 60_000),
        ("words", "woord " * 10_000),
        ("lines", "x\n" * 20_000),
    ):
        path = tmp_path / f"{name}.jsonl"
        path.write_text(json.dumps({"id": "a", "text": f"Het budget is 12 euro. {text}"}), "utf-8")
        started = time.process_time()
        build_index([path], tmp_path / name, encoder)
        assert time.process_time() - started < 30
