"""What a user can get wrong, checked once where it enters: the question and the port.

Every message is one Dutch sentence that says what to do; the command line prints it and the
page shows it. Sources, index folders, models and filters are checked by their own modules.
"""

import errno
import socket

from corpus.cleaning import without_halves

MAX_QUESTION_CHARS = 2000  # about 300 words: a long sub-question of an appendix has 700 characters
MAX_HITS = 50  # that another program may ask for at once


class ChatbotError(Exception):
    """Something that the user can mend; the message is one Dutch sentence that says how."""


def check_question(text: str) -> str:
    """Return the question without surrounding space; half a character (a lone surrogate) is "?".

    Raises:
        ChatbotError: If it is blank, too long or holds a NUL character.
    """
    question = without_halves(text).strip()
    if "\0" in question:
        raise ChatbotError("Uw vraag bevat een onleesbaar teken (NUL); typ de vraag opnieuw.")
    if not any(character.isalnum() for character in question):
        raise ChatbotError("Uw vraag is leeg; typ een vraag of een trefwoord.")
    if len(question) > MAX_QUESTION_CHARS:
        raise ChatbotError(
            f"Uw vraag telt {len(question)} tekens; stel een vraag van hoogstens"
            f" {MAX_QUESTION_CHARS} tekens."
        )
    return question


def check_port(host: str, port: int) -> None:
    """Return if `host:port` is free to listen on.

    Raises:
        ChatbotError: If it is in use or may not be used.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            in_use = error.errno == errno.EADDRINUSE
            reason = "is al in gebruik" if in_use else "mag niet worden gebruikt"
            other = port + 1 if 1023 < port < 65535 else 7861
            raise ChatbotError(
                f"Poort {port} {reason}; kies een andere, bijvoorbeeld met --port {other}."
            ) from error
