"""The gold questions: what is asked, whether it can be answered, where, and on what evidence.

They were written by reading the appendix, one JSON object a line, in two halves. No answer stands
in both: `dev` is for choosing, `test` only for reporting. Three fictitious appendices have
their own, for choosing too: they keep choices from leaning on the sixteen answers of dev, none of
which has more than three passages. Those of `second` are longer, most of `long` have seven, those
of `third` are short. The later ones (dev from 594 on, test from 421, second from 153, long from
183, all of third) are of writers who read a document and nothing else, neither the questions that
there were nor the code; they turned out to be harder.
`evidence` holds verbatim spans of an answer's text; for the kind "list" they are the items, all of
which make the answer; for every other kind each of them bears the answer on its own. `pages` gives
the page of each span.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.jsonl import filled_lines
from corpus.readers import BUNDLED_APPENDIX, read_documents
from corpus.records import Answer
from eval.json_lines import read_json_lines

GOLD_FOLDER = Path(__file__).parent / "gold"
FLOORS = GOLD_FOLDER / "floors.json"
SPLITS = ("dev", "test")
SECOND = "second"
THIRD = "third"
LONG = "long"
BLOCKS = "blocks"
GOLD_SPLITS = (*SPLITS, SECOND, LONG, THIRD)
LABEL_SPLITS = (*SPLITS, SECOND, THIRD)
"""What the labels of amounts, promises and codes are of, and of sub-questions too: the two halves
of the bundled appendix, and the whole of two fictitious ones."""
CHOOSING = ("dev", SECOND, LONG, THIRD)
"""The questions on which anything may be fitted."""
LEDGER_SPLITS = (*LABEL_SPLITS, LONG, BLOCKS)
"""What the labels of sub-questions are of. On the appendix with long answers none is open: it tells
whether the right sentence is found among many. `blocks` are 120 invented blocks of questions with
their answers by language models, many of which say it in quite other words or nearly answer."""
LEDGER_CHOOSING = ("dev", SECOND, THIRD, LONG, BLOCKS)
"""The labels on which the judgement of the ledger may be fitted."""
SECOND_APPENDIX = GOLD_FOLDER / "bbt-wonen-2022.txt"
THIRD_APPENDIX = GOLD_FOLDER / "bbt-welzijn-2023.txt"
LONG_APPENDIX = GOLD_FOLDER / "bbt-cultuur-2024.txt"
"""Nothing in these is real: no party, member, amount or project. In the third a minister leaves
many sub-questions open, or answers them in part."""
DOCUMENTS = {
    SECOND: SECOND_APPENDIX,
    THIRD: THIRD_APPENDIX,
    LONG: LONG_APPENDIX,
    BLOCKS: GOLD_FOLDER / "written" / "blocks.jsonl",
}
UNANSWERABLE = "unanswerable"
KINDS = (
    "fact",
    "amount",
    "paraphrase",
    "list",
    "code",
    "asker",
    "typo",
    "keyword",
    "yesno",
    "dialogue",
    UNANSWERABLE,
)
ADVERSARIAL = ("year", "measure", "place", "party", "body", "quantity", "near", "far")
"""Why a question can't be answered. All but "near" (the same domain) and "far" (anything) name a
topic of the appendix and go wrong on one point only."""
NOT_ADVERSARIAL = ("near", "far")


class QuestionsError(Exception):
    """A file of questions that can't be judged; the message is one Dutch sentence."""


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """One judged query; `turns` holds one question, or a dialogue of which the last is asked."""

    query_id: str
    split: str
    kind: str
    turns: tuple[str, ...]
    answer_ids: tuple[str, ...]
    evidence: tuple[str, ...]
    pages: tuple[int, ...]
    adversarial: str | None

    @property
    def is_answerable(self) -> bool:
        """Whether the appendix answers it."""
        return bool(self.answer_ids)

    @property
    def cluster(self) -> str:
        """What goes right or wrong together with it: the questions on its answer, of two (nine
        have them) the first. What isn't answered is no answer's, and stands by itself."""
        return self.answer_ids[0] if self.answer_ids else self.query_id

    @property
    def is_adversarial(self) -> bool:
        """Whether it names a topic of the appendix but can't be answered."""
        return self.adversarial is not None and self.adversarial not in NOT_ADVERSARIAL


def document_of(split: str) -> Path:
    """Return the document that the questions or labels of a split are about."""
    return DOCUMENTS.get(split, BUNDLED_APPENDIX)


