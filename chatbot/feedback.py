"""What readers thought of replies, kept on this computer, and given back as gold questions.

One SQLite file in the user's data folder; nothing is sent anywhere. A reply that was judged right
becomes a gold question (`eval/questions.py` says the format). Given apart, for someone to label, is
what says too little: a reply judged wrong doesn't say what would be right, and one that was sought
among chosen answers only doesn't say what is right among all, as the gold questions are asked.
"""

import errno
import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from platformdirs import user_data_path

from chatbot.checks import ChatbotError
from chatbot.files import UNWRITABLE, check_target, write_whole
from chatbot.reply import Reply
from chatbot.system_errors import reason_of
from chatbot.turns import RIGHT
from index.filters import Filters

SCHEMA = """CREATE TABLE IF NOT EXISTS feedback (
    turns TEXT NOT NULL,  -- JSON: the questions of the dialogue, the judged one last
    filters TEXT NOT NULL,  -- JSON: the names chosen per kind; null where it isn't known
    documents TEXT NOT NULL,  -- JSON: the ids of the documents that were searched
    abstained INTEGER NOT NULL,
    document_id TEXT NOT NULL,  -- this and what follows are empty where the reply abstained
    answer_id TEXT NOT NULL,
    quote TEXT NOT NULL,
    page INTEGER NOT NULL,  -- 0 where the source tells none
    verdict TEXT NOT NULL,
    PRIMARY KEY (turns, filters, document_id, answer_id, quote)
)"""
INSERT = """INSERT INTO feedback VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET verdict = excluded.verdict, abstained = excluded.abstained,
    documents = excluded.documents"""
DELETE = """DELETE FROM feedback
    WHERE (turns, filters, document_id, answer_id, quote) = (?, ?, ?, ?, ?)"""
COLUMNS = "SELECT name FROM pragma_table_info('feedback')"
RENEW = f"""BEGIN;
    ALTER TABLE feedback RENAME TO earlier;
    {SCHEMA};
    INSERT INTO feedback SELECT turns, 'null', '[]', abstained, document_id, answer_id, quote, page,
    verdict FROM earlier ORDER BY rowid;
    DROP TABLE earlier;
    COMMIT;"""
"""Of a file that an earlier version left, which kept no filters."""
BUSY = "{} is bezet door een ander programma; sluit dat en geef uw oordeel opnieuw."
UNREADABLE = "{} is geen leesbaar feedbackbestand; verplaats of verwijder het en begin opnieuw."
AS_SYSTEM_ERROR = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_READONLY: errno.EROFS,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
    sqlite3.SQLITE_PERM: errno.EACCES,
    sqlite3.SQLITE_IOERR: errno.EIO,
}
"""Faults of the place where a file stands, which say nothing of the file itself."""
PRIMARY = 0xFF
"""Of an error's code, the part that all its kinds have in common (sqlite.org/rescode.html)."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """The last verdict on one reply to a dialogue; the source is empty where it abstained.

    `filters` are those of the reply, None where they weren't kept; `documents` the ids of what was
    searched, or would have been without them.
    """

    turns: tuple[str, ...]
    filters: Filters | None
    documents: tuple[str, ...]
    abstained: bool
    document_id: str
    answer_id: str
    quote: str
    page: int
    verdict: str

    @property
    def is_gold(self) -> bool:
        """Whether it says what is right among all answers of the documents."""
        return self.verdict == RIGHT and self.filters == Filters()


def feedback_file() -> Path:
    """Return the file in the user's data folder; it may not exist yet."""
    return user_data_path("bijlage", appauthor=False) / "feedback.sqlite3"


def opinion_on(
    reply: Reply, before: Sequence[str], documents: Sequence[str], verdict: str
) -> Opinion:
    """Return a verdict on a reply that was given after the questions `before`, when the index held
    the documents with these ids."""
    asked = (*before, reply.question), reply.filters, tuple(documents)
    if reply.abstained:
        return Opinion(*asked, True, "", "", "", 0, verdict)
    hit = reply.hits[0]
    own = hit.answer.document_id, hit.answer.answer_id
    return Opinion(*asked, False, *own, hit.quote, hit.quote_page, verdict)


def save(opinion: Opinion, path: Path) -> None:
    """Keep an opinion; a later one on the same reply replaces it.

    Raises:
        ChatbotError: If the file can't be written to.
    """
    asked = map(_as_json, (opinion.turns, _chosen(opinion.filters), opinion.documents))
    source = opinion.document_id, opinion.answer_id, opinion.quote, opinion.page
    with _open(path) as database:
        database.execute(INSERT, (*asked, opinion.abstained, *source, opinion.verdict))


