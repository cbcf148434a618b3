"""Put the gold questions to every method of one or more models, and judge what they give."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.readers import BUNDLED_APPENDIX
from eval.intervals import Estimate
from eval.methods import FUSED, make_methods
from eval.questions import (
    GoldQuestion,
    check_answers,
    document_of,
    read_gold,
    read_questions,
)
from eval.runs import Method, run_method
from eval.scores import ALL, Judgement, groups_of, judge, summarise, summarise_confidence
from index.encoder import BUNDLED_NAME, Encoder
from index.storage import Index, build_index, load_index

Summary = Mapping[str, Mapping[str, Estimate]]


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """A model by its folder or its name on the hub (None: the bundled one), and its prefixes."""

    name: str | None = None
    query_prefix: str = ""
    passage_prefix: str = ""

    @property
    def label(self) -> str:
        """How tables name it."""
        return Path(self.name).name if self.name else BUNDLED_NAME

    def load(self) -> Encoder:
        """Load it.

        Raises:
            ModelError: If it can't be.
        """
        return Encoder.load(self.name, self.query_prefix, self.passage_prefix)


@dataclass(frozen=True, slots=True)
class Result:
    """One method with one model on one split: its judgement, and `summary[group][measure]`."""

    model: str
    method: str
    split: str
    judgement: Judgement
    summary: Summary


def run_gold(
    choices: Sequence[ModelChoice], splits: Sequence[str], only_fused: bool = False
) -> tuple[Result, ...]:
    """Judge every method with every model on every split, split by split."""
    found: list[Result] = []
    for choice in choices:
        encoder = choice.load()
        for source, group in groupby(splits, document_of):
            index = open_index(source, encoder)
            methods = make_methods(index)
            chosen = {FUSED: methods[FUSED]} if only_fused else methods
            for split in group:
                found.extend(_run_split(choice.label, chosen, read_gold(split), split))
    return tuple(sorted(found, key=lambda result: splits.index(result.split)))


def run_questions(
    choices: Sequence[ModelChoice], path: Path, folder: Path | None
) -> tuple[Result, ...]:
    """Judge every method with every model on a file of questions about the documents of an index,
    by default the bundled appendix; the file's name stands for the split.

    Raises:
        QuestionsError: If the questions can't be judged.
        IndexFolderError: If the index can't be opened with the model.
    """
    questions = read_questions(path)
    found: list[Result] = []
    for choice in choices:
        encoder = choice.load()
        index = load_index(folder, encoder) if folder else open_index(BUNDLED_APPENDIX, encoder)
        check_answers(questions, index.answers)
        found.extend(_run_split(choice.label, make_methods(index), questions, path.stem))
    return tuple(found)


def open_index(source: Path, encoder: Encoder) -> Index:
    """Build and open an index of one source, in a folder that is gone when it is open: what is
    mapped or read later is read from files that outlive their names."""
    with TemporaryDirectory() as folder:
        build_index([source], Path(folder), encoder)
        return load_index(Path(folder), encoder)


def open_split(split: str) -> Index:
    """Build and open an index of the document that a split asks about, by the bundled model."""
    return open_index(document_of(split), Encoder.load())


def _run_split(
    label: str, methods: Mapping[str, Method], questions: Sequence[GoldQuestion], split: str
) -> Iterator[Result]:
    groups = groups_of(questions)
    for name, method in methods.items():
        run = run_method(name, method, questions)
        judgement = judge(questions, run, abstains=name == FUSED)
        summary = {group: summarise(judgement, mask) for group, mask in groups.items()}
        summary[ALL] |= summarise_confidence(judgement)
        yield Result(label, name, split, judgement, summary)
