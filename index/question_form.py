"""Read a question alike however it is typed: with or without "?", with a capital or in capitals.

A network that learns from written questions learns from their form too: all of those without a
question mark were answered, so that without one a reply seemed surer. On the questions for choosing
that stand alone, put without it, one in three adversarial ones got an answer, with it one in ten.
A verifier trained on questions in this one form told no better (AUROC .955, the shipped one .959).
"""

import re

from index.stopwords import ASKING_WORDS, STOP_WORDS

FUNCTION_WORDS = STOP_WORDS | ASKING_WORDS
_END = re.compile(r"[\s?!.…]+$")


def as_question(text: str) -> str:
    """Return a question as the model reads it: with a capital, and with one question mark."""
    bare = _END.sub("", text.strip())
    return f"{bare[:1].upper()}{bare[1:]}?" if bare else text


def without_capitals(text: str) -> str:
    """Return a text in lower case where it is typed in capitals: all of it, function words among
    them; any other text as it is, since an acronym alone is in capitals too."""
    if not text.isupper():
        return text
    lower = text.lower()
    says_more = not FUNCTION_WORDS.isdisjoint(re.findall(r"\w+", lower))
    return lower if says_more else text
