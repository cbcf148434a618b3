"""Which model an index was made with: as the manifest says it, and whether it is this one."""

from collections.abc import Mapping
from typing import Any

from index.encoder import Encoder


def describe_model(encoder: Encoder) -> dict[str, str | int]:
    """Return what the manifest says of a model."""
    return {
        "name": encoder.name,
        "fingerprint": encoder.fingerprint,
        "dimension": encoder.dimension,
        "query_prefix": encoder.query_prefix,
        "passage_prefix": encoder.passage_prefix,
    }


def is_made_by(header: Mapping[str, Any], encoder: Encoder) -> bool:
    """Say whether an index holds this model's vectors; a model may have moved, not changed.

    Older versions noted the fingerprint of the whole model.
    """
    made_by = header.get("model")
    own = {**describe_model(encoder), "name": ""}
    return isinstance(made_by, dict) and {**made_by, "name": ""} in (
        own,
        {**own, "fingerprint": encoder.whole_fingerprint},
    )


def read_encoder_fields(header: Mapping[str, Any]) -> tuple[str, str, str] | None:
    """Return name, query prefix and passage prefix of the model that a manifest names, or None."""
    model = header.get("model")
    if not isinstance(model, dict) or not isinstance(model.get("name"), str):
        return None
    return model["name"], str(model.get("query_prefix", "")), str(model.get("passage_prefix", ""))
