"""Split running text into sentences, by Dutch rules.

A sentence ends at . ? ! or … (with closing quotes or brackets) before white space and something
that can start a sentence, and at every newline; a list item is a sentence of its own. It does not
end after an abbreviation, an initial or a list number.
"""

import re

_END = re.compile(r"[.?!…]+[”\"'’)\]»]*(?=\s+[\"“‘'(\[«]*[A-ZÀ-Þ0-9•])")
ABBREVIATIONS = (
    "alg|art|bijv|blz|bv|ca|cfr|cf|dd|dhr|dr|drs|evt|excl|fig|hfst|incl|ing|ir|jl|max|mbt|mej|mevr|"
    "mgr|min|miv|mln|mr|mrd|mw|nl|nr|nrs|p|pag|par|prof|resp|st|tel|vb|vgl|vlgs|vnl|zgn"
)
"""Pattern of the abbreviations of Dutch official prose after which a point ends no sentence. "enz."
and "etc." mostly do end one."""
_ABBREVIATION = re.compile(rf"(?:[a-z](?:\.[a-z])+|{ABBREVIATIONS})", re.IGNORECASE)
"""The same, and letters with points between ("o.a.", "t.e.m.")."""
_LAST_WORD = re.compile(r"(?<![\w.])([\w.]+)\.$")
_LIST_NUMBER = re.compile(r"\d{1,2}\.|[A-Za-z]\.")


def split_sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Return (start, end) of each sentence: ordered, apart, without outer white space.

    Every character that is not white space belongs to exactly one sentence.
    """
    spans: list[tuple[int, int]] = []
    for line in re.finditer(r"[^\n]+", text):
        start = line.start()
        for end in _ends(line[0]):
            _add(spans, text, start, line.start() + end)
            start = line.start() + end
        _add(spans, text, start, line.end())
    return tuple(spans)


def _ends(line: str) -> list[int]:
    ends = [0]
    for match in _END.finditer(line):
        if not _is_abbreviation(line[ends[-1] : match.end()], match[0]):
            ends.append(match.end())
    return ends[1:]


def _is_abbreviation(sentence: str, mark: str) -> bool:
    """Tell whether the point that ends a stretch of text belongs to its last word or number."""
    if mark != ".":
        return False
    if _LIST_NUMBER.fullmatch(sentence.strip()):
        return True
    word = _LAST_WORD.search(sentence[-40:])
    if not word:
        return False
    last = word[1]
    return bool(_ABBREVIATION.fullmatch(last)) or (len(last) == 1 and last.isupper())


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    if piece.strip():
        leading = len(piece) - len(piece.lstrip())
        spans.append((start + leading, start + len(piece.rstrip())))
