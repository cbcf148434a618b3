"""Imports go one way, and a heavy library enters through one door; read from the source files."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ALLOWED = {
    "corpus": {"corpus"},
    "index": {"corpus", "index"},
    "chatbot": {"corpus", "index", "chatbot"},
    "eval": {"corpus", "index", "chatbot", "eval"},
}
PEERS = "eval/bench/peers/"
"""What the product is measured beside, each in a process of its own."""
DOORS = {
    "sentence_transformers": {"index/library_model.py"},
    "onnxruntime": {"index/query_model.py"},
    "faiss": {"index/clusters.py", "index/vector_parts.py"},
    "bm25s": {PEERS},
    "gradio": {"chatbot/app.py", "chatbot/tabs/"},  # a folder: any module in it
    "langchain_text_splitters": {"corpus/passages.py", PEERS},
    "pypdf": {"corpus/pdf.py"},
    "pymilvus": {"index/remote/client.py"},
    "pypdfium2": {"corpus/page_image.py"},
    "PIL": {"corpus/page_image.py"},
}
HEAVY = (
    "torch",
    "sentence_transformers",
    "onnxruntime",
    "faiss",
    "gradio",
    "langchain_text_splitters",
    "pypdf",
    "pypdfium2",
)


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            yield (node.module or "").partition(".")[0]


def modules() -> list[Path]:
    return sorted(path for package in ALLOWED for path in (ROOT / package).rglob("*.py"))


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_module_imports_only_from_its_own_layer_and_below(path: Path) -> None:
    ours = {name for name in imports_of(path) if name in ALLOWED}
    assert ours <= ALLOWED[path.relative_to(ROOT).parts[0]]


@pytest.mark.parametrize("library", DOORS)
def test_a_heavy_library_is_imported_through_its_door_only(library: str) -> None:
    importers = {
        path.relative_to(ROOT).as_posix() for path in modules() if library in set(imports_of(path))
    }
    doors = DOORS[library]
    assert {next((d for d in doors if name.startswith(d)), name) for name in importers} == doors


def loaded_after(code: str, tmp_path: Path) -> set[str]:
    """Return which heavy libraries are loaded after running `code` in a fresh interpreter."""
    report = f"\nimport sys\nprint('LOADED', *(n for n in {HEAVY!r} if n in sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code + report],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=True,
        timeout=120,
    )
    return set(done.stdout.splitlines()[-1].split()[1:])


def test_help_loads_no_heavy_library(tmp_path: Path) -> None:
    code = "from chatbot.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass"
    assert loaded_after(code, tmp_path) == set()


def test_asking_loads_neither_torch_nor_the_page(index_folder: Path, tmp_path: Path) -> None:
    options = ["ask", "Hoeveel personeelsleden?", "--index", str(index_folder)]
    loaded = loaded_after(f"from chatbot.cli import main\nmain({options!r})", tmp_path)
    assert loaded == {"faiss", "onnxruntime"}
