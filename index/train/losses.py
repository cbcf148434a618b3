"""What a student is trained on: to say what its teacher says, or what it said itself before.

`distil_loss`: every token is to have the teacher's vector, as in TinyBERT (Jiao et al. 2020,
section 3), and so is the text as a whole, up to its length.
`anchor_loss`: the vector of a text is to stay where it was.
"""

from torch import Tensor
from torch.nn import functional

from index.train.bert import pool

WHOLE = 5.0
"""Weight of a text's own vector, which search compares, beside those of its tokens."""


def distil_loss(students: Tensor, teachers: Tensor, mask: Tensor) -> Tensor:
    """Return the mean squared error of the tokens, as a share of the teacher's mean square, and
    WHOLE times one minus the mean cosine of the texts.

    Args:
        students: Vectors of the tokens, (n, length, dimension).
        teachers: What they are to be, of the same shape, around zero.
        mask: int64 (n, length); 0 where there is no token.
    """
    there = mask.bool()
    aimed = teachers[there]
    error = (students[there] - aimed).square().mean() / aimed.square().mean()
    cosines = functional.cosine_similarity(pool(students, mask), pool(teachers, mask))
    return error + WHOLE * (1 - cosines.mean())


def anchor_loss(students: Tensor, teachers: Tensor) -> Tensor:
    """Return one minus the mean cosine of unit vectors, both (n, dimension)."""
    return 1 - (students * teachers).sum(-1).mean()
