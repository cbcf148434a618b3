"""The search as a tool for other programs on this computer (Model Context Protocol), with --mcp.

Gradio's MCP server offers it at `/gradio_api/mcp/`, behind the page's guards; of the page itself
nothing is offered.
"""

from collections.abc import Callable
from importlib.util import find_spec

from chatbot.checks import MAX_HITS, ChatbotError, check_question
from chatbot.command_parts import as_json
from chatbot.crowd import Crowd, TooBusyError
from chatbot.library import Library
from chatbot.reply import answer_question, reply_to_json

NAME = "search"
PACKAGE = "mcp"


def check_package() -> None:
    """Return if the package that --mcp needs is installed.

    Raises:
        ChatbotError: If it isn't.
    """
    if find_spec(PACKAGE) is None:
        raise ChatbotError(
            "Voor --mcp is het pakket 'mcp' nodig; installeer het met"
            " '.venv/bin/pip install -e .[mcp]', of laat --mcp weg."
        )


def make_tool(library: Library, crowd: Crowd) -> Callable[[str, int], str]:
    """Return the tool; its docstring and types are what other programs read of it."""

    def search(question: str, k: int = 5) -> str:
        """
        Zoek in de schriftelijke antwoorden van de minister. Geeft de JSON van 'bijlage ask --json': letterlijke citaten met bron en bladzijde, en of het antwoord er vermoedelijk niet staat (abstained).

        Parameters:
            question: De vraag of trefwoorden, in het Nederlands
            k: Hoeveel passages, van 1 tot 50
        """  # noqa: E501 - Gradio reads a description from one line
        if not 1 <= k <= MAX_HITS:
            raise ChatbotError(f"Geef een k van 1 tot {MAX_HITS}.")
        try:
            with crowd.admit():
                reply = answer_question(library.index, check_question(question), k)
        except TooBusyError as error:
            raise ChatbotError(str(error)) from error
        return as_json(reply_to_json(reply))

    return search
