"""What a visitor's browser keeps: records, each under a name of its own, ordered by `plaats`.

Every window sends the records that it knows; the answer is never the whole but what changed
(`difference`), which `page/memory.js` applies to what is kept by then. So what one window adds
stays, whatever another one, that doesn't know of it, adds, moves or removes.
"""

import json
import time
from collections.abc import Mapping, Sequence
from typing import Any

Record = dict[str, Any]
"""JSON, with the name `id` and the number `plaats` (a moment in microseconds, when it is made)."""
Change = dict[str, list[Any]]
"""Records to keep (`nieuw`) or to replace where they still are (`anders`), ids to drop (`weg`)."""
PLACES = 2**52
"""Above every place: a moment of before 2112, which a script still tells from the next one."""
MAX_KEPT_BYTES = 768 * 1024
"""Of all records of one kind as JSON; with a question more they fit in a request."""


def read_records(kept: object) -> list[Record]:
    """Return the records that a browser sent; what isn't one is left out."""
    found = kept if isinstance(kept, list) else []
    return [dict(one) for one in found if isinstance(one, Mapping) and _is_record(one)]


def next_place(kept: Sequence[Record] = ()) -> int:
    """Return a place after all of these, and after those of any moment before."""
    return max([time.time_ns() // 1000, *(int(one["plaats"]) + 1 for one in kept)])


def difference(before: Sequence[Record], after: Sequence[Record]) -> Change:
    """Return what must change in `before`, as the window knew it, for it to become `after`."""
    known = {one["id"]: one for one in before}
    left = {one["id"] for one in after}
    return {
        "nieuw": [one for one in after if one["id"] not in known],
        "anders": [one for one in after if known.get(one["id"], one) != one],
        "weg": [name for name in known if name not in left],
    }


def size_of(records: Sequence[Record]) -> int:
    """Return how many bytes records take in a request."""
    return len(json.dumps(records, ensure_ascii=False).encode("utf-8", errors="replace"))


def _is_record(fields: Mapping[str, Any]) -> bool:
    return isinstance(fields.get("id"), str) and _is_place(fields.get("plaats"))


def _is_place(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return 0 <= value < PLACES
