"""Make extracted characters into the ones that were typed: what a PDF or Word file does to text for
the sake of its looks is undone, and nothing else.

Ligatures come apart, accents are composed (NFC), hyphens become one hyphen, soft hyphens go except
at a line end (where they break a word), and what can't be shown goes.
"""

import re
import unicodedata

_LIGATURES = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_SAME = str.maketrans(
    {**_LIGATURES, "\u2010": "-", "\u2011": "-", "\t": " ", "\x0b": " ", "\x7f": "•"}
)
"""0x7F prints as a bullet in the encoding of most PDF fonts (ISO 32000, annex D.2)."""
_UNSEEN = re.compile("[\u200b-\u200d\u2060\ufeff\ufff9-\ufffb]|[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_SOFT_HYPHEN_INSIDE = re.compile("\u00ad+(?=.*\\S)")
_SYMBOL_BULLET = re.compile("^(\\s*)[\ue000-\uf8ff](?=\\s|$)")
"""A private character alone at the start of a line: a bullet from a font of symbols."""
_NO_TITLE = re.compile(
    r"\.\w{2,5}$|^Microsoft |^about:"
    r"|^\W*(?:anonymous|unspecified|(?:(?:untitled|naamloos|word)[ -]?)?document|untitled|naamloos)"
    r"\W*\d*$",
    re.IGNORECASE,
)
"""The name of a file, and what programs fill in: "(anonymous)", "Naamloos document 1"."""
_UNREADABLE = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]")


def clean_line(text: str) -> str:
    """Return one line as it was typed; outer white space is kept."""
    paired = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    shown = _SYMBOL_BULLET.sub(r"\1•", paired)
    cleaned = _UNSEEN.sub("", shown.translate(_SAME))
    return unicodedata.normalize("NFC", _SOFT_HYPHEN_INSIDE.sub("", cleaned))


def without_halves(text: str) -> str:
    """Return text with "?" for each half of a character (a lone surrogate, which UTF-8 can't hold):
    JSON can name one, and the name of a file that isn't UTF-8 holds them."""
    return text.encode("utf-8", "replace").decode("utf-8")


def clean_title(title: str | None) -> str:
    """Return the title in a file's properties, white space made plain; "" for none, the name of a
    file, or what a program fills in by itself."""
    words = " ".join(clean_line(title or "").split())
    return "" if _NO_TITLE.search(words) else words


def unreadable_share(text: str) -> float:
    """Return the share of characters (0 to 1, white space left out) that stand for no letter:
    the replacement character, private ones and control characters."""
    dense = "".join(text.split())
    return len(_UNREADABLE.findall(dense)) / len(dense) if dense else 0.0
