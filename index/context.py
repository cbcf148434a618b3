"""What a passage is indexed with beside its own words: its document, topic, askers, questions.

The passage that is shown and quoted stays the slice alone; context only helps to find it.
"""

from collections.abc import Iterable, Mapping

from corpus.acronyms import find_acronyms
from corpus.records import Answer, Document, Passage
from index.tokens import fold, fold_name, tokenise

Acronyms = tuple[tuple[str, str, str, str], ...]
"""Of each acronym: itself, what it stands for, and both folded; itself to letters and digits alone,
as the whole of a run is a token."""


def embedding_input(answer: Answer, passage: Passage) -> str:
    """Return the text that is embedded for a passage: topic and questions, then the slice.

    What the askers wrote whole, not the bare questions: on the dev questions the right passage
    comes first for .74 of them instead of .68 (the slice alone: .63), by vectors only.
    """
    blocks = " ".join(block.text for block in answer.question_blocks)
    return "\n".join(part for part in (answer.topic, blocks, passage.text) if part)


def lexical_context(document: Document, answer: Answer, acronyms: Acronyms) -> str:
    """Return the words under which a passage is found too: topic, askers, questions, codes, and
    for each acronym of the answer what it stands for, or the other way round.
    """
    askers = " ".join(str(asker) for block in answer.question_blocks for asker in block.askers)
    blocks = " ".join(block.text for block in answer.question_blocks)
    codes = " ".join((*answer.article_codes, *answer.esr_codes))
    named = " ".join(map(str, answer.askers))
    spelled = _other_spellings(f"{answer.topic}\n{blocks}\n{answer.text}", acronyms)
    return "\n".join((document.title, answer.topic, askers or named, blocks, codes, spelled))


def learn_acronyms(answers: Iterable[Answer], known: Mapping[str, str] = {}) -> dict[str, str]:
    """Return what the acronyms stand for that any of the answers, or its topic, explains; what is
    known already goes before."""
    found = dict(known)
    for answer in answers:
        asked = (block.text for block in answer.question_blocks)
        for text in (answer.topic, answer.text, *asked):
            for acronym, meaning in find_acronyms(text).items():
                found.setdefault(acronym, meaning)
    return found


def fold_acronyms(acronyms: Mapping[str, str]) -> Acronyms:
    """Return acronyms and meanings ready to be looked for in folded text."""
    return tuple((a, m, fold_name(a), fold(m)) for a, m in acronyms.items())


def _other_spellings(text: str, acronyms: Acronyms) -> str:
    """Return the meaning of each acronym that a text uses, and the acronym of each meaning."""
    folded = fold(text)
    words = set(tokenise(text))
    meanings = [m for _, m, short, long in acronyms if short in words and long not in folded]
    short = [a for a, _, short, long in acronyms if short not in words and long in folded]
    return " ".join((*meanings, *short))
