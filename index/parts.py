"""The names of an index's files: those of the first part as they are, of part n with n behind."""

from collections.abc import Mapping, Sequence

from index.arrays import Buffer

Files = Mapping[str, Buffer]


def name_in_part(name: str, part: int) -> str:
    """Return the name of a file of a part, numbered from 0."""
    return f"{name}.{part}" if part else name


def split_parts(files: Files) -> Sequence[Files]:
    """Return the files of each part, by their plain names.

    Raises:
        KeyError: If there are no files, or a part is missing.
    """
    parts: dict[int, dict[str, Buffer]] = {}
    for name, data in files.items():
        plain, _, number = name.rpartition(".")
        if number.isdecimal():
            parts.setdefault(int(number), {})[plain] = data
        else:
            parts.setdefault(0, {})[name] = data
    return [parts[number] for number in range(max(len(parts), 1))]
