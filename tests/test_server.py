"""The server over the wire: what it closes of Gradio's, whom it answers, how much it takes.

Measured on Gradio 6.31 as it comes: any origin is reflected with credentials, uploads of 300 MB
are taken by a page without file component, /run skips the queue.
"""

import json
import re
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import gradio as gr
import pytest
from fastapi import FastAPI
from serving import config_of, question_event, request, running, send_event
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from chatbot.app import MAX_SESSIONS, build_app
from chatbot.arguments import DEFAULT_HOST
from chatbot.bodies import MAX_BODY_BYTES, MAX_UPLOAD_BYTES, MAX_UPLOAD_FILES
from chatbot.checks import ChatbotError
from chatbot.credentials import Credentials, check_host, read_credentials
from chatbot.library import Library
from chatbot.page_headers import HEADERS
from chatbot.refusals import SENTENCES
from chatbot.server import add_guards, build_server
from index.storage import Index

SAVINGS = "Hoeveel personeelsleden moet VDAB besparen tegen 2024?"
JOIN = "/gradio_api/queue/join"
UPLOAD = "/gradio_api/upload"
JSON = {"content-type": "application/json"}
LOGIN = Credentials("griffie", "een lang wachtwoord: ja")
FOREIGN = (
    "http://voorbeeld.be",
    "null",
    "http://127.0.0.1:1",
    "http://localhost",
    "http://127.0.0.1.voorbeeld.be",
)
CLOSED = (
    *("/docs", "/redoc", "/openapi.json", "/gradio_api/openapi.json", "/config", "/login"),
    *("/monitoring", "/monitoring/summary", "/gradio_api/info", "/gradio_api/app_id/x", "/logout"),
    *("/gradio_api/proxy=http://voorbeeld.be/", "/proxy=http://voorbeeld.be/", "/robots.txt"),
    *("/gradio_api/file=/etc/passwd", "/file=/etc/passwd", "/gradio_api/file/etc/passwd"),
    *("/gradio_api/upload_progress?upload_id=x", "/gradio_api/runs", "/gradio_api/deep_link"),
    *("/gradio_api/token", "/gradio_api/user", "/gradio_api/login_check", "/pwa_icon"),
    *("/gradio_api/queue/status", "/gradio_api/startup-events", "/gradio_api/vibe-code"),
    *("/gradio_api/custom_component/x/client/y/z", "/gradio_api/run-history/buckets"),
    *("/assets/../../../../etc/passwd", "/assets/%2e%2e/%2e%2e/x", "/static//etc/passwd"),
)
CLOSED_TO_POST = (
    *("/gradio_api/run/ask", "/gradio_api/api/ask", "/gradio_api/call/ask", "/run/0"),
    *("/gradio_api/call/v2/ask", "/gradio_api/component_server", "/gradio_api/stream/x"),
    *("/gradio_api/process_recording", "/gradio_api/vibe-edit", "/login"),
    *("/gradio_api/run-history/connect", "/gradio_api/profiling/clear", "/"),
)


@pytest.fixture(scope="module")
def port(appendix_index: Index) -> Iterator[int]:
    """A running server of the chat page."""
    with running(build_server(appendix_index)) as number:
        yield number


@pytest.fixture(scope="module")
def locked(appendix_index: Index) -> Iterator[int]:
    """The same, with a password."""
    with running(build_server(appendix_index, "0.0.0.0", LOGIN)) as number:
        yield number


@pytest.fixture(scope="module")
def taking() -> Iterator[int]:
    """A server of a page that takes files, behind the same guards."""
    with gr.Blocks(analytics_enabled=False) as page:
        gr.File()
    server = FastAPI()
    gr.mount_gradio_app(server, page, path="/")
    add_guards(server, frozenset({"file"}), DEFAULT_HOST, None)
    with running(server) as number:
        yield number


REFUSED = {403, 404, 405}  # the page takes and offers files: Gradio refuses the rest itself


def sentence_of(response: object) -> str:
    return str(json.loads(response.read())["detail"])  # type: ignore[attr-defined]


def multipart(name: str, size: int = 10, count: int = 1) -> tuple[bytes, dict[str, str]]:
    part = (
        f'--rand\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n"
    ).encode() + b"x" * size
    body = b"\r\n".join([part] * count) + b"\r\n--rand--\r\n"
    return body, {"content-type": "multipart/form-data; boundary=rand"}


def test_the_page_is_served_under_its_own_names(port: int) -> None:
    for name in (f"127.0.0.1:{port}", f"localhost:{port}", "LOCALHOST"):
        assert request(port, "GET", "/", headers={"host": name}).status == 200
    for name in ("voorbeeld.be", "127.0.0.1.voorbeeld.be", "localhost.voorbeeld.be", "0.0.0.0"):
        response = request(port, "GET", "/", headers={"host": name})
        assert (response.status, sentence_of(response)) == (400, SENTENCES[400])


