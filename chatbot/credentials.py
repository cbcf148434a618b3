"""The name and password that a chat asks for when other computers can reach it.

They come from a file or the environment, never from the command line, which every program on a
computer can read.
"""

import os
import socket
from dataclasses import dataclass, field
from ipaddress import IPv4Address
from pathlib import Path

from chatbot.checks import ChatbotError

VARIABLE = "BIJLAGE_AUTH"
MIN_PASSWORD_CHARS = 12  # too many to guess over a network, even without a brake


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a visitor must give; the password is never shown."""

    name: str
    password: str = field(repr=False)


def read_credentials(path: Path | None) -> Credentials | None:
    """Read "name:password" from the first line of a file, else from BIJLAGE_AUTH; None if neither.

    Raises:
        ChatbotError: If the file can't be read, or what it says is no name and good password.
    """
    line = os.environ.get(VARIABLE, "") if path is None else _first_line(path)
    if not line and path is None:
        return None
    name, _, password = line.strip().partition(":")
    if not name or len(password) < MIN_PASSWORD_CHARS:
        where = f"In '{path}'" if path else f"In de omgevingsvariabele {VARIABLE}"
        raise ChatbotError(
            f"{where} staat geen naam en wachtwoord; schrijf er één regel 'naam:wachtwoord' in, "
            f"met een wachtwoord van minstens {MIN_PASSWORD_CHARS} tekens."
        )
    return Credentials(name, password)


def check_host(host: str, credentials: Credentials | None) -> None:
    """Return if the chat may be served on this address.

    Raises:
        ChatbotError: If it is no IPv4 address of this computer or name of one, or if other
            computers can reach it and no password is asked.
    """
    try:
        address = IPv4Address(socket.gethostbyname(host or "."))  # "" would be every address
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.bind((str(address), 0))
    except (OSError, ValueError) as error:
        raise ChatbotError(
            f"'{host}' is geen IPv4-adres van deze computer; laat --host weg om de chat alleen op "
            "deze computer te openen."
        ) from error
    if not address.is_loopback and credentials is None:
        raise ChatbotError(
            f"Op '{host}' kunnen ook andere computers bij de chat; geef met --auth een bestand met "
            f"'naam:wachtwoord' (of zet dat in {VARIABLE}), of laat --host weg."
        )


def _first_line(path: Path) -> str:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ChatbotError(
            f"'{path}' kan niet worden gelezen; geef met --auth een tekstbestand met één regel "
            "'naam:wachtwoord'."
        ) from error
    return lines[0] if lines else ""
