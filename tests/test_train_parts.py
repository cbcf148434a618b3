"""The parts of the recipe, each against what is worked out by hand or by plain numpy."""

import re
from pathlib import Path

import numpy as np
import pytest
import torch
from tiny_training import TEACHER, write_data, write_tokenizer

from index.encoder import BUNDLED_FOLDER, Encoder
from index.train.batches import Questions, cut, draw_questions, draw_sentences
from index.train.bert import load_teacher
from index.train.company import company_vectors, mend_rare
from index.train.examples import Example, asked_sentences, groups_of, make_examples
from index.train.losses import Memory, anchor_loss, contrast_loss
from index.train.mining import merge, mine_by_model, mine_by_words
from index.train.pairs import DataError, Entry, read_entries, read_parallel
from index.train.recipe import average
from index.train.split import half_of
from index.train.steps import draw, rate_at
from index.train.teacher import embed_rows, teacher_vectors
from index.train.tokens import TokenReader, marked_reader, open_tokenizer, with_marks
from index.train.vocabulary import Shares, fit_tokens

CPU = torch.device("cpu")


def test_the_split_is_fixed_and_near_equal_keys_stay_together() -> None:
    assert [half_of(f"vraag {n}") for n in range(8)] == [half_of(f"Vraag, {n}!") for n in range(8)]
    assert half_of("Geëvolueerd. - Test") == half_of("geevolueerd test")
    halves = [half_of(str(n)) for n in range(5000)]
    assert halves.count("dev") / 5000 == pytest.approx(0.1, abs=0.015)
    assert halves.count("test") / 5000 == pytest.approx(0.1, abs=0.015)


def test_training_never_sees_what_is_held_out(tmp_path: Path) -> None:
    write_data(tmp_path)
    halves = {half: read_entries(tmp_path, half) for half in ("train", "dev", "test")}
    keys = [{entry.key for entry in entries} for entries in halves.values()]
    assert sum(map(len, keys)) == len(set().union(*keys)) == 48
    for half, entries in halves.items():
        assert {half_of(entry.title) for entry in entries} == {half}


def test_a_copy_of_a_held_out_answer_is_not_trained_on(tmp_path: Path) -> None:
    held = next(f"titel {n}" for n in range(99) if half_of(f"titel {n}") == "dev")
    trained = [f"titel {n}" for n in range(99) if half_of(f"titel {n}") == "train"]
    copied, other = trained[:2]
    rows = [f"{held}\tHet antwoord.", f"{copied}\tHET antwoord", f"{other}\tIets anders."]
    (tmp_path / "vlaamse-regering").mkdir()
    (tmp_path / "vlaamse-regering" / "pairs.tsv").write_text("\n".join(rows), encoding="utf-8")
    assert [entry.title for entry in read_entries(tmp_path, "train")] == [other]


def test_a_line_with_a_field_too_few_is_named(tmp_path: Path) -> None:
    (tmp_path / "en-nl").mkdir()
    (tmp_path / "en-nl" / "pairs.tsv").write_text("gdpr\tOne\tEen\ngdpr\tTwo\n", encoding="utf-8")
    with pytest.raises(DataError, match=re.escape("pairs.tsv:2: 2 fields, not 3")):
        read_parallel(tmp_path)


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    (tmp_path / "kamer-debatten").mkdir()
    (tmp_path / "kamer-debatten" / "qa.tsv").write_text("source\ttitle\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"qa\.tsv lacks the columns answer, question"):
        read_entries(tmp_path, "train")


def test_no_data_at_all_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="holds no questions and answers for train"):
        read_entries(tmp_path, "train")


def test_token_vectors_solve_the_ridge_regression() -> None:
    rng = np.random.default_rng(1)
    rows = [rng.integers(0, 12, rng.integers(1, 6)).tolist() for _ in range(40)] + [[]]
    targets, prior = rng.normal(size=(41, 5)), rng.normal(size=(12, 5))
    x = np.zeros((41, 12))
    for number, row in enumerate(rows):
        for token in row:
            x[number, token] += 1 / len(row)
    expected = np.linalg.solve(x.T @ x + 0.1 * np.eye(12), x.T @ targets + 0.1 * prior)
    shares = Shares.count(rows, 12)
    found = fit_tokens(shares, torch.from_numpy(targets).float(), torch.from_numpy(prior).float())
    np.testing.assert_allclose(found.numpy(), expected, atol=1e-4)
    np.testing.assert_allclose(shares.mean(found).numpy(), x @ found.numpy(), atol=1e-5)


