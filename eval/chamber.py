"""A benchmark beside the appendix: the Belgian Chamber's written questions, title -> answer.

The folder holds `pairs.tsv` with a header and at least the columns doc_id, title and answer, no
quoting. Only the answers are indexed; a title's right answers are all those under the same title.
The whole question can be asked in place of the title; right are then the answers to questions of
the same words too. Those are drawn with a fixed seed when fewer than all are asked.

A model that was trained on these pairs knows them by heart: its number says nothing. Ask only the
half that our own recipe holds back (`half`), or name the answers that training never saw (`only`),
to learn how it does on new ones; all answers are searched.
"""

import csv
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from eval.experiment import ModelChoice, open_index
from eval.intervals import SEED, Estimate, estimate_mean
from eval.methods import make_methods
from eval.metrics import measure_rankings
from eval.report import Json, estimates_to_json
from eval.runs import Method
from eval.tables import NONE, Table, cell
from index.train.split import Half, half_of

Ids = tuple[str, ...]

MEASURES = ("RR@10", "R@1", "R@10")
COLUMNS = frozenset(("doc_id", "title", "answer"))


class ChamberError(Exception):
    """A folder that holds no such questions; the message is one Dutch sentence."""


@dataclass(frozen=True, slots=True)
class ChamberResult:
    """One method with one model: each measure with its interval."""

    model: str
    method: str
    estimates: Mapping[str, Estimate]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Answers and questions by id, and for each title the ids of its answers."""

    answers: Mapping[str, str]
    questions: Mapping[str, str]
    titles: Mapping[str, Ids]


@dataclass(frozen=True, slots=True)
class Query:
    """What is put, and its right answers."""

    text: str
    answer_ids: Ids


@dataclass(frozen=True, slots=True)
class Asking:
    """Which titles are asked: no more than `limit`, those of one half, those with answers that a
    file names (a doc_id a line); and whether the whole question is put in place of the title."""

    limit: int | None = None
    only: Path | None = None
    half: Half | None = None
    whole_question: bool = False


EVERYTHING = Asking()


def read_pairs(folder: Path) -> Pairs:
    """Read the answers and titles of a folder.

    Raises:
        ChamberError: If pairs.tsv is missing, isn't UTF-8 or lacks a column.
    """
    path = folder / "pairs.tsv"
    csv.field_size_limit(sys.maxsize)
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            if not COLUMNS.issubset(reader.fieldnames or ()):
                missing = ", ".join(sorted(COLUMNS.difference(reader.fieldnames or ())))
                raise ChamberError(f"{path} mist de kolom(men) {missing}; geef een ander bestand.")
            rows = list(reader)
    except (OSError, UnicodeDecodeError) as error:
        raise ChamberError(
            f"{path} kan niet worden gelezen; geef de map die pairs.tsv (UTF-8) bevat."
        ) from error
    titles: dict[str, Ids] = {}
    for row in rows:
        titles[row["title"]] = (*titles.get(row["title"], ()), row["doc_id"])
    answers = {row["doc_id"]: row["answer"] for row in rows}
    return Pairs(answers, {row["doc_id"]: row.get("question") or "" for row in rows}, titles)


def run_chamber(
    folder: Path, choices: Sequence[ModelChoice], asking: Asking = EVERYTHING
) -> tuple[ChamberResult, ...]:
    """Rank all answers for every title by every method and model.

    Args:
        folder: Where pairs.tsv is.
        choices: The models, at least one.
        asking: Which titles; all of them by default.

    Raises:
        ChamberError: If the folder doesn't hold the questions, or no title is left.
    """
    pairs = read_pairs(folder)
    titles = _draw(_keep(pairs.titles, asking), asking.limit)
    queries = _put_whole(pairs, titles) if asking.whole_question else _put_titles(titles)
    found = []
    for choice in choices:
        for name, method in _open_methods(pairs, choice).items():
            found.append(ChamberResult(choice.label, name, _measure(method, queries)))
    return tuple(found)


def chamber_table(results: Sequence[ChamberResult]) -> Table:
    """Return a row per method and model, and how far each is from plain BM25 in MRR@10."""
    bar = {r.model: r.estimates["RR@10"].value for r in results if r.method == "bm25"}
    rows = []
    for result in results:
        cells = [cell(result.estimates[measure]) for measure in MEASURES]
        gain = result.estimates["RR@10"].value - bar[result.model]
        rows.append((f"{result.method} ({result.model})", *cells, f"{gain:+.3f}" if gain else NONE))
    count = results[0].estimates["RR@10"].count
    header = ("methode", "MRR@10", "R@1", "R@10", "MRR@10 t.o.v. bm25")
    return Table(f"Kamer, vraag -> antwoord: {count} vragen", header, tuple(rows))


def chamber_to_json(results: Sequence[ChamberResult]) -> Json:
    """Return every number, by method and model."""
    return {
        f"{result.method} ({result.model})": estimates_to_json(result.estimates)
        for result in results
    }


def _keep(titles: Mapping[str, Ids], asking: Asking) -> Mapping[str, Ids]:
    kept = {t: ids for t, ids in titles.items() if asking.half in (None, half_of(t))}
    if asking.only is not None:
        named = _read_ids(asking.only)
        kept = {title: ids for title, ids in kept.items() if named.issuperset(ids)}
    if kept:
        return kept
    if asking.only is None:
        raise ChamberError(f"pairs.tsv heeft geen vragen voor {asking.half}; laat --split weg.")
    raise ChamberError(
        f"{asking.only} noemt geen enkele vraag uit pairs.tsv; geef bestaande doc_id's."
    )


def _read_ids(path: Path) -> set[str]:
    try:
        return set(path.read_text(encoding="utf-8").split())
    except (OSError, UnicodeDecodeError) as error:
        raise ChamberError(
            f"{path} kan niet worden gelezen; geef een bestand met één doc_id per regel."
        ) from error


def _draw(titles: Mapping[str, Ids], limit: int | None) -> dict[str, Ids]:
    names = list(titles)
    if limit is not None and limit < len(names):
        rows = np.random.default_rng(SEED).choice(len(names), limit, replace=False)
        names = [names[row] for row in sorted(rows)]
    return {name: titles[name] for name in names}


def _put_titles(titles: Mapping[str, Ids]) -> dict[str, Query]:
    return {ids[0]: Query(title, ids) for title, ids in titles.items()}


def _put_whole(pairs: Pairs, titles: Mapping[str, Ids]) -> dict[str, Query]:
    """Return the question of each title's first answer, or the title where it has none; right are
    the answers under the title and those to a question of the same words."""
    alike: dict[str, Ids] = {}
    for doc_id, text in pairs.questions.items():
        alike[text] = (*alike.get(text, ()), doc_id)
    asked = {}
    for title, ids in titles.items():
        text = pairs.questions[ids[0]]
        right = (*ids, *alike[text]) if text else ids
        asked[ids[0]] = Query(text or title, tuple(dict.fromkeys(right)))
    return asked


def _open_methods(pairs: Pairs, choice: ModelChoice) -> Mapping[str, Method]:
    with TemporaryDirectory() as name:
        source = Path(name) / "kamer.jsonl"
        lines = (
            json.dumps({"id": i, "text": text}, ensure_ascii=False)
            for i, text in pairs.answers.items()
        )
        source.write_text("\n".join(lines), encoding="utf-8")
        return make_methods(open_index(source, choice.load()))


def _measure(method: Method, queries: Mapping[str, Query]) -> dict[str, Estimate]:
    qrels = {name: query.answer_ids for name, query in queries.items()}
    rankings = {name: method((query.text,)).answer_ids for name, query in queries.items()}
    values = measure_rankings(qrels, rankings, MEASURES)
    rng = np.random.default_rng(SEED)
    return {measure: estimate_mean(values[measure], rng) for measure in MEASURES}
