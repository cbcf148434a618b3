"""Fit the judgement of the ledger: weights and threshold to paste into chatbot/ledger/judgement.py.

    python -m eval.fit_ledger CHAMBER_FOLDER

A logistic regression with an L2 penalty (`eval.fit_confidence.fit`) on two kinds of examples. The
labelled sub-questions of the dev half; and, since those are few, numbered questions of the Chamber
(`pairs.tsv`, the part that our models aren't trained on) whose answer has as many numbers: item 3
is addressed by the whole answer, and open once part 3 is taken away. Together the latter count as
much as `CHAMBER_MASS` labels. The threshold is the one with the best F1 of "open" on dev, each
answer judged by weights fitted without it. Run it again when the model or a sign changes.
"""

import json
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from chatbot.ledger.build import read_matches
from chatbot.ledger.judgement import WEIGHTS
from chatbot.ledger.signs import Match, Sentences, read_signs
from corpus.readers import BUNDLED_APPENDIX
from eval.abstention import auroc
from eval.chamber import read_pairs
from eval.fit_confidence import Floats, fit
from eval.ledger import OPEN, labels_of
from index.encoder import Encoder
from index.storage import Index, build_index, load_index
from index.train.split import half_of

ROOM = list(WEIGHTS).index("room")
DIRECTIONS = np.array([-1.0 if name == "form_missing" else 1.0 for name in WEIGHTS])
CHAMBER_MASS = 100
THRESHOLDS = np.arange(0.2, 0.71, 0.02)
MAX_CHARS = 6000
"""Longest Chamber answer that is used; longer ones hold tables and annexes."""
_NUMBER = re.compile(r"(?:^|(?<=\s))(\d{1,2})[.)]\s+(?=[\"“(A-Za-zÀ-ÿ])")


@dataclass(frozen=True, slots=True)
class Examples:
    """Signs (n, m), 1 where the sub-question is addressed, the answer of each, and its weight."""

    signs: Floats
    addressed: Floats
    answer_ids: tuple[str, ...]
    weights: Floats


def main(arguments: Sequence[str]) -> None:
    """Fit, and print weights, threshold and how well they tell open from addressed."""
    encoder = Encoder.load()
    with tempfile.TemporaryDirectory() as made:
        chamber = chamber_examples(Path(arguments[0]), Path(made), encoder)
        build_index([BUNDLED_APPENDIX], Path(made) / "appendix", encoder)
        dev = dev_examples(load_index(Path(made) / "appendix", encoder))
    # what was taken away must not be told by the length: only dev says what room is worth
    chamber.signs[:, ROOM] = dev.signs[:, ROOM].mean()
    both = join(chamber, dev)
    weights = fit_weighted(both)
    print(f"BIAS = {weights[0]:.3f}")
    for name, weight in zip(WEIGHTS, weights[1:], strict=True):
        print(f'    "{name}": {weight:.3f},')
    report(dev, chamber, weights, predict_held_out(chamber, dev))


def dev_examples(index: Index) -> Examples:
    """Return the signs of every labelled sub-question of the dev half."""
    status = {(label.answer_id, label.text): label.status for label in labels_of("dev")}
    rows = [
        (answer.answer_id, signs_of(matches, number, sentences), status[key] != OPEN)
        for answer, sentences, matches in read_matches(index)
        for number, match in enumerate(matches)
        if (key := (answer.answer_id, match.asked.text)) in status
    ]
    return _examples(rows, 1.0)


def chamber_examples(folder: Path, made: Path, encoder: Encoder) -> Examples:
    """Return two examples for each numbered item of one sentence: with its part, and without."""
    source = made / "chamber.jsonl"
    source.write_text("\n".join(_numbered_answers(folder)), encoding="utf-8")
    build_index([source], made / "chamber", encoder)
    rows = []
    for answer, sentences, matches in read_matches(load_index(made / "chamber", encoder)):
        items = [answer.questions.index(match.asked.question) for match in matches]
        for number, item in enumerate(items):
            if items.count(item) == 1:
                keep = _outside(answer.text, item, sentences)
                rows.append((answer.answer_id, signs_of(matches, number, sentences), True))
                if keep.any():
                    thinned = [thin(match, keep) for match in matches]
                    signs = signs_of(thinned, number, thin_sentences(sentences, keep))
                    rows.append((answer.answer_id, signs, False))
    return _examples(rows, CHAMBER_MASS / len(rows))


def signs_of(matches: Sequence[Match], number: int, sentences: Sentences) -> list[float]:
    """Return the signs in the order of `WEIGHTS`."""
    found = read_signs(matches, number, sentences)
    return [found[name] for name in WEIGHTS]


def thin(match: Match, keep: NDArray[np.bool_]) -> Match:
    """Return a match with only the sentences where `keep` is true."""
    return replace(
        match,
        own=match.own[keep],
        context=match.context[keep],
        meaning=match.meaning[keep],
        form=match.form[keep],
        score=match.score[keep],
    )


