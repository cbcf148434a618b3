"""What commands do alike: read the filters among their options, and write JSON."""

import json
from argparse import Namespace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.filters import Filters


def as_json(data: object) -> str:
    """Return JSON on one line; letters stay as they are."""
    return json.dumps(data, ensure_ascii=False)


def filters_of(options: Namespace) -> "Filters":
    """Return the filters that the options name; not every command has one for documents."""
    from index.filters import Filters

    return Filters(
        parties=tuple(options.party),
        members=tuple(options.member),
        topics=tuple(options.topic),
        documents=tuple(getattr(options, "document", ())),
    )
