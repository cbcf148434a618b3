"""From data and a multilingual teacher to a small Dutch embedding model, in four stages.

1. The vocabulary keeps the pieces that Dutch text needs (`pieces.py`).
2. The teacher says what it makes of Dutch texts, token by token (`texts.py`, `taught.py`).
3. The student, half of the teacher's layers around its centre, learns to say the same
   (`distil.py`).
4. It is written in sentence-transformers' format (`export.py`), with the axes on which its tokens
   are kept (`axes.py`).

Queries and passages are read alike, without the prefixes that E5 knows. To find answers it is
taught by `python -m index.train.written`, which goes on from the model that comes out.

Every stage leaves what it made in the working folder, and a run that is started again goes on from
there; so a folder belongs to one set of settings (it says which, and refuses another), one teacher
and one set of data.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import torch

from index.train.axes import write_axes
from index.train.distil import distil, start_student
from index.train.export import export
from index.train.pairs import DataError, read_entries
from index.train.pieces import choose_pieces, count_pieces
from index.train.settings import Settings
from index.train.steps import Report, draw
from index.train.taught import ask_teacher
from index.train.teacher import Teacher, open_teacher
from index.train.texts import draw_texts
from index.train.tokens import TokenReader, finish, make_tokenizer


@dataclass(frozen=True, slots=True)
class Folders:
    """Where everything is: the data, the teacher, and what the run makes."""

    data: Path
    teacher: Path
    out: Path


def run_recipe(
    folders: Folders, settings: Settings, device: torch.device, report: Report = print
) -> Path:
    """Make a model and return its folder, `out/model`.

    Raises:
        DataError: If the data or the teacher can't be used, or `out` was made with other settings.
    """
    _claim(folders.out, settings)
    entries = read_entries(folders.data, "train")
    teacher = open_teacher(folders.teacher)
    ids = _choose_pieces(folders, settings, teacher, report)
    pieces = [teacher.pieces[token] for token in ids]
    reader = TokenReader(make_tokenizer(pieces, [teacher.scores[token] for token in ids]))
    texts = draw_texts(folders.data, entries, draw(settings.seed, "texts", 0))
    rows = [finish(row[: settings.text_tokens]) for row in reader.read(texts)]
    report(f"{len(pieces)} pieces, {len(rows)} texts, {sum(map(len, rows))} tokens")
    large = teacher.model.to(device)
    large.bf16 = settings.bf16
    taught = ask_teacher(large, rows, ids, folders.out / "teacher", report)
    model = start_student(large, ids, settings.layers, taught.centre).to(device)
    distil(model, taught, settings, folders.out / "distil.pt", report)
    folder = folders.out / "model"
    export(model, reader.tokenizer, folder)
    write_axes(model, reader, texts, folder)
    return folder


def _claim(out: Path, settings: Settings) -> None:
    """Note the settings in the working folder, or see that they are the same."""
    out.mkdir(parents=True, exist_ok=True)
    path, text = out / "settings.json", json.dumps(asdict(settings), indent=1)
    if path.exists() and path.read_text(encoding="utf-8") != text:
        raise DataError(f"{out} was made with other settings (see settings.json); take another")
    path.write_text(text, encoding="utf-8")


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
        partial = path.with_suffix(".partial")
        partial.write_text(json.dumps(kept), encoding="utf-8")
        partial.replace(path)
    return tuple(json.loads(path.read_text(encoding="utf-8")))