@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
def test_no_other_origin_is_answered_or_reflected(method: str, port: int) -> None:
    for origin in FOREIGN:
        headers = {"origin": origin, "access-control-request-method": "POST", **JSON}
        for path in ("/", JOIN, "/gradio_api/queue/data?session_hash=x"):
            response = request(port, method, path, b"{}", headers)
            assert response.status == 403, (origin, path)
            assert not [h for h in response.headers if h.lower().startswith("access-control")]
    print(f"{method}: {3 * len(FOREIGN)} foreign requests, all refused")


def test_an_origin_that_is_no_address_is_foreign(port: int) -> None:
    for origin in ("http://[", "http://[::1", "http://]"):
        assert request(port, "GET", "/", headers={"origin": origin}).status == 403


def test_its_own_origin_is_answered_without_cors(port: int) -> None:
    response = request(port, "GET", "/", headers={"origin": f"http://127.0.0.1:{port}"})
    assert response.status == 200
    assert not [h for h in response.headers if h.lower().startswith("access-control")]


def test_another_site_may_link_to_the_page_and_no_more(port: int) -> None:
    headers = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    assert request(port, "GET", "/", headers=headers).status == 200
    for path, mode in (("/gradio_api/heartbeat/x", "no-cors"), ("/theme.css", "navigate")):
        refused = request(port, "GET", path, headers={**headers, "sec-fetch-mode": mode})
        assert refused.status == 403


def test_routes_that_the_page_does_not_use_are_gone(port: int) -> None:
    for path in CLOSED:
        assert request(port, "GET", path).status in REFUSED, path
        assert request(port, "HEAD", path).status in REFUSED, path
    for path in (*CLOSED_TO_POST, *CLOSED):
        response = request(port, "POST", path, b'{"data": []}', JSON)
        assert (response.status, sentence_of(response)) == (404, SENTENCES[404]), path
    for method in ("PUT", "DELETE", "PATCH", "TRACE", "OPTIONS"):
        assert request(port, method, "/").status == 404
    print(f"{2 * len(CLOSED) + len(CLOSED_TO_POST) + len(CLOSED)} requests, all 404")


def test_no_function_can_be_run_beside_the_queue(port: int) -> None:
    functions = config_of(port)["dependencies"]
    assert functions
    for function in functions:
        body = json.dumps({"data": [], "fn_index": function["id"]}).encode()
        for path in ("run", "api", "call"):
            route = f"/gradio_api/{path}/{function['api_name']}"
            assert request(port, "POST", route, body, JSON).status == 404


def test_a_page_without_files_takes_no_upload() -> None:
    server = FastAPI()
    add_guards(server, frozenset({"textbox"}), DEFAULT_HOST, None)
    body, headers = multipart("a.pdf")
    with running(server) as number:
        assert request(number, "POST", UPLOAD, body, headers).status == 404


def test_no_file_is_given_but_what_the_page_offers(port: int) -> None:
    for path in ("/etc/passwd", "/etc/../etc/passwd", f"{Path(__file__)}"):
        assert request(port, "GET", f"/gradio_api/file={path}").status in REFUSED


def test_a_body_is_counted_with_and_without_length(port: int) -> None:
    for size in (MAX_BODY_BYTES + 1, 10_000_000):
        body = json.dumps({"data": ["a" * size]}).encode()
        chunks = (body[start : start + 8192] for start in range(0, len(body), 8192))
        for sent in (body, chunks):
            try:
                status = request(port, "POST", JOIN, sent, JSON).status
            except (BrokenPipeError, ConnectionResetError):
                status = 413  # refused and closed while it was still being sent
            assert status == 413
    response = request(port, "POST", JOIN, b'"' + b"a" * (MAX_BODY_BYTES - 2) + b'"', JSON)
    assert response.status != 413


def test_uploads_have_a_size_a_kind_and_a_length(taking: int) -> None:
    sent = [(name, 200) for name in ("a.pdf", "b.DOCX", "c.txt", "d.jsonl", "een é.pdf")]
    sent += [(name, 415) for name in ("a.exe", "a.pdf.html", "pdf", "a.svg", ".pdf.js")]
    for name, status in sent:
        body, headers = multipart(name)
        assert request(taking, "POST", UPLOAD, body, headers).status == status, name
    body, headers = multipart("a.pdf", count=MAX_UPLOAD_FILES + 1)
    assert request(taking, "POST", UPLOAD, body, headers).status == 413
    assert request(taking, "POST", UPLOAD, iter([body]), headers).status == 411
    length = {"content-length": str(MAX_UPLOAD_BYTES + 1)}
    assert request(taking, "POST", UPLOAD, b"", {**headers, **length}).status == 413
    assert request(taking, "POST", UPLOAD, b"{}", JSON).status == 415
    assert request(taking, "GET", "/gradio_api/file=/etc/passwd").status in {403, 404}


