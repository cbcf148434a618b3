"""Import Gradio without what a page has no use for, and start without stopping to tidy up.

At every import Gradio 6 reads, parses and renders the source of each of its components again to
write type stubs (.pyi) beside them: half of its import takes that. Where the optional package `mcp`
is installed, it imports that as well, for a server that is off unless asked for: an eighth. And a
start makes objects that stay, among which Python looks for waste again and again: another eighth.
"""

import gc
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import cast

WRITER, FUNCTION = "gradio.component_meta", "create_or_modify_pyi"


@contextmanager
def without_stubs() -> Iterator[None]:
    """Have Gradio, imported in here, write no stubs; one without such a function stays as it is."""
    finder = _Finder()
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


@contextmanager
def without_package(name: str) -> Iterator[None]:
    """Have an optional package seem absent to what is imported in here; no fault if it is."""
    if name in sys.modules:
        yield
        return
    sys.modules[name] = cast(ModuleType, None)  # what `import` takes for absent
    try:
        yield
    finally:
        del sys.modules[name]


@contextmanager
def without_collection() -> Iterator[None]:
    """Look for no waste in here, and afterwards not among what was made in here."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


class _Finder(MetaPathFinder):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Find the module that writes the stubs, and nothing else."""
        spec = PathFinder.find_spec(fullname, path, target) if fullname == WRITER else None
        if spec is not None and spec.loader is not None:
            spec.loader = _Silenced(spec.loader)
        return spec


class _Silenced(Loader):
    def __init__(self, loader: Loader) -> None:
        self._loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """As the loader does."""
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        """As the loader does; then take the writing away."""
        self._loader.exec_module(module)
        if hasattr(module, FUNCTION):
            setattr(module, FUNCTION, _write_nothing)


def _write_nothing(*_: object) -> None:
    pass