def test_the_teacher_gives_the_vectors_that_sentence_transformers_gives(tmp_path: Path) -> None:
    texts = ["The dog sleeps.", "A much longer sentence about the minister and the train.", "Bread"]
    found = teacher_vectors(texts, TEACHER, tmp_path, 64, CPU)
    np.testing.assert_allclose(found, Encoder.load(str(TEACHER)).encode_queries(texts), atol=2e-3)


def test_vectors_of_the_teacher_are_made_once(tmp_path: Path) -> None:
    first = teacher_vectors(["The dog sleeps."], TEACHER, tmp_path, 64, CPU)
    (path,) = tmp_path.iterdir()
    np.save(path, first * 2)
    assert np.array_equal(
        teacher_vectors(["The dog sleeps."], TEACHER, tmp_path, 64, CPU), first * 2
    )
    assert not np.array_equal(teacher_vectors(["The cat."], TEACHER, tmp_path, 64, CPU), first * 2)


def test_padding_changes_no_vector() -> None:
    model, tokenizer = load_teacher(TEACHER)
    rows = [tokenizer.encode(text).ids for text in ("Dog", "The dog sleeps in the old house")]
    together = embed_rows(model, rows, CPU)
    alone = np.concatenate([embed_rows(model, [row], CPU) for row in rows])
    np.testing.assert_allclose(together, alone, atol=1e-5)


def test_both_readers_put_the_same_marks_around_a_text(tmp_path: Path) -> None:
    tokenizer = open_tokenizer(write_tokenizer(tmp_path))
    reader = marked_reader(tokenizer)
    (row,) = reader.read(["De hond slaapt."])
    assert list(reader.finish(row)) == with_marks(tokenizer).encode("De hond slaapt.").ids
    assert TokenReader(tokenizer).finish(row) == row
    assert TokenReader(tokenizer).finish(()) == (1,)  # [UNK]: a mean of nothing is no vector


def test_the_bundled_tokenizer_folds_accents_and_capitals() -> None:
    reader = TokenReader(open_tokenizer(BUNDLED_FOLDER))
    plain, accented = reader.read(["geevolueerd naar belgie", "Geëvolueerd naar België"])
    assert plain == accented


def test_the_losses_are_those_of_the_papers() -> None:
    queries = torch.tensor([[1.0, 0.0], [0.0, 1.0]])
    passages = torch.tensor([[0.8, 0.6], [0.6, 0.8]])
    assert float(anchor_loss(queries, passages)) == pytest.approx(0.2)
    # Scores over .05: 16 and 12 in each row and column; ln(1 + e^-4) = .01815.
    empty = Memory(3, 2)
    apart = contrast_loss(queries, passages, torch.tensor([0, 1]), empty)
    assert float(apart) == pytest.approx(0.01815, abs=1e-5)
    same = contrast_loss(queries, passages, torch.tensor([7, 7]), empty)
    assert float(same) == pytest.approx(0.0)


def test_answers_of_earlier_batches_count_as_wrong_ones_unless_of_the_same_group() -> None:
    queries = torch.tensor([[1.0, 0.0]])
    passages = torch.tensor([[0.8, 0.6]])
    memory = Memory(2, 2)
    alone = contrast_loss(queries, passages, torch.tensor([0]), memory)
    memory.add(torch.tensor([[0.6, 0.8]]), torch.tensor([1]))
    # The question's side now has a wrong one: ln(1 + e^-4) / 2; the answer's side still has none.
    assert float(alone) == pytest.approx(0.0)
    later = contrast_loss(queries, passages, torch.tensor([0]), memory)
    assert float(later) == pytest.approx(0.01815 / 2, abs=1e-5)
    own = contrast_loss(queries, passages, torch.tensor([1]), memory)
    assert float(own) == pytest.approx(0.0)
    memory.add(torch.eye(2), torch.tensor([2, 3]))
    assert memory.groups.tolist() == [2, 3]


def test_questions_that_stand_alone_are_taken_spread_over_the_text() -> None:
    asked = [f"Hoeveel mensen werken er in afdeling {n}?" for n in range(10)]
    text = "Inleiding zonder vraag. " + " ".join(asked) + " Waarom niet?"
    assert asked_sentences(text) == (asked[0], asked[3], asked[6], asked[9])


def test_an_entry_gives_titles_questions_and_answers() -> None:
    asked = "Hoeveel wolven leven er in Limburg?"
    answer = "Er leven twee roedels wolven in de provincie Limburg."
    entry = Entry("kamer", "k", "Wolven.", f"Er is veel te doen om de wolf. {asked}", answer)
    found = [(e.query, e.passage) for e in make_examples([entry])]
    assert found == [
        ("Wolven.", answer),
        (asked, answer),
        (entry.question, answer),
        ("Wolven.", entry.question),
    ]