def test_every_answer_carries_the_headers(port: int) -> None:
    for path in ("/", "/theme.css", "/bestaat-niet", "/gradio_api/heartbeat/x"):
        headers = request(port, "GET", path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "no-referrer"
        assert "camera=()" in headers["permissions-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]


def test_an_answer_from_something_broken_carries_them_too(appendix_index: Index) -> None:
    def broken(_: Request) -> Response:
        raise RuntimeError("something inside")

    server = build_server(appendix_index)
    server.router.routes.insert(0, Route("/api/ask", broken))
    with running(server) as port:
        response = request(port, "GET", "/api/ask")
        assert response.status == 500
        assert json.loads(response.read()) == {"detail": SENTENCES[500]}
        assert {name: response.headers[name] for name in HEADERS} == HEADERS
        policy = response.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; style-src")
        assert "script-src" not in policy


def test_the_policy_lets_no_script_in_but_with_this_answers_nonce(port: int) -> None:
    nonces = set()
    for _ in range(3):
        response = request(port, "GET", "/")
        policy, page = response.headers["content-security-policy"], response.read().decode()
        scripts = re.search(r"script-src ([^;]+)", policy)
        assert scripts is not None
        assert "'unsafe-inline'" not in scripts[1]
        (nonce,) = re.findall(r"'nonce-([\w-]{20,})'", scripts[1])
        assert page.count("<script") == page.count(f'<script nonce="{nonce}"') > 0
        nonces.add(nonce)
    assert len(nonces) == 3


def test_no_header_of_a_proxy_changes_the_page(port: int) -> None:
    headers = {"x-forwarded-host": "voorbeeld.be", "x-forwarded-proto": "https"}
    assert b"voorbeeld.be" not in request(port, "GET", "/", headers=headers).read()


def test_a_browser_gets_an_error_page_in_dutch(port: int) -> None:
    response = request(port, "GET", "/weg", headers={"accept": "text/html"})
    assert response.headers["content-type"].startswith("text/html")
    assert SENTENCES[404] in response.read().decode()


def test_a_full_queue_asks_for_patience(appendix_index: Index) -> None:
    with running(build_server(appendix_index)) as port:
        question = question_event(port, SAVINGS)

        def join(number: int) -> tuple[int, str]:
            """Ask without waiting for the answer, so that questions pile up."""
            body = json.dumps({**question, "session_hash": f"s{number}"}).encode()
            response = request(port, "POST", JOIN, body, JSON)
            return response.status, "" if response.status == 200 else sentence_of(response)

        with ThreadPoolExecutor(32) as visitors:
            answers = Counter(visitors.map(join, range(400)))
    print(dict(answers))
    assert set(answers) == {(200, ""), (429, SENTENCES[429])}
    assert SENTENCES[429].startswith("Even geduld")


def test_without_the_password_nothing_is_answered(locked: int) -> None:
    wrong = (
        "",
        "Basic",
        "Basic x",
        "Basic é",
        "Bearer " + b64encode(b"griffie:een lang wachtwoord: ja").decode(),
        "Basic " + b64encode(b"griffie:een lang wachtwoord").decode(),
        "Basic " + b64encode(b":").decode(),
        "Basic " + b64encode(b"\xff\xfe").decode(),
    )
    for value in wrong:
        headers = {"authorization": value.encode("latin-1").decode("latin-1")}
        for path in ("/", "/assets/x.js", "/gradio_api/heartbeat/x"):
            response = request(locked, "GET", path, headers=headers)
            assert (response.status, sentence_of(response)) == (401, SENTENCES[401])
            assert response.headers["www-authenticate"].startswith("Basic")
    given = "Basic " + b64encode(f"{LOGIN.name}:{LOGIN.password}".encode()).decode()
    assert request(locked, "GET", "/", headers={"authorization": given}).status == 200


def test_an_address_that_others_reach_demands_a_password() -> None:
    for host in ("127.0.0.1", "localhost", "127.0.0.2"):
        check_host(host, None)
    with pytest.raises(ChatbotError, match="geef met --auth een bestand"):
        check_host("0.0.0.0", None)
    check_host("0.0.0.0", LOGIN)
    for host in ("::1", "192.0.2.1", "geen naam", ""):
        with pytest.raises(ChatbotError, match="geen IPv4-adres van deze computer"):
            check_host(host, LOGIN)


def test_name_and_password_come_from_a_file_or_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BIJLAGE_AUTH", raising=False)
    assert read_credentials(None) is None
    path = tmp_path / "auth"
    path.write_text("griffie:een lang wachtwoord: ja\nrest\n", encoding="utf-8")
    assert read_credentials(path) == LOGIN
    monkeypatch.setenv("BIJLAGE_AUTH", "griffie:een lang wachtwoord: ja")
    assert read_credentials(None) == LOGIN
    assert LOGIN.password not in repr(LOGIN)
    for content in ("", "griffie", "griffie:kort", ":een lang wachtwoord"):
        path.write_text(content, encoding="utf-8")
        with pytest.raises(ChatbotError, match="minstens 12 tekens"):
            read_credentials(path)
    with pytest.raises(ChatbotError, match="kan niet worden gelezen"):
        read_credentials(tmp_path / "weg")


def test_no_more_visitors_are_remembered_than_fit_in_memory(appendix_index: Index) -> None:
    assert build_app(Library(appendix_index)).state_session_capacity == MAX_SESSIONS <= 512


def test_a_question_over_the_wire_brings_its_answer(port: int) -> None:
    answer = send_event(port, question_event(port, SAVINGS))
    assert answer["success"]
    assert "419 personeelsleden" in json.dumps(answer["output"], ensure_ascii=False)
