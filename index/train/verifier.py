"""`python -m index.train.verifier --data FOLDER --out FOLDER`: train the verifier of a model.

On written questions: which of them their own passage answers, and which near ones it doesn't.
Those that the model was refined on (`index/train/written`), and those on passages that it never saw
(`UNSEEN`), as it never saw the documents that will be asked about; they count `UNSEEN_TIMES` times.
The passages held back for choosing (`eval.written`) stay unseen by both, so that the confidence is
fitted on verdicts as they will be. For
those who make the model: messages are in English; exit status 1 for data that can't be used. Run it
again when the model changes: it reads that model's tokens.
"""

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from index.arrays import pack_arrays
from index.encoder import BUNDLED_NAME, Encoder
from index.token_codes import SCALE, TOKEN_DIMENSION, Codes, split_tokens
from index.train.pairs import DataError, read_entries
from index.train.reporting import report
from index.train.steps import Plan, draw, rate_at
from index.train.written.questions import UNSEEN, Written, read_written
from index.verifier import HEADS, INPUTS, PRODUCT, VERIFIER

WIDTH = 160
"""Numbers per token inside. On held-out passages (AUROC of answered against near) .956; 96 numbers
.954, and as good as two layers with heads of their own on the passage."""
DROPOUT = 0.15
UNSEEN_TIMES = 2
"""What a question counts on a passage that the model hasn't seen. Without these .951."""
RATE, DECAY = 1e-3, 0.05
WARM_UP = 0.06
"""Share of the steps in which the rate grows."""
SHARPNESS = 20.0
LONGEST = 256
"""Tokens of a passage that are read in training."""
TOGETHER = 512
"""Texts that are encoded at a time."""
MASKED = -1e9


@dataclass(frozen=True, slots=True)
class Pair:
    """The tokens of a question and of a passage, and whether it answers the question."""

    asked: Codes
    passage: Codes
    is_answered: bool


class VerifierModel(nn.Module):
    """`index.verifier.Verifier`, for many pairs at a time."""

    def __init__(self) -> None:
        super().__init__()
        self.sharpness = nn.Parameter(torch.tensor([SHARPNESS]))
        self.read = nn.Linear(INPUTS, WIDTH)
        self.before, self.between, self.after = (nn.LayerNorm(WIDTH) for _ in range(3))
        self.attend, self.attended = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.widen, self.narrow = nn.Linear(WIDTH, 2 * WIDTH), nn.Linear(2 * WIDTH, WIDTH)
        self.verdict = nn.Linear(WIDTH, 1)
        self.drop = nn.Dropout(DROPOUT)

    def forward(self, asked: Tensor, is_asked: Tensor, passage: Tensor, is_there: Tensor) -> Tensor:
        """Return the logit of each pair, (n,).

        Args:
            asked: Tokens of the questions, (n, q, TOKEN_DIMENSION), with 0 past their ends.
            is_asked: Which of them are there, bool (n, q).
            passage: Tokens of the passages, (n, p, TOKEN_DIMENSION).
            is_there: Which of them are there, bool (n, p).
        """
        cosines = (asked @ passage.transpose(1, 2)).masked_fill(~is_there[:, None], -1)
        found = torch.softmax(self.sharpness * cosines, -1) @ passage
        best = cosines.max(-1, keepdim=True).values
        states = self.drop(self.read(torch.cat([asked, found, PRODUCT * asked * found, best], -1)))
        states = states + self.drop(self.attended(self._attend(self.before(states), is_asked)))
        wide = self.drop(functional.relu(self.widen(self.between(states))))
        states = self.after(states + self.drop(self.narrow(wide)))
        counts = is_asked.to(states.dtype)[..., None]
        logits: Tensor = self.verdict((states * counts).sum(1) / counts.sum(1))
        return logits.squeeze(-1)

    def _attend(self, states: Tensor, is_asked: Tensor) -> Tensor:
        count, length, _ = states.shape
        parts = self.attend(states).view(count, length, 3, HEADS, -1).permute(2, 0, 3, 1, 4)
        queries, keys, values = parts
        scores = queries @ keys.transpose(-1, -2) / keys.shape[-1] ** 0.5
        shares = torch.softmax(scores.masked_fill(~is_asked[:, None, None], MASKED), -1)
        taken: Tensor = (shares @ values).transpose(1, 2).reshape(count, length, -1)
        return taken