def thin_sentences(sentences: Sentences, keep: NDArray[np.bool_]) -> Sentences:
    """Return only the sentences where `keep` is true."""
    spans = tuple(span for span, kept in zip(sentences.spans, keep, strict=True) if kept)
    return replace(sentences, spans=spans, rows=sentences.rows[keep])


def join(first: Examples, second: Examples) -> Examples:
    """Return the examples of both."""
    return Examples(
        np.concatenate([first.signs, second.signs]),
        np.concatenate([first.addressed, second.addressed]),
        (*first.answer_ids, *second.answer_ids),
        np.concatenate([first.weights, second.weights]),
    )


def fit_weighted(examples: Examples) -> Floats:
    """Return bias and weights by `eval.fit_confidence.fit`; a sign that would count the wrong way
    round is left out (weight 0), and the rest fitted again."""
    kept = np.ones(len(WEIGHTS), np.bool_)
    while True:
        weights = fit(examples.signs * kept, examples.addressed, examples.weights)
        wrong = kept & (weights[1:] * DIRECTIONS < 0)
        if not wrong.any():
            return np.concatenate([weights[:1], weights[1:] * kept])
        kept &= ~wrong


def predict(weights: Floats, signs: Floats) -> Floats:
    """Return the chance that each sub-question is addressed."""
    return np.asarray(1 / (1 + np.exp(-(weights[0] + signs @ weights[1:]))), np.float64)


def predict_held_out(chamber: Examples, dev: Examples) -> Floats:
    """Return the chance of each dev example by weights fitted without its answer."""
    chances = np.zeros(len(dev.addressed))
    for answer_id in dict.fromkeys(dev.answer_ids):
        out = np.array([other == answer_id for other in dev.answer_ids])
        rest = Examples(dev.signs[~out], dev.addressed[~out], (), dev.weights[~out])
        chances[out] = predict(fit_weighted(join(chamber, rest)), dev.signs[out])
    return chances


def report(dev: Examples, chamber: Examples, weights: Floats, chances: Floats) -> None:
    """Print the threshold with its F1, and how well the chances tell both kinds apart."""
    is_open = dev.addressed == 0
    scores = [_f1(chances < threshold, is_open) for threshold in THRESHOLDS]
    best = np.flatnonzero(np.isclose(scores, max(scores)))
    middle = int(best[len(best) // 2])
    print(f"THRESHOLD = {THRESHOLDS[middle]:.2f}  # F1 of open on dev, held out: {max(scores):.3f}")
    print(f"AUROC on dev, held out: {auroc(chances[~is_open], chances[is_open]):.3f}")
    fitted, addressed = predict(weights, chamber.signs), chamber.addressed == 1
    print(f"AUROC on the Chamber, as fitted: {auroc(fitted[addressed], fitted[~addressed]):.3f}")
    print(f"{len(dev.addressed)} dev labels, {len(chamber.addressed)} Chamber examples")


def _numbered_answers(folder: Path) -> Iterator[str]:
    """Yield a JSONL line per answer with as many numbered parts as its question; a part a line."""
    pairs = read_pairs(folder)
    for title, ids in pairs.titles.items():
        if half_of(title) == "train":
            continue
        for doc_id in ids:
            asked = _parts(pairs.questions[doc_id])
            told = _parts(pairs.answers[doc_id])
            if len(asked) == len(told) > 1 and len(pairs.answers[doc_id]) < MAX_CHARS:
                fields = {"id": doc_id, "topic": title, "text": "\n".join(told), "questions": asked}
                yield json.dumps(fields, ensure_ascii=False)


def _parts(text: str) -> list[str]:
    """Return what stands after each of the numbers 1, 2, ... of a text; empty parts end it."""
    marks: list[re.Match[str]] = []
    for match in _NUMBER.finditer(text):
        if int(match[1]) == len(marks) + 1:
            marks.append(match)
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    parts = [text[m.end() : end].strip() for m, end in zip(marks, ends, strict=False)]
    return parts if all(parts) else []


def _outside(text: str, part: int, sentences: Sentences) -> NDArray[np.bool_]:
    """Tell which sentences don't belong to a part (0-based line) of an answer."""
    lines = [text.count("\n", 0, start) for start, _ in sentences.spans]
    return np.array([line != part for line in lines], np.bool_)


def _examples(rows: Sequence[tuple[str, list[float], bool]], weight: float) -> Examples:
    return Examples(
        np.array([signs for _, signs, _ in rows], np.float64),
        np.array([addressed for _, _, addressed in rows], np.float64),
        tuple(answer_id for answer_id, _, _ in rows),
        np.full(len(rows), weight),
    )


def _f1(called: NDArray[np.bool_], is_open: NDArray[np.bool_]) -> float:
    return float(2 * (called & is_open).sum() / max(called.sum() + is_open.sum(), 1))


if __name__ == "__main__":
    main(sys.argv[1:])
