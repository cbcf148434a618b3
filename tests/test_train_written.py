"""Refining a model on written questions: what is read, drawn and learnt, and a run to its end."""

from pathlib import Path

import numpy as np
import pytest
import torch

from index.encoder import BUNDLED_FOLDER, Encoder
from index.token_codes import best_similarities
from index.train.bert import load_teacher
from index.train.pairs import DataError, Entry, half_of
from index.train.tokens import marked_reader
from index.train.written.__main__ import main
from index.train.written.alignment import (
    FAR,
    States,
    best_in_passages,
    least_over,
    mean_over,
    nearest,
)
from index.train.written.drawing import draw_passages, find_like
from index.train.written.questions import (
    FOLDER,
    Asked,
    Written,
    name_sentences,
    read_sentences,
    read_written,
    sentences_of,
)
from index.train.written.reading import TextReader

ANSWERS = {
    "Fietspaden": "De minister legde in 2020 zestig kilometer fietspad aan. Dat kostte 12 miljoen "
    "euro. De werken in Genk zijn uitgesteld.",
    "Opvang": "Er kwamen 400 plaatsen in de kinderopvang bij. De wachtlijst daalde met een vijfde. "
    "Gemeenten krijgen een premie per plaats.",
    "Bossen": "Vorig jaar werd 120 hectare bos geplant. De helft daarvan ligt in Limburg. De "
    "aankoop van gronden verloopt traag.",
}
ASKED = {
    "Fietspaden": [
        ("gewoon", "0", "Hoeveel kilometer fietspad legde de minister aan?"),
        ("parafrase", "1", "Wat betaalde de overheid voor nieuwe stroken voor trappers?"),
        ("mis-feit", "", "Hoeveel kilometer fietspad werd er in Brugge aangelegd?"),
    ],
    "Opvang": [
        ("gewoon", "0,1", "Hoeveel plaatsen kwamen er bij in de kinderopvang?"),
        ("mis-aspect", "", "Wie controleert de veiligheid van de kinderopvang?"),
    ],
    "Bossen": [
        ("anders", "1", "ligt er nieuw bos in limburg"),
        ("mis-feit", "", "Hoeveel hectare heide werd vorig jaar beheerd?"),
    ],
}


