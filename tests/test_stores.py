"""One contract for an index in a folder and one on a Milvus server: what both must do alike."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from milvus import MilvusServer

from chatbot.cli import main
from corpus.readers import BUNDLED_APPENDIX, read_documents
from corpus.records import Document
from eval.questions import read_gold
from index.encoder import Encoder
from index.filters import FilterError, Filters
from index.remote.address import StoreError, read_address
from index.remote.client import Client
from index.remote.store import RemoteStore
from index.search import Hit, SearchResult, search
from index.storage import build_index, load_index, remove_document

SECOND = Path(__file__).parent / "data" / "bbt-mobiliteit-2023.txt"
QUESTION = "Hoeveel personeelsleden moet VDAB besparen tegen 2024?"


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder.load()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MilvusServer]:
    started = MilvusServer(tmp_path_factory.mktemp("milvus"))
    yield started
    started.stop()


class InFolder:
    """An index in a folder."""

    def __init__(self, folder: Path, encoder: Encoder) -> None:
        self._folder, self._encoder = folder, encoder

    def add(self, source: Path) -> None:
        build_index([source], self._folder, self._encoder)

    def remove(self, document_id: str) -> None:
        remove_document(document_id, self._folder, self._encoder)

    def search(self, query: str, k: int = 5, filters: Filters = Filters()) -> SearchResult:  # noqa: B008
        return search(load_index(self._folder, self._encoder), query, k, filters)


class OnServer:
    """An index on a server, opened anew for every act."""

    def __init__(self, address: str, encoder: Encoder) -> None:
        self._client, self._encoder = Client(read_address(address)), encoder

    def open(self) -> RemoteStore:
        return RemoteStore(Client(self._client.address), self._encoder)

    def add(self, source: Path) -> None:
        self.open().add(read_documents(source))

    def remove(self, document_id: str) -> None:
        self.open().remove(document_id)

    def search(self, query: str, k: int = 5, filters: Filters = Filters()) -> SearchResult:  # noqa: B008
        return self.open().search(query, k, filters)


Store = InFolder | OnServer
Make = Callable[[], Store]
Delete = Callable[[Client, str], None]


@pytest.fixture(params=["folder", "server"])
def store(
    request: pytest.FixtureRequest, tmp_path: Path, server: MilvusServer, encoder: Encoder
) -> Store:
    """An empty index of either kind."""
    if request.param == "folder":
        return InFolder(tmp_path / "index", encoder)
    return OnServer(server.fresh_address(), encoder)


@pytest.fixture(scope="module")
def appendix_store(server: MilvusServer, encoder: Encoder, appendix: Document) -> RemoteStore:
    """The appendix on the server."""
    client = Client(read_address(server.fresh_address()))
    return RemoteStore(client, encoder).add([appendix])


def seen(hits: tuple[Hit, ...]) -> list[tuple[object, ...]]:
    return [(hit.passage, hit.quote, hit.quote_page, hit.answer) for hit in hits]


def write_answer(path: Path, text: str, **more: object) -> Path:
    path.write_text(json.dumps({"id": "a", "text": text, **more}), "utf-8")
    return path


def test_a_server_finds_what_a_folder_finds(
    appendix_store: RemoteStore, index_folder: Path, encoder: Encoder
) -> None:
    # milvus-lite compares every vector, and the mean length is the same: no approximation is left.
    index = load_index(index_folder, encoder)
    questions = [question.turns[-1] for question in read_gold("dev")][::5]
    assert len(questions) > 80
    for question in questions:
        ours, theirs = appendix_store.search(question), search(index, question)
        assert seen(ours.hits) == seen(theirs.hits), question
        assert ours.confidence == pytest.approx(theirs.confidence, abs=1e-4)
        assert ours.abstained == theirs.abstained


def test_what_is_added_is_found_beside_what_was_there(store: Store, tmp_path: Path) -> None:
    store.add(SECOND)
    store.add(write_answer(tmp_path / "extra.jsonl", "De zeehond slaapt op het strand."))
    assert store.search("zeehond").hits[0].quote == "De zeehond slaapt op het strand."
    assert store.search("Hoeveel fietsbruggen?").hits[0].document.title


def test_a_later_document_replaces_the_one_with_its_id(store: Store, tmp_path: Path) -> None:
    store.add(SECOND)
    store.add(write_answer(tmp_path / "dieren.jsonl", "De zeehond slaapt op het strand."))
    store.add(write_answer(tmp_path / "dieren.jsonl", "De otter eet een vis."))
    found = store.search("zeehond op het strand", k=100)
    assert not any("zeehond" in hit.passage.text for hit in found.hits)
    assert store.search("Wat eet de otter?").hits[0].passage.text == "De otter eet een vis."


def test_a_removed_document_is_found_no_more(store: Store, tmp_path: Path) -> None:
    store.add(write_answer(tmp_path / "dieren.jsonl", "De zeehond slaapt op het strand."))
    store.add(write_answer(tmp_path / "wegen.jsonl", "De brug is dicht."))
    store.remove("dieren")
    assert [hit.document.document_id for hit in store.search("zeehond", 10).hits] == ["wegen"]
    with pytest.raises(ValueError, match="wegen is the last document of the index"):
        store.remove("wegen")


def test_a_filter_lets_through_what_it_names_and_nothing_else(store: Store, tmp_path: Path) -> None:
    odd = """D'Haese "de\\ Haan" [1]"""
    askers = [{"party": odd, "member": "Jan O'Neil"}]
    store.add(SECOND)
    store.add(write_answer(tmp_path / "x.jsonl", "Het budget stijgt.", askers=askers, topic="Geld"))
    for filters in (
        Filters(parties=(odd,)),
        Filters(members=("O'Neil",)),
        Filters(topics=("geld",), documents=("x",)),
    ):
        assert [hit.answer.answer_id for hit in store.search("budget", 50, filters).hits] == ["a"]
    assert not store.search("budget", 50, Filters(topics=("geld",), documents=(SECOND.stem,))).hits
    with pytest.raises(FilterError, match="De partij 'x\\\"] or version > 0' staat niet"):
        store.search("budget", 5, Filters(parties=('x"] or version > 0',)))


