"""Keep a follow-up with the answer that the turns before it were about.

"Welke zender zond de reportage uit? Op welke datum was dat?" The second question says nothing of
its own subject, so any passage with a date is as like it as the right one. What the turns before it
are answered with says where to look, as far as the search is sure of that.
"""

from dataclasses import replace

from index.arrays import Rows
from index.confidence import estimate_confidence
from index.contents import Index
from index.quotes import choose_quotes
from index.ranking import rank_passages
from index.reading import Reading, Thread


def follow_thread(index: Index, reading: Reading, allowed: Rows | None) -> Reading:
    """Return a question with the answer, of the allowed rows (None: all), to what was said before
    it; one that nothing was said before is returned as it is."""
    before = reading.before
    if before is None:
        return reading
    ranking = rank_passages(index, before, allowed)
    if not len(ranking.rows):
        return reading
    passage = index.passages[ranking.rows[0]]
    (quote,) = choose_quotes(index, before, ranking.rows[:1])
    confidence = estimate_confidence(index, before, ranking, quote)
    return replace(reading, thread=Thread((passage.document_id, passage.answer_id), confidence))
