"""What is installed: every package pinned, hashed and named with its licence; none is AGPL."""

import re
import tomllib
from pathlib import Path

from licences import LOCKS, ROOT, pinned, table

HASHED = re.compile(
    r"^[A-Za-z0-9_.-]+==\S+ \\\n(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+", re.M
)


def name_of(requirement: str) -> str:
    return re.split(r"[<>=\[;]", requirement)[0].replace("_", "-").casefold()


def test_every_package_but_pytorch_is_pinned_with_hashes() -> None:
    lock = (ROOT / LOCKS[0]).read_text(encoding="utf-8")
    rest = HASHED.sub("", lock)
    assert [line for line in rest.splitlines() if not line.startswith("#")] == []
    assert "torch" not in re.findall(r"^([\w.-]+)==", lock, re.M)


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    pins = {name_of(name) for name in pinned()}
    assert {name_of(requirement) for requirement in needed} - pins == set()


def test_the_table_of_licences_is_what_is_installed() -> None:
    assert (Path(ROOT) / "docs" / "licences.md").read_text(encoding="utf-8") == table()


def test_no_package_is_under_the_agpl_or_an_unknown_licence() -> None:
    rows = [line for line in table().splitlines() if line.startswith("| ")][1:]
    print(f"{len(rows)} packages")
    assert len(rows) == len(pinned()) > 100
    assert [row for row in rows if re.search("AGPL|Affero|GNU|not stated|not installed", row)] == []
