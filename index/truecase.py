"""Give names that are typed in lower case their capitals back: "vdab" is read as "VDAB".

That a passage lacks a name of the question says more than that it lacks another word, and names
are told by their capitals. The casing of a word is the one that it mostly has in Dutch text
(truecasing by unigram: Lita, Ittycheriah, Roukos and Kambhatla 2003, section 3.1); the names in
`names.txt` were counted by `python -m index.train.casing` in sources on the model card.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from index.answer_type import NAME

NAMES = Path(__file__).parent / "names.txt"
WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


def restore_names(text: str) -> str:
    """Return a text with capitals on its names; one in which a word has a capital, but for the
    first of a sentence, as it is."""
    if NAME.search(text):
        return text
    return WORD.sub(lambda word: _read_names().get(word[0].lower(), word[0]), text)


@lru_cache(maxsize=1)
def _read_names() -> Mapping[str, str]:
    return {name.lower(): name for name in NAMES.read_text(encoding="utf-8").splitlines()}
