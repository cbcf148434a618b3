"""What of a passage may be quoted: a sentence, two that follow one another (a fact and its reason,
when asked why, as if they were one), or a whole list with the sentence that leads it in.

A heading, what leads in a list, or a sentence that only points elsewhere is never quoted alone, as
long as there is another.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpus.asking import only_asks
from index.answer_type import points_to_reason, wants_list, wants_reason
from index.lists import ITEM, Span, find_led_in, find_lists, leads_in

LIST_WEIGHT = 0.3
"""What it counts that a quote is a whole list, where one is wanted."""
SECOND_SENTENCE = 0.15
"""What a second sentence costs."""
POINTING_SECOND = 0.1
"""What it costs when it points back, and so can't well be quoted by itself."""
MAX_BARE_WORDS = 8
"""Of a heading, or a sentence that only points elsewhere; a longer one may tell something."""
REFERRING = re.compile(r"\(?zie\b", re.IGNORECASE)
"""How a sentence begins that points elsewhere: "Zie ook het hiernavolgend antwoord."."""


class Option(NamedTuple):
    """What may be quoted, from the first sentence to the last, by their places in the passage, and
    what is added to its score."""

    first: int
    last: int
    extra: float


def list_options(
    text: str, spans: Sequence[Span], pointing: Sequence[bool], query: str
) -> list[Option]:
    """Return what may be quoted of a passage; at least one, where it has sentences.

    Args:
        text: The passage.
        spans: Its sentences.
        pointing: Which of them point back to the one before.
        query: The question.
    """
    led_in = find_led_in(text, spans)
    return [
        *_whole_lists(text, spans, led_in, wants_list(query)),
        *(_facts_with_reasons(text, spans) if wants_reason(query) else ()),
        *_sentences(text, spans, led_in, pointing),
    ]


def _sentences(
    text: str, spans: Sequence[Span], led_in: Sequence[Span], pointing: Sequence[bool]
) -> Iterator[Option]:
    """Yield each sentence and each pair that tells something; `pointing` says which sentences point
    back. What leads in a list goes with all its items or not at all."""
    told = [not _is_bare(text, span) for span in spans]
    telling = _find_telling(text, spans, told)
    leads = {first for first, last in led_in if last > first + 1}
    yield from (Option(row, row, 0.0) for row, tells in enumerate(telling) if tells)
    for row in range(1, len(pointing)):
        is_cut = row - 1 in leads or leads_in(text, spans[row])
        if telling[row] and told[row - 1] and not is_cut:
            yield Option(row - 1, row, -(POINTING_SECOND if pointing[row] else SECOND_SENTENCE))


def _find_telling(text: str, spans: Sequence[Span], told: Sequence[bool]) -> Sequence[bool]:
    """Say which sentences tell something by themselves: those that aren't bare (`told`) and lead
    nothing in; where there are none, those that aren't bare, or else all."""
    telling = [tells and not leads_in(text, span) for tells, span in zip(told, spans, strict=True)]
    return next(filter(any, (telling, told)), [True] * len(spans))


def _is_bare(text: str, span: Span) -> bool:
    """Say whether a sentence tells nothing by itself: it only says what is asked, or points to
    another answer, or it is a heading, a short line by itself that holds no number and doesn't end
    as a sentence."""
    own = text[slice(*span)]
    if only_asks(own):
        return True
    if len(own.split()) > MAX_BARE_WORDS or ITEM.match(own):
        return False
    if REFERRING.match(own):
        return True
    is_line = text[: span[0]][-1:] in ("", "\n") and text[span[1] :][:1] in ("", "\n")
    return is_line and own[-1].isalpha() and not any(map(str.isdigit, own))


def _whole_lists(
    text: str, spans: Sequence[Span], led_in: Sequence[Span], is_wanted: bool
) -> Iterator[Option]:
    """Yield each list that is wanted, or that a colon leads in."""
    for first, last in dict.fromkeys((*find_lists(text, spans), *led_in)):
        if is_wanted or leads_in(text, spans[first]):
            yield Option(first, last, LIST_WEIGHT if is_wanted else 0.0)


def _facts_with_reasons(text: str, spans: Sequence[Span]) -> Iterator[Option]:
    """Yield each sentence with the one before it that tell why together."""
    for row in range(1, len(spans)):
        if points_to_reason(text[slice(*spans[row])]):
            yield Option(row - 1, row, 0.0)
