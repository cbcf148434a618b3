"""Texts to rows of token ids, bare or between the marks that a transformer expects."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer
from tokenizers.processors import TemplateProcessing

from index.train.batches import Row
from index.train.bert import END, START

MAX_READ = 1024
"""Tokens of a text that are kept; a long answer is met from every side in that."""


@dataclass(frozen=True, slots=True)
class TokenReader:
    """A tokenizer, and what goes before and after every row (nothing, for a table)."""

    tokenizer: Tokenizer
    before: Row = ()
    after: Row = ()

    def read(self, texts: Sequence[str]) -> tuple[Row, ...]:
        """Return the token ids of each text, without marks, no more than MAX_READ."""
        found = self.tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return tuple(tuple(text.ids[:MAX_READ]) for text in found)

    def finish(self, row: Row) -> Row:
        """Return a row as the model takes it; an empty one as a single unknown token."""
        return (*self.before, *(row or (self.tokenizer.get_vocab()["[UNK]"],)), *self.after)


def open_tokenizer(folder: Path) -> Tokenizer:
    """Open the tokenizer of a model's folder, cutting and padding nothing."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def marked_reader(tokenizer: Tokenizer) -> TokenReader:
    """Return a reader that puts a transformer's marks at both ends."""
    vocabulary = tokenizer.get_vocab()
    return TokenReader(tokenizer, (vocabulary[START],), (vocabulary[END],))


def with_marks(tokenizer: Tokenizer) -> Tokenizer:
    """Return a copy that puts a transformer's marks at both ends by itself."""
    ends = [(mark, tokenizer.get_vocab()[mark]) for mark in (START, END)]
    copy = Tokenizer.from_str(tokenizer.to_str())
    copy.post_processor = TemplateProcessing(single=f"{START} $A {END}", special_tokens=ends)
    return copy
