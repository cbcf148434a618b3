"""Join the lines of a document into running text and keep the page of every character.

Words that were broken at a line end are mended: "veiligheids- / maatregelen" becomes one word,
"RSZ- / doelgroepverminderingen" keeps its hyphen, "welzijns- / en zorgvoorzieningen" its hyphen
and its space. Web addresses that were broken are joined without a space.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.lines import Line, normalise_target
from corpus.list_items import is_list_item
from corpus.records import PageStart

_ELLIPSIS = re.compile(r"(?:en|of|tot|als|noch|maar|dan|en/of|respectievelijk)\b")
_URL_TAIL = re.compile(r"(?:https?://|www\.)\S+$", re.IGNORECASE)
_URL_REST = re.compile(r"[\w\-./%?=&#~+:@]+")
_BROKEN_WORD = re.compile(r"(\w[\w'’&/.]*)[-\u2010\u00ad]$")
_WORD_START = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class RunningText:
    """Joined text and where its pages start (ordered, the first at offset 0)."""

    text: str
    page_starts: tuple[PageStart, ...]


@dataclass(frozen=True, slots=True)
class Spelling:
    """What a document tells about its own broken words: the words that it writes whole (folded to
    lower case, with their hyphens) and the targets of its links (normalised)."""

    words: frozenset[str]
    targets: frozenset[str]


def learn_spelling(texts: Iterable[str], link_targets: Iterable[str]) -> Spelling:
    """Collect the whole words of lines, leaving out the broken ones at line ends."""
    words: set[str] = set()
    for text in texts:
        tokens = re.findall(r"\w+(?:-\w+)*-?", text.casefold())
        words.update(token for token in tokens if not token.endswith("-"))
    return Spelling(frozenset(words), frozenset(normalise_target(url) for url in link_targets))


def join_paragraphs(paragraphs: Sequence[Sequence[Line]], spelling: Spelling) -> RunningText:
    """Join lines to paragraphs, and those with a newline; empty input gives an empty text."""
    done: list[str] = []
    length = 0
    text = ""  # of the last line, with the part of a word or address that stood before it
    starts: list[PageStart] = []
    for paragraph in paragraphs:
        for row, line in enumerate(paragraph):
            words = " ".join(line.text.split())
            if row == 0:
                text += "\n" if done or text else ""
            elif line.starts_paragraph is not None:
                text += " "  # a source that tells its paragraphs breaks no words
            else:
                text = _glue(text, words, spelling)
            whole = re.match(r".*\s", text, re.DOTALL)
            if whole:
                done.append(whole[0])
                length += whole.end()
                text = text[whole.end() :]
            if not starts or line.page != starts[-1].page:
                starts.append(PageStart(length + len(text), line.page))
            text += words
    return RunningText("".join([*done, text]), tuple(starts))


def continues_url(before: str, line: str, spelling: Spelling) -> bool:
    """Tell whether a line goes on with the web address that ends the text before it."""
    address = _URL_TAIL.search(before)
    rest = _URL_REST.match(line)
    if not address or not rest or is_list_item(line):
        return False
    whole = normalise_target(address[0] + rest[0])
    if whole in spelling.targets:
        return True
    if normalise_target(address[0]) in spelling.targets:
        return False
    return address[0][-1] in "-_=&%" or rest[0][0] in "-_/?&#" or _is_rest(address[0], line)


def _is_rest(address: str, line: str) -> bool:
    """An address that ends with a slash goes on with a lone token that looks like a path."""
    return address.endswith("/") and " " not in line and bool(re.search(r"[-/.\d]", line[:-1]))


def _glue(before: str, line: str, spelling: Spelling) -> str:
    """Return the text before a line, ready to have that line put after it."""
    word = before[before.rfind(" ") + 1 :].rpartition("\n")[2]
    if continues_url(word, line, spelling):
        return before
    broken = _BROKEN_WORD.search(word)
    following = _WORD_START.match(line)
    if not broken or not following or _ELLIPSIS.match(line):
        return before + " "
    return before if _keeps_hyphen(broken[1], following[0], spelling) else before[:-1]


def _keeps_hyphen(head: str, rest: str, spelling: Spelling) -> bool:
    """A hyphen stays after an acronym, a digit or a letter alone and before a capital or digit;
    otherwise the document's own spelling of the word decides, and without that it goes."""
    if f"{head}{rest}".casefold() in spelling.words:
        return False
    if f"{head}-{rest}".casefold() in spelling.words:
        return True
    last = re.split(r"[^\w]", head)[-1]
    is_acronym = len(last) < 2 or not last.islower()
    return is_acronym or not rest[0].islower()
