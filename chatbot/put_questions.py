"""A question as it was put, with what a reader needs to understand it away from its place."""

from dataclasses import dataclass, replace

from chatbot.ledger.asked import lead_in, read_sub_questions
from corpus.records import Answer, Asker, Question


@dataclass(frozen=True, slots=True)
class PutQuestion:
    """What was asked (all of a question, or one sub-question of it), the answer below it, and the
    sentence before it where it can't be understood without ("" elsewhere); `around` is all that was
    written with it."""

    text: str
    question: Question
    answer: Answer
    before: str
    around: str

    @property
    def askers(self) -> tuple[Asker, ...]:
        """Those who put it."""
        return self.question.askers


def put_questions(answer: Answer) -> tuple[PutQuestion, ...]:
    """Return the questions of an answer, whole, in order."""
    first: dict[Question, PutQuestion] = {}
    for put in put_sub_questions(answer):
        first.setdefault(put.question, replace(put, text=put.question.text))
    return tuple(first[one] for one in answer.questions if one in first)


def put_sub_questions(answer: Answer) -> tuple[PutQuestion, ...]:
    """Return the sub-questions of an answer, in order."""
    return tuple(
        PutQuestion(
            one.text,
            one.question,
            answer,
            lead_in(one),
            answer.question_blocks[one.block].text,
        )
        for one in read_sub_questions(answer)
    )