def main(argv: Sequence[str] | None = None) -> int:
    """Train, print where the file is, and return the exit status."""
    options = _parser().parse_args(argv)
    try:
        entries = read_entries(options.data, "train")
        written, unseen = list(read_written(entries)), read_written(entries, UNSEEN)
    except DataError as error:
        print(f"index.train.verifier: {error}", file=sys.stderr)
        return 1
    random.Random(options.seed).shuffle(written)
    encoder = Encoder.load(options.model)
    pairs = make_pairs(written[: options.passages], encoder)
    pairs += UNSEEN_TIMES * make_pairs(unseen, encoder)
    report(f"{len(pairs)} pairs")
    model = fit_verifier(pairs, options.epochs, options.batch, options.seed)
    print(write_verifier(model, options.out))
    return 0


def make_pairs(written: Sequence[Written], encoder: Encoder) -> list[Pair]:
    """Return every question with its passage, both read by the model as it reads sentences."""
    sentences = _read(encoder, [text for one in written for text in one.sentences])
    asked = _read(
        encoder, [question.text for one in written for question in (*one.answered, *one.unanswered)]
    )
    return [
        Pair(asked[question.text], passage, is_answered)
        for one in written
        for passage in [np.concatenate([sentences[text] for text in one.sentences])[:LONGEST]]
        for questions, is_answered in ((one.answered, True), (one.unanswered, False))
        for question in questions
    ]


def fit_verifier(pairs: Sequence[Pair], epochs: int, batch: int, seed: int) -> VerifierModel:
    """Train on all pairs, at least `batch`, and return the model."""
    torch.manual_seed(seed)
    model = VerifierModel()
    optimizer = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=DECAY)
    count = len(pairs) // batch
    steps = epochs * count
    plan = Plan("verifier", steps, RATE, 0.0, max(1, round(WARM_UP * steps)))
    for epoch in range(epochs):
        model.train()
        order = draw(seed, "verifier", epoch).permutation(len(pairs))
        losses = []
        for step in range(count):
            for group in optimizer.param_groups:
                group["lr"] = RATE * rate_at(epoch * count + step, plan)
            some = [pairs[row] for row in order[step * batch : (step + 1) * batch]]
            loss = _loss(model, some)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            losses.append(float(loss.detach()))
        report(f"epoch {epoch + 1}/{epochs}: loss {np.mean(losses):.4f}")
    return model.eval()


def write_verifier(model: VerifierModel, folder: Path) -> Path:
    """Write the weights to a folder, in half precision, and return the file."""
    folder.mkdir(parents=True, exist_ok=True)
    arrays = {name: tensor.numpy() for name, tensor in model.state_dict().items()}
    path = folder / VERIFIER
    path.write_bytes(pack_arrays(**{name: a.astype(np.float16) for name, a in arrays.items()}))
    return path


def pad(texts: Sequence[Codes]) -> tuple[Tensor, Tensor]:
    """Return the tokens of texts, (n, longest, TOKEN_DIMENSION), and which of them are there; of a
    text without tokens, one of zeros."""
    longest = max(1, *map(len, texts))
    codes = np.zeros((len(texts), longest, TOKEN_DIMENSION), np.float32)
    is_there = np.zeros((len(texts), longest), np.bool_)
    for row, text in enumerate(texts):
        codes[row, : len(text)] = text
        is_there[row, : max(1, len(text))] = True
    return torch.from_numpy(codes / SCALE), torch.from_numpy(is_there)


def _loss(model: VerifierModel, pairs: Sequence[Pair]) -> Tensor:
    wanted = torch.tensor([float(pair.is_answered) for pair in pairs])
    logits = model(*pad([pair.asked for pair in pairs]), *pad([pair.passage for pair in pairs]))
    return functional.binary_cross_entropy_with_logits(logits, wanted)


def _read(encoder: Encoder, texts: Sequence[str]) -> dict[str, Codes]:
    """Return the codes of each text."""
    found: dict[str, Codes] = {}
    for some in _batches(sorted(set(texts), key=len)):
        found |= dict(zip(some, split_tokens(encoder.encode_sentences(some)[1]), strict=True))
    return found


def _batches(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(texts), TOGETHER):
        yield texts[start : start + TOGETHER]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m index.train.verifier", description=__doc__)
    add = parser.add_argument
    add("--data", type=Path, required=True, help="folder with kamer-..., vlaamse-...")
    add("--out", type=Path, required=True, help="the model's folder")
    add("--model", default=BUNDLED_NAME, help="whose tokens are read")
    add("--passages", type=int, default=6000, help="how many are drawn")
    add("--epochs", type=int, default=4)
    add("--batch", type=int, default=96, help="pairs in a step")
    add("--seed", type=int, default=1)
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
