"""From data and a teacher to a Dutch embedding model, in five stages.

1. The student starts with a Dutch vocabulary in the teacher's space, in closed form (a
   transformer: under the teacher's own layers) (`vocabulary.py`).
2. It learns on parallel sentences to be where the English teacher is (`losses.py`).
3. What translations hardly hold it learns from plain text (`company.py`).
4. It learns to bring questions and answers together, in rounds; before each round hard negatives
   are looked for, with what the model has become. What it knew from the teacher is its anchor,
   and the weights of before and after are averaged in the end (Wortsman et al. 2022, "Robust
   fine-tuning of zero-shot models", section 3).
5. It is written in sentence-transformers' format (`export.py`), with the axes on which its tokens
   are kept (`axes.py`).

A run may also go on from a finished transformer of this recipe; stages 1 and 3 are then done.

Every stage leaves a checkpoint in the working folder, and a run that is started again goes on from
there; so a folder belongs to one set of settings (it says which, and refuses another).
"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import torch
from torch import Tensor

from index.train.axes import write_axes
from index.train.bert import Student, TransformerModel, load_teacher
from index.train.examples import make_examples
from index.train.export import export
from index.train.pairs import DataError, Parallel, read_entries
from index.train.rounds import train_rounds
from index.train.settings import Settings
from index.train.start import ask_teacher, draw_parallel, mend_student, start_student
from index.train.steps import Plan, Report, draw, train
from index.train.tokens import TokenReader, marked_reader, open_tokenizer
from index.train.workshop import Folders, Sentences, Workshop, anchor

State = dict[str, Tensor]


def run_recipe(
    folders: Folders, settings: Settings, device: torch.device, report: Report = print
) -> Path:
    """Make a model and return its folder, `out/model`.

    Raises:
        DataError: If the data can't be used, or `out` was made with other settings.
    """
    _claim(folders, settings)
    torch.manual_seed(settings.seed)
    words = open_tokenizer(folders.tokenizer)
    reader = marked_reader(words) if settings.student == "transformer" else TokenReader(words)
    shop = Workshop(settings, folders.out, device, reader, report)
    parallel = draw_parallel(folders.data, settings)
    sentences = ask_teacher(shop, folders.teacher, parallel[: settings.max_parallel])
    model = _open_student(shop, folders, parallel, sentences).to(device)
    _distil(shop, model, sentences)
    if folders.start is None:
        mend_student(shop, folders.data, model, sentences)
    before = {name: value.clone() for name, value in model.state_dict().items()}
    train_rounds(shop, model, sentences, make_examples(read_entries(folders.data, "train")))
    model.load_state_dict(average(before, model.state_dict(), settings.contrast_share))
    folder = folders.out / "model"
    export(model, words, folder)
    if isinstance(model, TransformerModel):
        write_axes(model, reader, [pair.dutch for pair in parallel], folder)
    return folder


def average(before: State, after: State, share: float) -> State:
    """Return the weights that are `share` of the way from before to after."""
    return {name: value + share * (after[name] - value) for name, value in before.items()}


def _claim(folders: Folders, settings: Settings) -> None:
    """Note the settings in the working folder, and what the run goes on from, or see that they are
    the same: a checkpoint of another start would be averaged with this one."""
    out, fields = folders.out, asdict(settings)
    out.mkdir(parents=True, exist_ok=True)
    if folders.start is not None:
        fields["start"] = str(folders.start.resolve())
    path, text = out / "settings.json", json.dumps(fields, indent=1)
    if path.exists() and path.read_text(encoding="utf-8") != text:
        raise DataError(f"{out} was made with other settings (see settings.json); take another")
    path.write_text(text, encoding="utf-8")


def _open_student(
    shop: Workshop, folders: Folders, parallel: Sequence[Parallel], sentences: Sentences
) -> Student:
    """Return the student with the teacher's layers, or the finished model that was named."""
    if folders.start is None:
        return start_student(shop, folders.teacher, parallel, sentences)
    return load_teacher(folders.start)[0]


def _distil(shop: Workshop, model: Student, sentences: Sentences) -> None:
    settings = shop.settings
    plan = Plan("distil", settings.distil_steps, settings.layer_rate, settings.token_rate)

    def loss(step: int) -> Tensor:
        return anchor(
            shop, model, sentences, settings.sentence_batch, draw(settings.seed, "distil", step)
        )

    train(model, loss, plan, shop.out / "distil.pt", shop.report)