def answers_of(split: str) -> tuple[Answer, ...]:
    """Return the answers that the labels of a split cover: of the bundled appendix the half that
    its gold questions name.

    Raises:
        ValueError: If the split is unknown.
    """
    if split not in LABEL_SPLITS:
        raise ValueError(f"split must be one of {', '.join(LABEL_SPLITS)}, got {split!r}")
    (document,) = read_documents(document_of(split))
    if split not in SPLITS:
        return tuple(document.answers)
    ids = {answer_id for question in read_gold(split) for answer_id in question.answer_ids}
    return tuple(answer for answer in document.answers if answer.answer_id in ids)


def read_gold(split: str, folder: Path = GOLD_FOLDER) -> tuple[GoldQuestion, ...]:
    """Read one split of the gold set, in file order.

    Raises:
        ValueError: If the split is unknown or a line breaks a rule of the format.
    """
    if split not in GOLD_SPLITS:
        raise ValueError(f"split must be one of {', '.join(GOLD_SPLITS)}, got {split!r}")
    questions = tuple(map(_question, read_json_lines(folder / f"{split}.jsonl")))
    for question in questions:
        if question.split != split:
            raise ValueError(f"{question.query_id}: of {question.split!r}, but stands in {split}")
    return questions


def read_questions(path: Path) -> tuple[GoldQuestion, ...]:
    """Read a file of gold questions, as `bijlage feedback` writes it; whatever split they name.

    Raises:
        QuestionsError: If it can't be read, holds no question, or a line isn't a question of its
            own.
    """
    try:
        lines = [*filled_lines(path.read_text(encoding="utf-8"))]
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionsError(
            f"{path} kan niet worden gelezen; geef een bestand van 'bijlage feedback'."
        ) from error
    found: dict[str, GoldQuestion] = {}
    for number, line in lines:
        try:
            question = _question(json.loads(line))
            if question.query_id in found:
                raise ValueError(f"{question.query_id} stands there twice")
        except (KeyError, TypeError, ValueError) as error:
            raise QuestionsError(
                f"{path}, regel {number} is geen toetsvraag met een eigen id, zoals 'bijlage"
                " feedback' ze schrijft; verbeter of schrap die regel."
            ) from error
        found[question.query_id] = question
    if not found:
        raise QuestionsError(f"{path} bevat geen vragen; geef een bestand van 'bijlage feedback'.")
    return tuple(found.values())


def check_answers(questions: Sequence[GoldQuestion], answers: Sequence[Answer]) -> None:
    """Return if every question can be judged on these answers.

    Raises:
        QuestionsError: If one names another answer, or evidence that doesn't stand in its answers.
    """
    texts = {answer.answer_id: answer.text for answer in answers}
    for question in questions:
        held = [texts.get(answer_id) for answer_id in question.answer_ids]
        missing = [span for span in question.evidence if not any(span in (t or "") for t in held)]
        if missing or None in held:
            raise QuestionsError(
                f"Het antwoord of het bewijs van vraag {question.query_id} staat niet in de"
                " documenten; geef met --index de index waarop de vragen slaan."
            )


def of_kind(questions: Sequence[GoldQuestion], kind: str) -> tuple[GoldQuestion, ...]:
    """Return the questions of one kind, in order."""
    return tuple(question for question in questions if question.kind == kind)


def _question(fields: dict[str, Any]) -> GoldQuestion:
    turns = fields["turns"] if "turns" in fields else [fields["question"]]
    question = GoldQuestion(
        query_id=fields["id"],
        split=fields["split"],
        kind=fields["kind"],
        turns=tuple(turns),
        answer_ids=tuple(fields["answer_ids"]),
        evidence=tuple(fields["evidence"]),
        pages=tuple(fields["pages"]),
        adversarial=fields["adversarial"],
    )
    texts = (question.query_id, *turns, *question.answer_ids, *question.evidence)
    if not turns or not all(isinstance(text, str) and text.strip() for text in texts):
        raise ValueError(f"{question.query_id}: something that should be a text isn't, or is blank")
    fault = _fault(question, fields["answerable"])
    if fault:
        raise ValueError(f"{question.query_id}: {fault}")
    return question


def _fault(question: GoldQuestion, answerable: bool) -> str:
    if question.kind not in KINDS:
        return f"unknown kind {question.kind!r}"
    if question.adversarial not in (None, *ADVERSARIAL):
        return f"unknown adversarial kind {question.adversarial!r}"
    if len(question.pages) != len(question.evidence):
        return f"{len(question.evidence)} evidence spans but {len(question.pages)} pages"
    if not answerable == question.is_answerable == bool(question.evidence):
        return "answerable, answer_ids and evidence disagree"
    if answerable == (question.kind == UNANSWERABLE) or answerable == bool(question.adversarial):
        return "answerable, kind and adversarial disagree"
    return ""
