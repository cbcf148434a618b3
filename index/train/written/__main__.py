"""`python -m index.train.written --data FOLDER --out FOLDER`: refine a model on written questions.

No teacher is needed: the model that it starts from is its own anchor. In the end the weights of
before and after are averaged (Wortsman et al. 2022, "Robust fine-tuning of zero-shot models",
section 3). For those who make the model: messages are in English; exit status 1 for data that
can't be used.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor

from index.encoder import BUNDLED_FOLDER
from index.train.axes import write_axes
from index.train.bert import TransformerModel, load_teacher
from index.train.export import export
from index.train.pairs import DataError, read_entries
from index.train.recipe import average
from index.train.reporting import report
from index.train.settings import Settings
from index.train.steps import Plan, draw, train
from index.train.tokens import TokenReader, marked_reader
from index.train.written.drawing import draw_passages, find_like
from index.train.written.losses import Judge, Weights, written_loss
from index.train.written.questions import FOLDER, Written, read_sentences, read_written
from index.train.written.reading import TextReader

STAGE = "written"


def main(argv: Sequence[str] | None = None) -> int:
    """Refine, print where the model is, and return the exit status."""
    options = _parser().parse_args(argv)
    if options.threads:
        torch.set_num_threads(options.threads)
    try:
        written = (
            *read_written(read_entries(options.data, "train"), options.questions),
            *read_sentences(options.questions),
        )
    except DataError as error:
        print(f"index.train.written: {error}", file=sys.stderr)
        return 1
    print(refine(options, written))
    return 0


def refine(options: argparse.Namespace, written: Sequence[Written]) -> Path:
    """Train from `options.start` and return the folder of the model."""
    options.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(options.seed)
    model, tokenizer = load_teacher(options.start)
    known, _ = load_teacher(options.start)
    if options.bf16:
        model.multiply_in_bf16()
        known.multiply_in_bf16()
    before = {name: value.clone() for name, value in model.state_dict().items()}
    reader = marked_reader(tokenizer)
    _take_steps(model, known, reader, written, options)
    model.load_state_dict(average(before, model.state_dict(), options.share))
    folder: Path = options.out / "model"
    export(model, tokenizer, folder)
    write_axes(model, reader, [text for one in written for text in one.sentences], folder)
    return folder


def _take_steps(
    model: TransformerModel,
    known: TransformerModel,
    reader: TokenReader,
    written: Sequence[Written],
    options: argparse.Namespace,
) -> None:
    texts, remembered = TextReader(model, reader), TextReader(known.eval(), reader)
    judge = Judge()
    rates = Settings()
    plan = Plan(
        STAGE,
        options.steps,
        options.rate * rates.layer_rate,
        options.rate * rates.token_rate,
    )

    vectors = remembered.pooled([" ".join(one.sentences) for one in written]).numpy()
    like = find_like(vectors, [one.title for one in written])

    def loss(step: int) -> Tensor:
        drawn = draw_passages(written, like, options.batch, draw(options.seed, STAGE, step))
        return written_loss(drawn, texts.read, remembered.pooled, judge, Weights())

    train(model, loss, plan, options.out / f"{STAGE}.pt", report, judge)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m index.train.written", description=__doc__)
    add = parser.add_argument
    add("--data", type=Path, required=True, help="folder with kamer-..., vlaamse-...")
    add("--out", type=Path, required=True, help="working folder; the model goes in OUT/model")
    add("--start", type=Path, default=BUNDLED_FOLDER, help="the model that is refined")
    add("--questions", type=Path, default=FOLDER, help="folder of the written questions")
    add("--steps", type=int, default=400)
    add("--batch", type=int, default=24, help="passages in a step")
    add("--rate", type=float, default=0.3, help="share of the rates of the recipe")
    add("--bf16", action="store_true", help="multiply in bfloat16: faster where processors can")
    add("--share", type=float, default=1.0, help="how far to go from the model before")
    add("--seed", type=int, default=0)
    add("--threads", type=int, help="processor threads (default: all)")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
