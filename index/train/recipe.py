"""From data and a multilingual teacher to a small Dutch embedding model, in five stages.

1. The vocabulary keeps the pieces that Dutch text needs (`pieces.py`).
2. The teacher says what it makes of Dutch texts, token by token (`texts.py`, `taught.py`).
3. The student, half of the teacher's layers around its centre, learns to say the same
   (`distil.py`).
4. It learns to bring questions and answers together; what it knew from the teacher is its anchor
   (`contrast.py`), and the weights of before and after are averaged in the end (Wortsman et al.
   2022, "Robust fine-tuning of zero-shot models", section 3).
5. It is written in sentence-transformers' format (`export.py`).

Queries and passages are read alike, without the prefixes that E5 knows. A run may also go on from a
finished model of this recipe; it then has its vocabulary, and stage 3 is done.

Every stage leaves what it made in the working folder, and a run that is started again goes on from
there; so a folder belongs to one set of settings (it says which, and refuses another).
"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import torch
from torch import Tensor

from index.train.bert import Transformer
from index.train.contrast import contrast
from index.train.distil import distil, start_student
from index.train.examples import make_examples
from index.train.export import export
from index.train.pairs import DataError, Entry, read_entries
from index.train.pieces import choose_pieces, count_pieces
from index.train.settings import Settings
from index.train.steps import Report, draw
from index.train.taught import Taught, ask_teacher
from index.train.teacher import Teacher, open_teacher
from index.train.texts import draw_texts
from index.train.tokens import TokenReader, finish, make_tokenizer
from index.train.workshop import Folders, Workshop

State = dict[str, Tensor]


def run_recipe(
    folders: Folders, settings: Settings, device: torch.device, report: Report = print
) -> Path:
    """Make a model and return its folder, `out/model`.

    Raises:
        DataError: If the data or the teacher can't be used, or `out` was made with other settings.
    """
    _claim(folders, settings)
    entries = read_entries(folders.data, "train")
    shop, taught, model = _begin(folders, settings, entries, device, report)
    if folders.start is None:
        distil(shop, model, taught)
    before = {name: value.clone() for name, value in model.state_dict().items()}
    contrast(shop, model, taught, make_examples(entries))
    model.load_state_dict(average(before, model.state_dict(), settings.contrast_share))
    export(model, shop.reader.tokenizer, folders.out / "model")
    return folders.out / "model"


def average(before: State, after: State, share: float) -> State:
    """Return the weights that are `share` of the way from before to after."""
    return {name: value + share * (after[name] - value) for name, value in before.items()}


def _claim(folders: Folders, settings: Settings) -> None:
    """Note the settings in the working folder, and what the run goes on from, or see that they are
    the same: a checkpoint of another start would be averaged with this one."""
    out, fields = folders.out, asdict(settings)
    del fields["contrast_share"]
    out.mkdir(parents=True, exist_ok=True)
    if folders.start is not None:
        fields["start"] = str(folders.start.resolve())
    path, text = out / "settings.json", json.dumps(fields, indent=1)
    if path.exists() and path.read_text(encoding="utf-8") != text:
        raise DataError(f"{out} was made with other settings (see settings.json); take another")
    path.write_text(text, encoding="utf-8")


def _begin(
    folders: Folders,
    settings: Settings,
    entries: Sequence[Entry],
    device: torch.device,
    report: Report,
) -> tuple[Workshop, Taught, Transformer]:
    """Return what the stages work with, what the teacher says, and the student before them."""
    teacher = open_teacher(folders.teacher)
    start = None if folders.start is None else open_teacher(folders.start)
    if start is None:
        ids = _choose_pieces(folders, settings, teacher, report)
    else:
        ids = _same_pieces(teacher, start)
    pieces = tuple(teacher.pieces[token] for token in ids)
    reader = TokenReader(make_tokenizer(pieces, [teacher.scores[token] for token in ids]))
    shop = Workshop(settings, folders.out, device, pieces, reader, report)
    texts = reader.read(draw_texts(folders.data, entries, draw(settings.seed, "texts", 0)))
    rows = [finish(row[: settings.text_tokens]) for row in texts]
    report(f"{len(pieces)} pieces, {len(rows)} texts, {sum(map(len, rows))} tokens")
    taught = ask_teacher(teacher.model.to(device), rows, ids, folders.out / "teacher", report)
    if start is not None:
        return shop, taught, start.model.to(device)
    centre = taught.centre.to(device)
    return shop, taught, start_student(teacher.model, ids, settings.layers, centre).to(device)


def _choose_pieces(
    folders: Folders, settings: Settings, teacher: Teacher, report: Report
) -> tuple[int, ...]:
    """Return the teacher's ids of the pieces that are kept, counted once."""
    path = folders.out / "pieces.json"
    if not path.exists():
        report("counting pieces")
        tokenizer = make_tokenizer(teacher.pieces, teacher.scores)
        counts = count_pieces(folders.data, tokenizer, draw(settings.seed, "pieces", 0))
        kept = choose_pieces(teacher.pieces, counts, settings.kept_pieces)
        path.write_text(json.dumps(kept), encoding="utf-8")
    return tuple(json.loads(path.read_text(encoding="utf-8")))


def _same_pieces(teacher: Teacher, start: Teacher) -> tuple[int, ...]:
    """Return the teacher's ids of the pieces of a model that was made from it."""
    places = {piece: token for token, piece in enumerate(teacher.pieces)}
    if unknown := [piece for piece in start.pieces if piece not in places]:
        raise DataError(f"the model to go on from has pieces that the teacher lacks: {unknown[0]}")
    return tuple(places[piece] for piece in start.pieces)