def test_a_list_of_many_items_and_a_text_without_words_are_kept(
    store: Store, tmp_path: Path
) -> None:
    """75 items are 75 vectors of sentences; "De het een." has no word that is looked up."""
    items = "\n".join(f"- 20{i:02d}: {i}" for i in range(75))
    store.add(write_answer(tmp_path / "lijst.jsonl", f"De cijfers zijn:\n{items}"))
    store.add(write_answer(tmp_path / "de.jsonl", "De het een."))
    texts = {hit.passage.text for hit in store.search("cijfers", 10).hits}
    assert texts == {f"De cijfers zijn:\n{items}", "De het een."}


def test_wrong_calls_are_refused(store: Store) -> None:
    store.add(SECOND)
    with pytest.raises(ValueError, match="query must not be blank"):
        store.search(" ")
    with pytest.raises(ValueError, match="k must be at least 1, got 0"):
        store.search("fiets", 0)


def test_a_server_that_was_restarted_finds_the_same(
    server: MilvusServer, encoder: Encoder, appendix: Document
) -> None:
    if not server.is_ours:
        pytest.skip("MILVUS_URI names a server that isn't ours to restart")
    address = read_address(server.fresh_address())
    before = RemoteStore(Client(address), encoder).add([appendix]).search(QUESTION)
    server.stop()
    server.start()
    again = RemoteStore(Client(address), encoder).search(QUESTION)
    assert seen(again.hits) == seen(before.hits)


def die(*_: object) -> RemoteStore:
    raise KeyboardInterrupt


def die_at_documents(client: Client, expression: str, delete: Delete = Client.delete) -> None:
    """Delete rows by their version, and die where those of a document are to go."""
    if expression.startswith("document"):
        raise KeyboardInterrupt
    delete(client, expression)


