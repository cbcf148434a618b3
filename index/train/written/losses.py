"""What a finished model is refined on: to find the sentence, the passage, and what isn't there.

- A question is nearest to a sentence that answers it among all sentences of the batch, by tokens
  and by vectors, and to its own passage by vectors (InfoNCE; van den Oord et al. 2018).
- A question that a passage answers lies nearer to it than a near one that it doesn't, by the mean
  of the tokens and by vectors (pairwise logistic loss; Burges et al., "RankNet", ICML 2005).
- A logistic judge sees mean and least of the tokens and both cosines, and tells the two apart for
  whole batches at once, so that these numbers also compare between questions. It is thrown away.
- What the model said of these texts before is its anchor.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from index.train.losses import anchor_loss
from index.train.written.alignment import (
    States,
    best_in_passages,
    least_over,
    mean_over,
    nearest,
)
from index.train.written.drawing import Drawn

Read = Callable[[Sequence[str]], States]
Pooled = Callable[[Sequence[str]], Tensor]

TOKEN_SCALE = 25.0
VECTOR_SCALE = 20.0
"""What cosines are multiplied by where they compete: of the mean over tokens, and of vectors."""
NEARER_SCALES = (15.0, 15.0)
"""The same where a question competes with a near one: of tokens and of vectors."""
JUDGE_WEIGHTS, JUDGE_BIAS = (10.0, 6.0, 3.0, 3.0), -10.0
"""Where the judge starts: of the mean, the least, the cosine with the passage and with its best
sentence."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each loss counts."""

    tokens: float = 1.0
    sentence: float = 0.5
    passage: float = 1.0
    nearer: float = 0.3
    nearer_vector: float = 0.15
    judged: float = 1.0
    anchor: float = 2.0


class Judge(nn.Module):
    """Logistic regression on four numbers of a question with a passage."""

    def __init__(self) -> None:
        super().__init__()
        self.weights = nn.Parameter(torch.tensor(JUDGE_WEIGHTS))
        self.bias = nn.Parameter(torch.tensor(JUDGE_BIAS))

    def forward(self, signs: Tensor) -> Tensor:
        """Return the logit for signs (..., 4)."""
        logit: Tensor = signs @ self.weights + self.bias
        return logit


def written_loss(
    drawn: Drawn, read: Read, before: Pooled, judge: Judge, weights: Weights
) -> Tensor:
    """Return the weighted sum of all losses for what was drawn.

    Args:
        drawn: Passages with their questions; at least one has a near question.
        read: The model that is trained.
        before: The pooled vectors of texts by the model that it was, without gradients.
        judge: Trained along.
        weights: What each loss counts.
    """
    count, texts = len(drawn.asked), (*drawn.asked, *drawn.near)
    questions, sentences = read(texts), read(drawn.sentences)
    owners, own, right = _whose(drawn)
    found = nearest(questions, sentences)
    by_tokens, by_vector = mean_over(found, questions.own), questions.pooled @ sentences.pooled.T
    passages = questions.pooled @ read(drawn.passages).pooled.T
    inside = best_in_passages(found, owners, len(drawn.passages))
    signs = torch.stack(
        [
            mean_over(inside, questions.own),
            least_over(inside, questions.own),
            passages,
            best_in_passages(by_vector[:, None], owners, len(drawn.passages))[:, 0],
        ],
        -1,
    )
    nearer, nearer_vector = (
        _nearer(scores * scale, own[:count], own[count:])
        for scores, scale in zip((signs[..., 0], passages), NEARER_SCALES, strict=True)
    )
    kept = anchor_loss(sentences.pooled, before(drawn.sentences))
    kept = kept + anchor_loss(questions.pooled, before(texts))
    scaled = VECTOR_SCALE * passages[:count]
    return (
        weights.tokens * _one_of(TOKEN_SCALE * by_tokens[:count], right)
        + weights.sentence * _one_of(VECTOR_SCALE * by_vector[:count], right)
        + weights.passage * (_one_of(scaled, own[:count]) + _one_of(scaled.T, own[:count].T)) / 2
        + weights.nearer * nearer
        + weights.nearer_vector * nearer_vector
        + weights.judged * _judged(judge(signs), own, count)
        + weights.anchor * kept
    )


def _whose(drawn: Drawn) -> tuple[Tensor, Tensor, Tensor]:
    """Return the passage of each sentence, int64 (sentences,); which passage is each question's, of
    the asked and then the near, bool (questions, passages); and which sentences answer each asked
    one, bool (asked, sentences)."""
    of_questions = torch.tensor([*drawn.asked_owners, *drawn.near_owners])
    own = of_questions[:, None] == torch.arange(len(drawn.passages))
    right = torch.zeros(len(drawn.asked), len(drawn.sentences), dtype=torch.bool)
    for row, places in enumerate(drawn.answers):
        right[row, list(places)] = True
    return torch.tensor(drawn.owners), own, right


def _one_of(scores: Tensor, right: Tensor) -> Tensor:
    """Return the mean cross-entropy of any right one among all, both (n, m)."""
    of_right = scores.masked_fill(~right, -torch.inf)
    return (torch.logsumexp(scores, 1) - torch.logsumexp(of_right, 1)).mean()


def _nearer(scores: Tensor, asked: Tensor, near: Tensor) -> Tensor:
    """Return the mean pairwise loss of answered questions over near ones to the same passage.

    `scores` are of the asked and then the near questions with each passage; `asked` and `near` say
    which is whose, bool (questions, passages).
    """
    of_asked = scores[: len(asked)].masked_select(asked)
    of_near = scores[len(asked) :].masked_select(near)
    together = asked.int() @ near.int().T > 0
    return functional.softplus(of_near[None] - of_asked[:, None])[together].mean()


def _judged(logits: Tensor, own: Tensor, count: int) -> Tensor:
    """Return the judge's loss: own passages, near questions, and the worst of other passages.

    `logits` are of `count` asked and then the near questions with each passage; `own` says which
    passage is each question's.
    """
    asked, near = logits[:count][own[:count]], logits[count:][own[count:]]
    others = logits[:count].masked_fill(own[:count], -torch.inf).amax(1)
    wrong = 0.7 * functional.softplus(near).mean() + 0.3 * functional.softplus(others).mean()
    return functional.softplus(-asked).mean() + wrong