def test_examples_with_one_title_or_one_answer_are_one_group() -> None:
    texts = (("a", "x", "t1"), ("b", "y", "t2"), ("c", "z", "t3"), ("d", "Y.", "t1"))
    first, second, third, fourth = groups_of([Example(*text) for text in texts])
    assert first == second == fourth
    assert third != first


def test_hard_negatives_share_words_but_not_the_group() -> None:
    passages = {
        "De trein naar Gent reed te laat door een storing.": "g1",
        "De trein naar Leuven reed te laat door sneeuw.": "g2",
        "De vertraging van de trein is opgelost.": "g1",
        "Brood wordt duurder door de prijs van graan.": "g3",
    }
    examples = [Example("Waarom reed de trein te laat?", p, g) for p, g in passages.items()]
    found = mine_by_words(examples, groups_of(examples))
    assert found[0] == (1,)
    assert set(found[1]) >= {0}
    assert 3 not in found[0]


def test_what_the_model_finds_nearly_as_good_as_the_answer_is_no_negative() -> None:
    passages = np.array([[1, 0], [0.99, 0.14], [0.7, 0.71], [-1, 0]], np.float32)
    queries = np.repeat(passages[:1], 4, axis=0)
    found = mine_by_model(queries, passages, (0, 1, 2, 3))
    assert found[0] == (2,)  # .99 is more than .95 of the answer's own 1; -1 is no match at all
    assert merge(((4, 2),) * 4, found)[0] == (4, 2)


def test_a_batch_brings_negatives_along_and_no_example_twice() -> None:
    row = tuple((n,) for n in range(20))
    questions = Questions(row, row, tuple(range(20)), tuple(((n + 10) % 20,) for n in range(20)))
    chosen = draw_questions(questions, 8, np.random.default_rng(0))
    assert len(set(chosen)) == 8
    assert all((n + 10) % 20 in chosen for n in chosen)


def test_sentences_of_a_batch_are_of_like_length() -> None:
    lengths = list(range(1, 161))
    chosen = draw_sentences(lengths, 10, np.random.default_rng(0))
    assert max(chosen) - min(chosen) == 9
    assert draw_sentences([3, 1], 10, np.random.default_rng(0)) == [1, 0]


def test_a_long_text_is_met_from_its_start_and_from_further_on() -> None:
    row = tuple(range(100))
    rng = np.random.default_rng(0)
    starts = {cut(row, 10, rng)[0] for _ in range(200)}
    assert len(starts) > 20
    assert all(len(cut(row, 10, rng)) == 10 for _ in range(50))
    assert cut((1, 2), 10, rng) == (1, 2)


def test_the_rate_goes_up_and_comes_down() -> None:
    rates = [rate_at(step, 100) for step in range(100)]
    assert rates[0] == pytest.approx(1 / 6)
    assert max(rates) == 1.0
    assert rates[6:] == sorted(rates[6:], reverse=True)
    assert rates[-1] < 0.001


def test_every_step_has_its_own_randomness() -> None:
    first, again, other = (draw(0, "distil", step).random() for step in (3, 3, 4))
    assert first == again != other
    assert draw(0, "contrast-1", 3).random() != first


def test_a_rare_token_follows_the_company_it_keeps() -> None:
    # 0-9 are animals, 10-19 are taxes, 20 a rare animal; a text is about one of the two.
    rng = np.random.default_rng(0)
    animals, taxes = list(range(10)), list(range(10, 20))
    texts = [
        tuple(rng.permutation([*group, *extra]).tolist())
        for _ in range(60)
        for group, extra in ((animals, [20]), (taxes, []))
    ]
    company = company_vectors(texts, 22, seed=0, dimension=3)
    assert not company[21].any()
    old = torch.zeros(22, 2)
    old[animals] = torch.tensor([1.0, 0.0])
    old[taxes] = torch.tensor([0.0, 1.0])
    seen = np.array([50] * 20 + [0, 0])
    mended = mend_rare(old, company, seen)
    assert mended[20, 0] > 0.7
    assert mended[20, 1] < 0.3
    assert mended[21].tolist() == [0.0, 0.0]  # no company: left as it was
    assert torch.allclose(mended[animals].mean(0), old[animals].mean(0), atol=0.1)
    assert torch.equal(mend_rare(old, company, np.zeros(22, np.int64)), old)


def test_weights_are_averaged_on_the_way_from_before_to_after() -> None:
    before, after = {"a": torch.tensor([0.0, 4.0])}, {"a": torch.tensor([4.0, 0.0])}
    assert average(before, after, 0.25)["a"].tolist() == [1.0, 3.0]
