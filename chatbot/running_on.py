"""Tell where a list goes on that a quote holds only the first items of.

A quote ends at the latest where its passage does, and a long list runs on in the next one.
"""

import re

from chatbot.places import Place, place_of_words
from chatbot.reply import page_span
from corpus.list_items import is_list_item
from index.search import Hit

LEAST_ITEMS = 2
"""Items from which a quote is a list: of one that is quoted by itself the next isn't missed."""
_NEXT_LINE = re.compile(r"\s*\n(?P<line>.+)")


def rest_of_list(hit: Hit) -> Place | None:
    """Return the item after the quote, where that ends with its passage in a list or leads one in;
    else None."""
    end = hit.passage.start + hit.quote_end
    following = _NEXT_LINE.match(hit.answer.text, end)
    is_cut = not hit.passage.text[hit.quote_end :].strip()
    if following is None or not is_cut or not (_leads_in(hit) or _ends_in_list(hit)):
        return None
    line = following["line"]
    return place_of_words(hit.answer, following.start("line"), line) if is_list_item(line) else None


def runs_on(hit: Hit, rest: Place) -> str:
    """Return what is said of the rest of a list: "De opsomming gaat verder op p. 12"."""
    pages = page_span(*hit.answer.pages_of(rest.start, rest.end))
    verb = "staat" if _leads_in(hit) else "gaat verder"
    return f"De opsomming {verb} {f'op {pages}' if pages else 'in het antwoord'}"


def _leads_in(hit: Hit) -> bool:
    return hit.quote.endswith(":")


def _ends_in_list(hit: Hit) -> bool:
    items = [is_list_item(line) for line in hit.quote.split("\n")]
    return items[-1] and sum(items) >= LEAST_ITEMS
