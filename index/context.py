"""What a passage is indexed with beside its own words: its document, topic, askers, questions.

The passage that is shown and quoted stays the slice alone; context only helps to find it.
"""

from corpus.records import Answer, Document, Passage
from index.tokens import fold_name


def embedding_input(answer: Answer, passage: Passage) -> str:
    """Return the text that is embedded for a passage: topic and questions, then the slice.

    What the askers wrote whole, not the bare questions: on the dev questions the right passage
    comes first for .74 of them instead of .68 (the slice alone: .63), by vectors only.
    """
    blocks = " ".join(block.text for block in answer.question_blocks)
    return "\n".join(part for part in (answer.topic, blocks, passage.text) if part)


def lexical_context(document: Document, answer: Answer) -> str:
    """Return the words under which a passage is found too: topic, askers, questions, codes.

    Codes in one piece ("esr8817") beside the way in which the questions write them.
    """
    askers = " ".join(str(asker) for block in answer.question_blocks for asker in block.askers)
    blocks = " ".join(block.text for block in answer.question_blocks)
    codes = " ".join(fold_name(code) for code in (*answer.article_codes, *answer.esr_codes))
    named = " ".join(map(str, answer.askers))
    return "\n".join((document.title, answer.topic, askers or named, blocks, codes))
