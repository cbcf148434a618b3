"""A handful of sentences in the form of the training data, and a small teacher for them."""

from pathlib import Path

import numpy as np
from four_bit_file import pack, write_four_bit
from numpy.typing import NDArray
from tokenizers import Tokenizer, models, trainers

from index.train.tokens import MARKS, WORD, make_tokenizer

WIDTH, LAYERS, HEADS, INNER, LONGEST = 64, 4, 4, 64, 300
"""Of the teacher."""

PARALLEL = (
    ("The dog sleeps in the house.", "De hond slaapt in het huis."),
    ("The cat sleeps in the garden.", "De kat slaapt in de tuin."),
    ("The minister answers the question.", "De minister beantwoordt de vraag."),
    ("The train is late.", "De trein heeft vertraging."),
    ("The train leaves the station.", "De trein verlaat het station."),
    ("The hospital needs more nurses.", "Het ziekenhuis heeft meer verpleegkundigen nodig."),
    ("The school has a new teacher.", "De school heeft een nieuwe leraar."),
    ("We buy bread and milk.", "Wij kopen brood en melk."),
    ("Water is cold in winter.", "Water is koud in de winter."),
    ("The tax goes up next year.", "De belasting stijgt volgend jaar."),
)
SUBJECTS = (
    ("Treinen", "de vertraging van de trein", "De trein reed te laat door een storing."),
    ("Wolven", "het aantal wolven in de bossen", "In de bossen leven twee roedels wolven."),
    ("Brood", "de prijs van brood en melk", "Brood en melk zijn duurder door het graan."),
    ("Scholen", "het tekort aan leraren", "De school zoekt een leraar voor elke klas."),
    ("Belasting", "de verhoging van de belasting", "De belasting stijgt niet, zo is gezegd."),
    ("Ziekenhuizen", "de verpleegkundigen", "Het ziekenhuis vond er dertig, en zoekt meer."),
)
DUTCH = (
    "Kunt u toelichten wat u doet aan",
    "Er is veel te doen.",
    "Één café in België kostte € 5.",
)
GREEK = ("▁και", "λόγος", "▁το")
PLACES = ("Gent", "Leuven", "Aalst", "Brugge", "Hasselt", "Mechelen", "Ieper", "Genk")


def write_data(folder: Path) -> Path:
    """Write parallel and plain sentences, and 48 questions, no two of them with one title."""
    lines = [f"tatoeba\t{english}\t{dutch}" for english, dutch in PARALLEL]
    _write(folder / "en-nl" / "pairs.tsv", lines)
    for name in ("nl-wetten", "tatoeba"):
        _write(folder / name / "text.txt", [f"{dutch} {dutch}" for _, dutch in PARALLEL])
    rows = ["doc_id\ttitle\tquestion\tanswer"]
    for place in PLACES:
        for title, about, answer in SUBJECTS:
            asked = f"Kunt u toelichten wat u doet aan {about} in {place}?"
            name = f"{title} in {place}"
            rows.append(
                f"{len(rows)}\t{name}\tIn {place} is er veel te doen. {asked}\t{place}. {answer}"
            )
    _write(folder / "kamer-schriftelijke-vragen" / "pairs.tsv", rows)
    return folder


def write_teacher(path: Path) -> Path:
    """Write a teacher of LAYERS layers in 4 bits: weights that were drawn, and a vocabulary of the
    sentences' Dutch and English, and of some Greek that nobody needs."""
    vocabulary = learn_vocabulary()
    tensors = {
        name: pack(value) if name == "emb.word" or is_matrix(name) else value
        for name, value in draw_weights(len(vocabulary)).items()
    }
    sizes = (WIDTH, LAYERS, HEADS, INNER, len(vocabulary), LONGEST, 2)
    return write_four_bit(path, sizes, vocabulary, tensors)


def draw_weights(pieces: int) -> dict[str, NDArray[np.float32]]:
    """Return a teacher's weights by their names in the file.

    The bias of the last norm is large: its vectors lie in a narrow cone, as E5's do.
    """
    rng = np.random.default_rng(5)
    weights = {
        "emb.word": _draw(rng, 1.0, pieces, WIDTH),
        "emb.pos": _draw(rng, 0.1, LONGEST, WIDTH),
        "emb.type": _draw(rng, 0.1, 2, WIDTH),
        **_norm(rng, "emb.ln", 0.1),
    }
    for number in range(LAYERS):
        for part, rows, columns in (
            *((name, WIDTH, WIDTH) for name in ("q", "k", "v", "ao")),
            ("fi", INNER, WIDTH),
            ("fo", WIDTH, INNER),
        ):
            weights[f"l{number}.{part}.w"] = _draw(rng, 0.15, rows, columns)
            weights[f"l{number}.{part}.b"] = _draw(rng, 0.1, rows)
        weights |= _norm(rng, f"l{number}.aln", 0.1)
        weights |= _norm(rng, f"l{number}.oln", 3.0 if number == LAYERS - 1 else 0.1)
    return weights


def is_matrix(name: str) -> bool:
    """Tell whether a tensor of a layer is packed: a matrix is, a norm's weight isn't."""
    return name.endswith(".w") and "ln" not in name


def learn_vocabulary() -> list[tuple[str, float]]:
    """Return the teacher's pieces with their scores, some four hundred, the marks first."""
    bare = make_tokenizer(MARKS, [0.0] * len(MARKS))
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer, tokenizer.pre_tokenizer = bare.normalizer, bare.pre_tokenizer
    trainer = trainers.UnigramTrainer(
        vocab_size=400, special_tokens=list(MARKS), unk_token=MARKS[3], show_progress=False
    )
    texts = [text for pair in PARALLEL for text in pair] + [" ".join(row) for row in SUBJECTS]
    tokenizer.train_from_iterator([*texts, *PLACES, *DUTCH], trainer)
    learnt = {tokenizer.id_to_token(row) for row in range(tokenizer.get_vocab_size())}
    words = sorted(learnt - {*MARKS, *GREEK, WORD})
    scores = {piece: -4.0 - 0.01 * row - 8 / len(piece) for row, piece in enumerate(words)}
    scores |= {WORD: -9.0} | dict.fromkeys(GREEK, -9.5)
    return [*((mark, 0.0) for mark in MARKS), *scores.items()]


def _draw(rng: np.random.Generator, spread: float, *sizes: int) -> NDArray[np.float32]:
    return rng.normal(0, spread, sizes).astype(np.float32)


def _norm(rng: np.random.Generator, name: str, spread: float) -> dict[str, NDArray[np.float32]]:
    return {f"{name}.w": np.ones(WIDTH, np.float32), f"{name}.b": _draw(rng, spread, WIDTH)}


def _write(path: Path, lines: list[str]) -> None:
    path.parent.mkdir(parents=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