def withdraw(opinion: Opinion, path: Path) -> None:
    """Forget the opinion on the same reply, if there is one.

    Raises:
        ChatbotError: As `save`.
    """
    asked = map(_as_json, (opinion.turns, _chosen(opinion.filters)))
    with _open(path) as database:
        database.execute(DELETE, (*asked, opinion.document_id, opinion.answer_id, opinion.quote))


def read_all(path: Path) -> tuple[Opinion, ...]:
    """Return all opinions in the order in which they were first given; none without a file.

    Raises:
        ChatbotError: If the file can't be read.
    """
    if not path.exists():
        return ()
    with _open(path) as database:
        rows = database.execute("SELECT * FROM feedback ORDER BY rowid").fetchall()
    return tuple(_opinion(*row) for row in rows)


def export(source: Path, out: Path) -> tuple[int, int, Path]:
    """Write the gold questions to `out`, and beside it what has yet to be labelled.

    Returns how many there are of each, and the second file's path; nothing is written where there
    is nothing.

    Raises:
        ChatbotError: If `out` isn't named .jsonl, or can't be written to.
    """
    check_target(out, (".jsonl",))
    gold, open_ = to_gold(read_all(source))
    apart = out.with_name(f"{out.stem}-te-labelen.jsonl")
    for path, lines in ((out, gold), (apart, open_)):
        if lines:
            text = "".join(_as_json(line) + "\n" for line in lines)
            write_whole(path, text.encode())
    return len(gold), len(open_), apart


def to_gold(opinions: Sequence[Opinion]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the gold questions, and apart from them what has yet to be labelled."""
    gold = [_gold(number, one) for number, one in enumerate(opinions, 1) if one.is_gold]
    open_ = [
        {
            "turns": list(one.turns),
            "filters": _chosen(one.filters),
            "documents": list(one.documents),
            "abstained": one.abstained,
            "accepted" if one.verdict == RIGHT else "rejected": {
                "answer_id": one.answer_id,
                "quote": one.quote,
            },
        }
        for one in opinions
        if not one.is_gold
    ]
    return gold, open_


def _gold(number: int, opinion: Opinion) -> dict[str, Any]:
    """Return one line of a gold set; it belongs to dev, because its answer has been seen."""
    asked: dict[str, Any] = {"question": opinion.turns[-1]}
    if len(opinion.turns) > 1:
        asked = {"turns": list(opinion.turns)}
    is_answer = not opinion.abstained
    plain = "dialogue" if len(opinion.turns) > 1 else "fact"
    return {
        "id": f"feedback-{number:03d}",
        "split": "dev",
        "kind": plain if is_answer else "unanswerable",
        **asked,
        "answerable": is_answer,
        "answer_ids": [opinion.answer_id] if is_answer else [],
        "evidence": [opinion.quote] if is_answer else [],
        "pages": [opinion.page] if is_answer else [],
        "adversarial": None if is_answer else "near",
        "documents": list(opinion.documents),
    }


def _opinion(
    turns: str, filters: str, documents: str, abstained: int, *source_and_verdict: Any
) -> Opinion:
    """Return the opinion of one row of the file."""
    chosen = json.loads(filters)
    named = None if chosen is None else Filters(**{kind: tuple(chosen[kind]) for kind in chosen})
    asked = tuple(json.loads(turns)), named, tuple(json.loads(documents))
    return Opinion(*asked, bool(abstained), *source_and_verdict)


def _chosen(filters: Filters | None) -> dict[str, list[str]] | None:
    """Return per kind that is filtered by the names that were chosen."""
    if filters is None:
        return None
    return {kind: sorted(names) for kind, names in asdict(filters).items() if names}


def _as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


@contextmanager
def _open(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the file, made if absent, and commit at the end."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(path)) as database, database:
            database.execute(SCHEMA)
            if ("filters",) not in database.execute(COLUMNS).fetchall():
                database.executescript(RENEW)
            yield database
    except OSError as error:
        raise ChatbotError(UNWRITABLE.format(path, reason_of(error))) from error
    except sqlite3.Error as error:
        raise ChatbotError(_explain(error, path)) from error


def _explain(error: sqlite3.Error, path: Path) -> str:
    code = getattr(error, "sqlite_errorcode", 0) & PRIMARY  # 0 where it is of Python itself
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return BUSY.format(path)
    if code in AS_SYSTEM_ERROR:
        return UNWRITABLE.format(path, reason_of(OSError(AS_SYSTEM_ERROR[code], "")))
    return UNREADABLE.format(path)
