"""The overview as text for a terminal: tables with a bar a row."""

from collections.abc import Iterator, Sequence

from chatbot.printable import printable
from chatbot.reply import page_span
from chatbot.workbench.overview import Overview, Tally
from corpus.records import Answer

NOTHING_ASKED = "In deze documenten staat geen enkele vraag."
LEGEND = "█ beantwoord  ▒ deels  ░ open (te controleren: de stand is een voorstel)"
JOINT = "Een vraag van meerdere vragers telt bij elk van hen mee, in het totaal één keer."
HEADER = ("", "vragen", "deelvragen", "beantw.", "deels", "open")
BAR_CHARS = 24  # length of the longest bar
NAME_CHARS = 40  # longer names are cut off
MARKS = "█▒░"


def overview_lines(overview: Overview) -> Iterator[str]:
    """Yield the total, the tables per party, member and topic, and what stands alone."""
    if not overview.total.questions:
        yield NOTHING_ASKED
    else:
        yield from _table("Alles samen", [overview.total])
        yield from _table("Per partij", overview.parties)
        yield from _table("Per lid", overview.members)
        yield from _table("Per onderwerp", overview.topics)
        yield LEGEND
        yield JOINT
    yield from _listed("Onderwerpen met een antwoord zonder vraag", overview.unasked)
    yield from _listed("Vragen zonder antwoord", overview.unanswered)


def _table(title: str, tallies: Sequence[Tally]) -> Iterator[str]:
    if not tallies:
        return
    names = [_cut(printable(tally.name)) for tally in tallies]
    width = max(len(name) for name in (*names, title))
    longest = max(tally.sub_questions for tally in tallies)
    yield f"{title:<{width}}  " + "  ".join(f"{cell:>{len(cell)}}" for cell in HEADER[1:])
    for name, tally in zip(names, tallies, strict=True):
        counts = _counts(tally)
        cells = (f"{count:>{len(cell)}}" for count, cell in zip(counts, HEADER[1:], strict=True))
        yield f"{name:<{width}}  {'  '.join(cells)}  {_bar(tally, longest)}".rstrip()
    yield ""


def _counts(tally: Tally) -> tuple[int, ...]:
    return tally.questions, tally.sub_questions, tally.answered, tally.partial, tally.open


def _bar(tally: Tally, longest: int) -> str:
    """Return a bar of which each part ends where the sum so far does, so that parts never add up to
    more than the whole."""
    sums = (tally.answered, tally.answered + tally.partial, tally.sub_questions)
    ends = [round(BAR_CHARS * part / longest) if longest else 0 for part in sums]
    lengths = (ends[0], ends[1] - ends[0], ends[2] - ends[1])
    return "".join(mark * length for mark, length in zip(MARKS, lengths, strict=True))


def _listed(title: str, answers: Sequence[Answer]) -> Iterator[str]:
    if answers:
        yield f"\n{title}:"
    for answer in answers:
        pages = page_span(answer.page_start, answer.page_end)
        parts = (printable(answer.topic), pages, answer.answer_id)
        yield "  " + " · ".join(part for part in parts if part)


def _cut(name: str) -> str:
    return name if len(name) <= NAME_CHARS else f"{name[: NAME_CHARS - 1]}…"
