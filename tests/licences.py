"""The licences of all packages in requirements.lock, from their own metadata.

python tests/licences.py > docs/licences.md
"""

import re
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).parent.parent
LOCKS = ("requirements.lock", "requirements-torch.lock")
PIN = re.compile(r"^([A-Za-z0-9_.-]+)==(\S+)", re.MULTILINE)
HEAD = """# Licences

Every package that `make setup` installs, with the licence that its own metadata states. Made by
`python tests/licences.py`; a test compares it with what is installed, and refuses the AGPL.

| package | licence |
|---|---|
"""
MAX_CHARS = 60  # some packages state the whole text of their licence


def pinned() -> dict[str, str]:
    """Return the version of every pinned package by its name."""
    text = "\n".join((ROOT / name).read_text(encoding="utf-8") for name in LOCKS)
    return dict(PIN.findall(text))


def licence_of(package: str) -> str:
    """Return the licence of an installed package: its expression, classifiers or short text."""
    fields = metadata(package)
    if expression := fields.get("License-Expression"):
        return expression
    classifiers = [
        line.rsplit(" :: ", 1)[1]
        for line in fields.get_all("Classifier", [])
        if line.startswith("License :: ") and line.count(" :: ") > 1
    ]
    stated = (fields.get("License") or "").strip().split("\n")[0]
    return " / ".join(classifiers) or (stated if 0 < len(stated) <= MAX_CHARS else "not stated")


def table() -> str:
    """Return the table as Markdown, by name."""
    rows = []
    for name in sorted(pinned(), key=str.casefold):
        try:
            rows.append(f"| {name} | {licence_of(name)} |")
        except PackageNotFoundError:
            rows.append(f"| {name} | not installed |")
    return HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    print(table(), end="")