def entries() -> list[Entry]:
    return [Entry("kamer", title, title, "", answer) for title, answer in ANSWERS.items()]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files of written questions about the answers above."""
    made = tmp_path_factory.mktemp("written")
    passages, questions = [], []
    for key, (title, answer) in enumerate(ANSWERS.items()):
        sentences = sentences_of(answer)
        digest = name_sentences(sentences)
        passages.append(f"{key}\tkamer\t{title}\t0\t{len(sentences)}\t{digest}")
        questions += [f"{key}\t{kind}\t{places}\t{q}" for kind, places, q in ASKED[title]]
    (made / "passages.tsv").write_text("\n".join(passages), "utf-8")
    (made / "questions.tsv").write_text("\n".join(questions), "utf-8")
    return made


def test_questions_find_their_passages_again(folder: Path) -> None:
    first, second, _ = read_written(entries(), folder)
    assert first.title == "Fietspaden"
    assert first.sentences[1] == "Dat kostte 12 miljoen euro."
    assert [asked.places for asked in first.answered] == [{0}, {1}]
    assert first.unanswered == (Asked("Hoeveel kilometer fietspad werd er in Brugge aangelegd?"),)
    assert second.answered[0].places == {0, 1}


def test_a_passage_that_reads_otherwise_now_is_left_out(folder: Path) -> None:
    changed = [*entries()[1:], Entry("kamer", "Fietspaden", "Fietspaden", "", "Iets anders nu.")]
    titles = [one.title for one in read_written(changed, folder)]
    assert titles == ["Opvang", "Bossen"]
    with pytest.raises(DataError, match="none of the passages"):
        read_written(changed[2:], folder)
    with pytest.raises(DataError, match="can't be read"):
        read_written(entries(), folder / "nowhere")


def test_sentences_for_words_are_passages_of_their_own(tmp_path: Path) -> None:
    assert read_sentences(tmp_path) == ()
    row = "bos\tEr kwam 120 hectare bos bij.\tIs er geplant?\tKwam er groen bij?\tEn heide?"
    (tmp_path / "sentences.tsv").write_text(row, "utf-8")
    (only,) = read_sentences(tmp_path)
    assert (only.title, only.sentences) == ("", ("Er kwam 120 hectare bos bij.",))
    assert [asked.text for asked in only.answered] == ["Is er geplant?", "Kwam er groen bij?"]
    assert only.unanswered == (Asked("En heide?"),)


def test_the_sentences_that_are_kept_ask_without_their_word() -> None:
    words = [line.split("\t")[0] for line in (FOLDER / "sentences.tsv").read_text().splitlines()]
    assert len(set(words)) == len(words) > 3000
    for word, one in zip(words, read_sentences(), strict=True):
        assert all(word not in asked.text.split() for asked in one.answered)
        texts = (*one.sentences, *(near.text for near in one.unanswered))
        assert all(text.strip() == text != "" for text in texts)


def test_the_questions_that_are_kept_are_of_the_training_half() -> None:
    passages = [line.split("\t") for line in (FOLDER / "passages.tsv").read_text().splitlines()]
    keys = {row[0] for row in passages}
    assert len(keys) == len(passages) > 2000
    assert {half_of(row[2]) for row in passages if row[1] == "vlaamse-regering"} == {"train"}
    lines = (FOLDER / "questions.tsv").read_text("utf-8").splitlines()
    for key, kind, places, text in (line.split("\t") for line in lines):
        assert key in keys
        assert text.strip() == text != ""
        assert bool(places) != kind.startswith("mis")


def test_a_step_sees_what_answers_and_something_else(folder: Path) -> None:
    written = read_written(entries(), folder)
    like = np.array([[1, 2], [0, 2], [1, 0]])
    drawn = draw_passages(written, like, 3, np.random.default_rng(1))
    assert drawn == draw_passages(written, like, 3, np.random.default_rng(1))
    assert sorted(map(len, (drawn.asked, drawn.near, drawn.passages))) == [3, 3, 4]
    for text, owner, places in zip(drawn.asked, drawn.asked_owners, drawn.answers, strict=True):
        (title,) = (t for t, asked in ASKED.items() if any(text == one for _, _, one in asked))
        assert ANSWERS[title] in drawn.passages[owner]
        (numbers,) = (n for _, n, one in ASKED[title] if one == text)
        wanted = {sentences_of(ANSWERS[title])[int(n)] for n in numbers.split(",")}
        assert {drawn.sentences[place] for place in places} == wanted
        others = [own for own in drawn.owners if own == owner]
        assert len(others) > len(places)


def test_passages_are_drawn_with_those_that_are_like_them() -> None:
    written = [Written(str(n), (f"Zin {n}.",), (Asked("?", frozenset({0})),), ()) for n in range(9)]
    vectors = np.eye(9, dtype=np.float32)[[0, 0, 1, 1, 2, 2, 3, 3, 4]]
    like = find_like(vectors, [""] * 9)
    assert like.shape == (9, 8)
    assert like[:8, 0].tolist() == [1, 0, 3, 2, 5, 4, 7, 6]
    for seed in range(5):
        drawn = draw_passages(written, like[:, :1], 2, np.random.default_rng(seed))
        first, second = sorted(int(text.split()[-1][:-1]) for text in drawn.sentences)
        assert (first, second) == (first // 2 * 2, first // 2 * 2 + 1) or first == 8 or second == 8


def test_passages_of_one_answer_come_before_those_that_are_like_it() -> None:
    vectors = np.eye(12, dtype=np.float32)[[0, 0, *range(1, 11)]]
    like = find_like(vectors, ["Bos", "", "Bos", *"cdefghi", "Bos", ""])
    assert like.shape == (12, 8)
    assert set(like[0, :2].tolist()) == {2, 10}
    assert like[0, 2] == 1
    assert like[1, 0] == 0


def test_tokens_look_for_the_nearest_of_their_own_kind() -> None:
    axes = torch.eye(3)
    asked = States(axes[:1], torch.stack([axes[[0, 1, 2]]]), torch.tensor([[True, True, False]]))
    told = torch.stack([axes[[0, 2]], axes[[1, 1]]])
    sentences = States(axes[:2], told, torch.tensor([[True, True], [True, False]]))
    found = nearest(asked, sentences)
    assert found[0].tolist() == [[1, 0], [0, 1], [FAR, FAR]]  # the third token isn't the text's own
    assert mean_over(found, asked.own).tolist() == [[0.5, 0.5]]
    inside = best_in_passages(found, torch.tensor([0, 0]), 1)
    assert mean_over(inside, asked.own).tolist() == [[1.0]]
    assert least_over(inside, asked.own).tolist() == [[pytest.approx(1.0, abs=1e-6)]]
    assert float(least_over(found, asked.own)[0, 0]) == pytest.approx(0.04, abs=0.03)


def test_texts_are_read_as_the_product_reads_them() -> None:
    model, tokenizer = load_teacher(BUNDLED_FOLDER)
    texts = ["Hoeveel bos is er?", ANSWERS["Bossen"], "Genk", ANSWERS["Opvang"]]
    with torch.no_grad():
        states = TextReader(model.eval(), marked_reader(tokenizer)).read(texts)
    encoder = Encoder.load()
    vectors, tokens = encoder.encode_sentences(texts)
    assert np.allclose(states.pooled.numpy(), vectors, atol=2e-5)
    assert states.own.sum(1).tolist() == np.diff(tokens.offsets).tolist()
    asked = encoder.encode_question(texts[0])
    exact = nearest(*(_only(states, rows) for rows in ([0], [1, 3])))[0][states.own[0]]
    coded = best_similarities(
        asked.codes,
        np.concatenate([tokens.codes[slice(*tokens.offsets[row : row + 2])] for row in (1, 3)]),
        np.cumsum([0, *(np.diff(tokens.offsets)[row] for row in (1, 3))]),
    )
    correlation = np.corrcoef(exact.numpy().ravel(), coded.ravel())[0, 1]
    assert correlation > 0.9  # the codes are projections


def test_multiplying_in_bfloat16_changes_little() -> None:
    model, tokenizer = load_teacher(BUNDLED_FOLDER)
    texts = TextReader(model.eval(), marked_reader(tokenizer))
    with torch.no_grad():
        exact = texts.read([*ANSWERS.values()])
        model.multiply_in_bf16()
        coarse = texts.read([*ANSWERS.values()])
    assert not torch.equal(exact.tokens, coarse.tokens)
    assert torch.all((exact.pooled * coarse.pooled).sum(-1) > 0.999)
    assert torch.all((exact.tokens * coarse.tokens).sum(-1)[exact.own] > 0.99)


@pytest.mark.parametrize("precision", [[], ["--bf16"]], ids=["single", "bfloat16"])
def test_a_refined_model_tells_what_a_passage_answers(
    folder: Path, tmp_path: Path, precision: list[str]
) -> None:
    data = tmp_path / "data" / "vlaamse-dienstverlening"
    data.mkdir(parents=True)
    lines = [f"{title}\t{answer}" for title, answer in ANSWERS.items()]
    (data / "pairs.tsv").write_text("\n".join(lines), "utf-8")
    asked = tmp_path / "asked"
    asked.mkdir()
    moved = (folder / "passages.tsv").read_text("utf-8").replace("\tkamer\t", f"\t{data.name}\t")
    (asked / "passages.tsv").write_text(moved, "utf-8")
    (asked / "questions.tsv").write_bytes((folder / "questions.tsv").read_bytes())
    paths = ["--data", data.parent, "--out", tmp_path / "out", "--questions", asked]
    steps = ["--steps", "15", "--batch", "3", "--rate", "1", "--threads", "1"]
    assert main([*map(str, paths), *steps, *precision]) == 0
    before, after = _lead(None), _lead(str(tmp_path / "out" / "model"))
    assert after > before + 0.05


def test_without_data_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(tmp_path), "--out", str(tmp_path / "out")]) == 1
    assert "holds no questions and answers" in capsys.readouterr().err


def _only(states: States, rows: list[int]) -> States:
    return States(states.pooled[rows], states.tokens[rows], states.own[rows])


def _lead(model: str | None) -> float:
    """Return by how much answered questions lie nearer to their passage than the near ones do."""
    encoder = Encoder.load(model)
    found: dict[bool, list[float]] = {True: [], False: []}
    for title, answer in ANSWERS.items():
        _, tokens = encoder.encode_sentences(sentences_of(answer))
        for _, places, text in ASKED[title]:
            asked = encoder.encode_question(text)
            best = best_similarities(asked.codes, tokens.codes, tokens.offsets).max(axis=1)
            found[bool(places)].append(float(best.mean()))
    return float(np.mean(found[True]) - np.mean(found[False]))
