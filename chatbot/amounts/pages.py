"""The page of a place in a question block, which knows only its first and last page."""

from corpus.records import UNKNOWN_PAGE, Document, QuestionBlock

_WINDOWS = (80, 40, 20, 10)  # characters of context that must stand on the page, white space apart
_IGNORED = dict.fromkeys(map(ord, "-‐‑\u00ad"), None)


def page_in_block(document: Document, block: QuestionBlock, start: int, end: int) -> int:
    """Return the page of `block.text[start:end]`; 0 where it can't be told.

    The words before it, or those after it, are looked up on the pages of the block; with enough
    words they stand on one page only.
    """
    if block.page_start == block.page_end:
        return block.page_start
    pages = {
        page.number: _squeeze(" ".join(page.lines))
        for page in document.pages
        if block.page_start <= page.number <= block.page_end
    }
    for window in _WINDOWS:
        before = _squeeze(block.text[max(start - window, 0) : end])
        after = _squeeze(block.text[start : end + window])
        found = [number for number, text in pages.items() if before in text or after in text]
        if len(found) == 1:
            return found[0]
    return UNKNOWN_PAGE


def _squeeze(text: str) -> str:
    """Return the text without white space and hyphens: breaks at line ends make no difference."""
    return "".join(text.translate(_IGNORED).split())
