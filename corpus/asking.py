"""Tell a sentence of an answer that only says that something is asked: "Er wordt een vraag gesteld
bij de uitgaven.".

It names the subject and has nothing on it, so it answers no question. One whose clause says more,
or that tells what is asked of somebody else ("Er wordt een actieplan gevraagd van de
uitgiftemaatschappij"), is none.
"""

import re

_ABOUT = (
    r"(?:over|omtrent|rond|bij|naar|inzake|betreffende|aangaande"
    r"|met betrekking tot|in verband met)"
)
_MEMBER = (
    r"(?:u|men|het lid|de (?:vraagsteller|vraagstelster|spreker|spreekster|fractie)"
    r"|(?:de heer|mevrouw|(?:de )?collega) [\w-]+)"
)
_BESIDE = r"(?:(?:er|ook|hier|verder|vervolgens|nog|tot slot|daarnaast|in (?:de|deze|uw) vraag) )*"
_IS_ASKED = (
    rf"{_BESIDE}(?:word(?:t|en)|werd(?:en)?|is|zijn) {_BESIDE}(?:(?:een|de|enkele) )?"
    rf"(?:vra(?:ag|gen) gesteld|gevraagd|gepeild|geïnformeerd) {_ABOUT}"
)
_ASKS = (
    rf"{_MEMBER} {_BESIDE}(?:vraagt|vroeg|peilt|peilde|informeert|informeerde"
    rf"|stel(?:t|de) {_BESIDE}(?:(?:een|de|enkele) )?vra(?:ag|gen)) {_BESIDE}{_ABOUT}"
)
_IS_ABOUT = (
    r"(?:de|deze|uw|die) vra(?:ag|gen) "
    r"(?:(?:ga(?:at|an)|ging(?:en)?|handel(?:t|en)) over|peil(?:t|en) naar|betreft|betreffen)"
)
_ASKED = re.compile(
    rf"(?:[-•] )?(?:{_IS_ASKED}|{_ASKS}|{_IS_ABOUT}) (?P<subject>[^,;:()]+)", re.IGNORECASE
)
_SAYS_MORE = re.compile(
    r"\b(?:is|zijn|was|waren|word(?:t|en)|werd(?:en)?|he(?:eft|bben)|had(?:den)?|ka?n|kunnen"
    r"|za?l|zullen|zou(?:den)?|moe(?:t|ten)|mag|mogen|ga(?:at|an)|da(?:alt|len)|stijg(?:t|en)"
    r"|bedra(?:agt|gen)|kom(?:t|en)|die|dat|waar\w*|omdat|want|maar)\b",
    re.IGNORECASE,
)
"""A verb or a clause beside the one that tells of the asking."""


def only_asks(sentence: str) -> bool:
    """Say whether a sentence does no more than tell that something was asked."""
    told = _ASKED.fullmatch(sentence.strip().rstrip(".…"))
    return told is not None and not _SAYS_MORE.search(told["subject"])
