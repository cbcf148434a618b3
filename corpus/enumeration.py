"""Several names as one enumeration in Dutch running text."""

from collections.abc import Iterable


def join_names(names: Iterable[str], conjunction: str = "en") -> str:
    """Return "Groen, N-VA (Axel Ronse) en SP.A"; the name itself for one, "" for none."""
    *others, last = tuple(names) or ("",)
    return f"{', '.join(others)} {conjunction} {last}" if others else last
