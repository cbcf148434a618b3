"""Texts to rows of token ids, bare or between the marks that a transformer expects.

The tokenizer is XLM-R's: a Unigram model (Kudo 2018, "Subword regularization") over words that
begin with a bar. Its table of normalised signs is left out for Unicode's own NFKC, which it is made
after; capitals and accents stay.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

Row = tuple[int, ...]

START, PAD, END, UNKNOWN = MARKS = ("<s>", "<pad>", "</s>", "<unk>")
"""The first pieces of every vocabulary, the teacher's and ours, in this order."""
START_ID, PAD_ID, END_ID, UNKNOWN_ID = range(4)
WORD = "▁"
"""What a piece begins with that begins a word."""
MAX_READ = 1024
"""Tokens of a text that are kept; a long answer is met from every side in that."""


@dataclass(frozen=True, slots=True)
class TokenReader:
    """Reads texts with a tokenizer that cuts and pads nothing."""

    tokenizer: Tokenizer

    def read(self, texts: Sequence[str]) -> tuple[Row, ...]:
        """Return the token ids of each text, without marks, no more than MAX_READ."""
        found = self.tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return tuple(tuple(text.ids[:MAX_READ]) for text in found)


def open_tokenizer(folder: Path) -> Tokenizer:
    """Open the tokenizer of a finished model, cutting and padding nothing."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
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
        [normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " ")]
    )
    words = pre_tokenizers.Metaspace(replacement=WORD, prepend_scheme="always")
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), words])
    tokenizer.decoder = decoders.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{START} $A {END}",
        pair=f"{START} $A {END} {END} $B {END}",
        special_tokens=[(START, START_ID), (END, END_ID)],
    )
    tokenizer.add_special_tokens(list(MARKS))
    return tokenizer