def test_rows_of_a_writer_that_died_are_not_found_and_go_with_the_next(
    server: MilvusServer, encoder: Encoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = read_address(server.fresh_address())
    one = read_documents(write_answer(tmp_path / "dieren.jsonl", "De zeehond slaapt."))
    other = read_documents(write_answer(tmp_path / "dieren.jsonl", "De otter eet."))
    store = RemoteStore(Client(address), encoder).add(one)
    monkeypatch.setattr(RemoteStore, "_publish", die)
    with pytest.raises(KeyboardInterrupt):
        store.add(other)
    monkeypatch.undo()
    reopened = RemoteStore(Client(address), encoder)
    assert [hit.passage.text for hit in reopened.search("otter", 10).hits] == ["De zeehond slaapt."]
    added = reopened.add(other)
    assert [hit.passage.text for hit in added.search("zeehond", 10).hits] == ["De otter eet."]


def test_what_a_writer_replaced_and_did_not_delete_takes_no_places(
    server: MilvusServer, encoder: Encoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More rows than each search names, all nearer to the question than those that count."""
    address = read_address(server.fresh_address())
    lines = [{"id": f"{i}", "text": f"De zeehond slaapt op strand {i}."} for i in range(80)]
    many = tmp_path / "dieren.jsonl"
    many.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    other = read_documents(write_answer(tmp_path / "vis.jsonl", "Een zeehond eet soms vis."))
    store = RemoteStore(Client(address), encoder).add(read_documents(many)).add(other)
    monkeypatch.setattr(Client, "delete", die_at_documents)
    with pytest.raises(KeyboardInterrupt):
        store.add(read_documents(write_answer(many, "De otter eet.")))
    monkeypatch.undo()
    reopened = RemoteStore(Client(address), encoder)
    found = {hit.passage.text for hit in reopened.search("slaapt de zeehond op strand", 10).hits}
    assert found == {"De otter eet.", "Een zeehond eet soms vis."}
    reopened.add(read_documents(write_answer(tmp_path / "bloem.jsonl", "Een roos bloeit.")))
    left = Client(address).search("dense", encoder.encode_queries(["zeehond"])[0].tolist(), 99, "")
    assert len(left) == 3


def test_what_a_dead_writer_replaced_goes_with_a_document_that_is_taken_out(
    server: MilvusServer, encoder: Encoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = read_address(server.fresh_address())
    first = read_documents(write_answer(tmp_path / "dieren.jsonl", "De zeehond slaapt."))
    second = read_documents(write_answer(tmp_path / "weer.jsonl", "Het regent."))
    later = read_documents(write_answer(tmp_path / "dieren.jsonl", "De otter eet."))
    store = RemoteStore(Client(address), encoder).add([*first, *second])
    monkeypatch.setattr(Client, "delete", die_at_documents)
    with pytest.raises(KeyboardInterrupt):
        store.add(later)
    monkeypatch.undo()
    RemoteStore(Client(address), encoder).remove("weer")
    left = Client(address).search("dense", encoder.encode_queries(["zeehond"])[0].tolist(), 99, "")
    assert [json.loads(row["body"])["text"] for row in left] == ["De otter eet."]


def test_a_document_that_is_not_there_is_taken_out_of_any_store(
    server: MilvusServer, encoder: Encoder, appendix_store: RemoteStore
) -> None:
    empty = RemoteStore(Client(read_address(server.fresh_address())), encoder)
    assert not empty.remove("nergens").documents
    assert appendix_store.remove("nergens").documents == appendix_store.documents


def test_another_model_is_refused(appendix_store: RemoteStore) -> None:
    client = Client(appendix_store.address)
    with pytest.raises(StoreError, match="ander model"):
        RemoteStore(client, Encoder.load(None, "query: ", "passage: "))


@pytest.mark.parametrize(
    "address",
    [
        "localhost:19530/x",
        "milvus://localhost:19530",
        "milvus://localhost:19530/a b",
        "milvus://localhost:19530/x?shards=0",
        "milvus://localhost:19530/x?consistency=weak",
        "milvus://wie:wachtwoord@localhost/x",
        "milvus://localhost:haven/x",
    ],
)
def test_what_is_no_address_is_refused_with_an_example(address: str) -> None:
    with pytest.raises(StoreError, match=r"is geen adres .* geef het als 'milvus://localhost"):
        read_address(address)


def test_an_address_may_say_shards_and_replicas() -> None:
    address = read_address("milvus+tls://zoek.example/bijlagen?shards=4&replicas=2")
    assert (address.uri, address.shards, address.replicas) == ("https://zoek.example:19530", 4, 2)


def test_the_command_line_fills_and_asks_a_store(
    server: MilvusServer, capsys: pytest.CaptureFixture[str]
) -> None:
    address = server.fresh_address()
    assert main(["ask", "fietsbrug", "--store", address]) == 1
    assert "is leeg; vul haar met 'bijlage index BRON" in capsys.readouterr().err
    assert main(["index", str(SECOND), str(BUNDLED_APPENDIX), "--store", address, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["documents"] == 2
    assert main(["ask", QUESTION, "--store", address, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert "419 personeelsleden" in found["hits"][0]["quote"]
    assert main(["ask", "budget", "--store", address, "--party", "Partij X"]) == 1
    assert "De partij 'Partij X' staat niet" in capsys.readouterr().err


def test_a_server_that_does_not_answer_is_said_in_one_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.remote.client.TIMEOUT_S", 1.0)
    assert main(["ask", "fiets", "--store", "milvus://127.0.0.1:9/x"]) == 1
    said = capsys.readouterr().err.strip()
    assert "De Milvus-server op http://127.0.0.1:9 antwoordt niet" in said
    assert "\n" not in said
