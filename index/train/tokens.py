"""Texts to rows of token ids, bare or between the marks that a transformer expects.

The tokenizer is XLM-R's: a Unigram model (Kudo 2018, "Subword regularization") over words that
begin with a bar. Its table of normalised signs is left out for Unicode's own NFKC, which it is made
after; capitals and accents stay.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

from index.train.pairs import DataError

Row = tuple[int, ...]

START, PAD, END, UNKNOWN = MARKS = ("<s>", "<pad>", "</s>", "<unk>")
"""The first pieces of every vocabulary, the teacher's and ours, in this order."""
START_ID, PAD_ID, END_ID, UNKNOWN_ID = range(4)
WORD = "▁"
"""What a piece begins with that begins a word."""
MAX_READ = 1024
"""Tokens of a text that are kept."""
UNSEEN = "[\\u00ad\\u200b-\\u200f\\u2060\\ufeff]"
"""Signs without width, soft hyphens among them: no part of a word."""


@dataclass(frozen=True, slots=True)
class TokenReader:
    """Reads texts with a tokenizer that cuts and pads nothing."""

    tokenizer: Tokenizer

    def read(self, texts: Sequence[str]) -> tuple[Row, ...]:
        """Return the token ids of each text, without marks, no more than MAX_READ."""
        found = self.tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return tuple(tuple(text.ids[:MAX_READ]) for text in found)


def open_tokenizer(folder: Path) -> Tokenizer:
    """Open the tokenizer of a finished model, cutting and padding nothing.

    Raises:
        DataError: If its marks are others than those of this recipe.
    """
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    if tuple(map(tokenizer.id_to_token, range(len(MARKS)))) != MARKS:
        raise DataError(f"{folder}: the vocabulary doesn't begin with {' '.join(MARKS)}")
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def finish(row: Row) -> Row:
    """Return a bare row between its marks, as the model takes it; an empty one as an unknown."""
    return (START_ID, *(row or (UNKNOWN_ID,)), END_ID)


def make_tokenizer(pieces: Sequence[str], scores: Sequence[float]) -> Tokenizer:
    """Return the tokenizer of these pieces, that puts the marks at both ends by itself.

    Args:
        pieces: The marks, then all others; a piece's place is its id.
        scores: The logarithm of each piece's probability.
    """
    listed = list(zip(pieces, map(float, scores), strict=True))
    tokenizer = Tokenizer(models.Unigram(listed, unk_id=UNKNOWN_ID, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.Replace(Regex(UNSEEN), ""),
            normalizers.Replace(Regex(rf"[\s\x00-\x1f\x7f{WORD}]+"), " "),
        ]
    )
    words = pre_tokenizers.Metaspace(replacement=WORD, prepend_scheme="always")
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), words])
    tokenizer.decoder = decoders.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{START} $A {END}",
        special_tokens=[(START, START_ID), (END, END_ID)],
    )
    tokenizer.add_special_tokens(list(MARKS))
    return tokenizer
