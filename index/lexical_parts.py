"""One part of a lexical index: the postings of the passages that were added together.

Stems have ids in the order in which parts brought them in, so an id never changes. A part keeps
the stems and words that are new with it.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.arrays import Buffer, open_arrays, pack_arrays
from index.compounds import MIN_COMPOUND, split_compound
from index.postings import Postings, make_postings
from index.stems import content_tokens, stem_word

FIELDS = ("text", "context")
NAMES_FILE = "lexical.json"
NUMBERS_FILE = "lexical.safetensors"


@dataclass(frozen=True, slots=True)
class LexicalPart:
    """`count` passages: their postings by field, and in how many of them each of the stems `held`
    (ascending ids) stands in either field: `frequencies`."""

    stems: tuple[str, ...]
    words: tuple[str, ...]
    count: int
    held: NDArray[np.int32]
    frequencies: NDArray[np.int32]
    fields: Mapping[str, Postings]


def make_part(
    texts: Sequence[str],
    contexts: Sequence[str],
    known_stems: Sequence[str] = (),
    known_words: Collection[str] = (),
) -> LexicalPart:
    """Index passages by their text and their context, of equal number (0 is fine).

    Args:
        texts: The passages.
        contexts: What each is found under too.
        known_stems: Those of the parts before, by their ids.
        known_words: Those of the parts before.

    Raises:
        ValueError: If the numbers of texts and contexts differ.
    """
    if len(texts) != len(contexts):
        raise ValueError(f"{len(texts)} texts, but {len(contexts)} contexts")
    tokens = [[content_tokens(text) for text in field] for field in (texts, contexts)]
    words = sorted({token for field in tokens for found in field for token in found})
    stem_of = {word: stem_word(word) for word in words}
    ids = {stem: row for row, stem in enumerate(known_stems)}
    fresh = sorted({stem for stem in stem_of.values() if stem not in ids})
    ids |= {stem: row for row, stem in enumerate(fresh, len(ids))}
    own = {word: _expand(stem, ids) for word, stem in stem_of.items()}
    rows = [[_to_ids(found, own) for found in field] for field in tokens]
    both = [
        [*set(text), *set(context).difference(text)] for text, context in zip(*rows, strict=True)
    ]
    held, frequencies = np.unique([row for found in both for row in found], return_counts=True)
    seen = frozenset(known_words)
    return LexicalPart(
        stems=tuple(fresh),
        words=tuple(word for word in words if word.isalpha() and word not in seen),
        count=len(texts),
        held=held.astype(np.int32),
        frequencies=frequencies.astype(np.int32),
        fields=dict(zip(FIELDS, map(make_postings, rows), strict=True)),
    )


def pack_part(part: LexicalPart) -> dict[str, bytes]:
    """Return a part as two files: its words in JSON, its numbers in plain arrays."""
    arrays = {"held": part.held, "frequencies": part.frequencies}
    for field in FIELDS:
        arrays |= part.fields[field].to_arrays(field)
    return {
        NAMES_FILE: pack_names([part], part.count),
        NUMBERS_FILE: pack_arrays(**arrays),
    }


def pack_names(parts: Sequence[LexicalPart], count: int) -> bytes:
    """Return the words of some parts as those of one part with `count` passages, in JSON."""
    stems = [stem for part in parts for stem in part.stems]
    words = [word for part in parts for word in part.words]
    return json.dumps({"count": count, "stems": stems, "words": words}, ensure_ascii=False).encode()


def open_part(files: Mapping[str, Buffer]) -> LexicalPart:
    """Read what `pack_part` gave.

    Raises:
        ValueError: If the bytes aren't JSON or arrays.
        KeyError: If a file or one of its parts is missing.
    """
    names = json.loads(files[NAMES_FILE][:])
    arrays = open_arrays(files[NUMBERS_FILE])
    return LexicalPart(
        stems=tuple(names["stems"]),
        words=tuple(names["words"]),
        count=names["count"],
        held=arrays["held"],
        frequencies=arrays["frequencies"],
        fields={field: Postings.from_arrays(arrays, field) for field in FIELDS},
    )


def _expand(stem: str, ids: Mapping[str, int]) -> tuple[int, ...]:
    """Return the id of a stem, then those of its parts if it is a compound of known ones."""
    parts = split_compound(stem, ids, stem_word) if len(stem) >= MIN_COMPOUND else ()
    return tuple(ids[part] for part in (stem, *parts))


def _to_ids(words: Iterable[str], own: Mapping[str, tuple[int, ...]]) -> list[int]:
    return [row for word in words for row in own[word]]
