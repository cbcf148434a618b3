"""The names of an index's files: those of the first part as they are, of part n with n behind."""

from collections.abc import Iterator, Mapping, Sequence

from index.arrays import Buffer

Files = Mapping[str, Buffer]


class _Part(Mapping[str, Buffer]):
    """The files of one part by their plain names; each is looked up when it is asked for."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._names: dict[str, str] = {}

    def name(self, plain: str, full: str) -> None:
        """Say what a file is called among all."""
        self._names[plain] = full

    def __getitem__(self, plain: str) -> Buffer:
        return self._files[self._names[plain]]

    def __contains__(self, plain: object) -> bool:
        return plain in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def name_in_part(name: str, part: int) -> str:
    """Return the name of a file of a part, numbered from 0."""
    return f"{name}.{part}" if part else name


def split_parts(files: Files) -> Sequence[Files]:
    """Return the files of each part, by their plain names; no file is read for it.

    Raises:
        KeyError: If there are no files, or a part is missing.
    """
    parts: dict[int, _Part] = {}
    for full in files:
        plain, _, number = full.rpartition(".")
        is_further = number.isdecimal()
        part = parts.setdefault(int(number) if is_further else 0, _Part(files))
        part.name(plain if is_further else full, full)
    return [parts[number] for number in range(max(len(parts), 1))]
