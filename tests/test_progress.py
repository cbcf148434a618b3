"""What a terminal shows of a long build, and what a pipe doesn't get."""

import io
import sys

import pytest

from chatbot.progress import show_progress


class Terminal(io.StringIO):
    """A stream that somebody looks at."""

    def isatty(self) -> bool:
        return True


def run(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO) -> str:
    monkeypatch.setattr(sys, "stderr", stream)
    with show_progress() as tell:
        tell(512, 2048)
        tell(2048, 2048)
    return stream.getvalue()


def test_a_terminal_shows_a_bar_in_dutch(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = run(monkeypatch, Terminal())
    assert "Teksten verwerkt:" in shown
    assert "2048 van 2048" in shown


def test_a_pipe_gets_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(monkeypatch, io.StringIO()) == ""
