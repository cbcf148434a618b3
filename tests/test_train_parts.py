"""The parts of the recipe, each against what is worked out by hand or by plain numpy."""

import re
import struct
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import torch
from four_bit_file import write_four_bit
from tiny_training import (
    DUTCH,
    PARALLEL,
    WIDTH,
    draw_weights,
    is_matrix,
    learn_vocabulary,
    write_data,
    write_teacher,
)

from index.encoder import Encoder
from index.train.batches import take_turn
from index.train.bert import embed_rows, token_states
from index.train.distil import distil, held_out_loss, start_student
from index.train.export import export
from index.train.four_bit import read_four_bit
from index.train.losses import distil_loss
from index.train.pairs import DataError, Entry, read_entries, read_translated
from index.train.pieces import choose_pieces, count_pieces
from index.train.settings import Settings
from index.train.split import half_of
from index.train.steps import Plan, draw, rate_at
from index.train.taught import Taught, ask_teacher
from index.train.teacher import Teacher, open_teacher
from index.train.texts import draw_texts
from index.train.tokens import Row, TokenReader, finish, make_tokenizer
from index.train.written.drawing import fold

CPU = torch.device("cpu")
SENTENCES = tuple(dutch for _, dutch in PARALLEL)


@pytest.fixture(scope="module")
def teacher(tmp_path_factory: pytest.TempPathFactory) -> Teacher:
    return open_teacher(write_teacher(tmp_path_factory.mktemp("teacher") / "teacher.bin"))


def read(teacher: Teacher, *texts: str) -> list[Row]:
    reader = TokenReader(make_tokenizer(teacher.pieces, teacher.scores))
    return [finish(row) for row in reader.read(texts)]


def ask(teacher: Teacher, cache: Path, *texts: str) -> Taught:
    rows = read(teacher, *texts)
    return ask_teacher(teacher.model, rows, range(len(teacher.pieces)), cache, print)


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
        read_translated(tmp_path)


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    (tmp_path / "kamer-debatten").mkdir()
    (tmp_path / "kamer-debatten" / "qa.tsv").write_text("source\ttitle\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"qa\.tsv lacks the columns answer, question"):
        read_entries(tmp_path, "train")


def test_no_data_at_all_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="holds no questions and answers for train"):
        read_entries(tmp_path, "train")


def test_a_block_is_its_scale_times_four_bits_less_eight(tmp_path: Path) -> None:
    # Byte j holds j in its low half and 15 - j in its high half; the scale is one half.
    block = struct.pack("<e", 0.5) + bytes(j | (15 - j) << 4 for j in range(16))
    blocks = {"emb.word": block * 5, "emb.pos": np.ones((2, 32)), "emb.type": np.ones((1, 32))}
    norm = {"emb.ln.w": np.ones(32), "emb.ln.b": np.arange(32)}
    vocabulary = [(piece, -1.0) for piece in ("<s>", "<pad>", "</s>", "<unk>", "é")]
    path = write_four_bit(tmp_path / "m.bin", (32, 0, 4, 64, 5, 2, 1), vocabulary, blocks | norm)
    found = read_four_bit(path)
    table = found.weights["embeddings.word_embeddings.weight"]
    assert table.shape == (5, 32)
    assert table[3, :16].tolist() == [(j - 8) / 2 for j in range(16)]  # -4, -3.5 ... 3.5
    assert table[3, 16:].tolist() == [(15 - j - 8) / 2 for j in range(16)]  # 3.5, 3 ... -4
    assert found.weights["embeddings.LayerNorm.bias"].tolist() == list(range(32))
    assert found.pieces[4] == "é"


def test_every_weight_is_where_a_bert_has_it(teacher: Teacher) -> None:
    drawn, state = draw_weights(len(teacher.pieces)), teacher.model.bert.state_dict()
    for short, name in (
        ("emb.pos", "embeddings.position_embeddings.weight"),
        ("l1.q.w", "encoder.layer.1.attention.self.query.weight"),
        ("l1.k.b", "encoder.layer.1.attention.self.key.bias"),
        ("l2.v.w", "encoder.layer.2.attention.self.value.weight"),
        ("l2.ao.w", "encoder.layer.2.attention.output.dense.weight"),
        ("l3.fi.w", "encoder.layer.3.intermediate.dense.weight"),
        ("l3.fo.w", "encoder.layer.3.output.dense.weight"),
        ("l0.aln.b", "encoder.layer.0.attention.output.LayerNorm.bias"),
        ("l0.oln.b", "encoder.layer.0.output.LayerNorm.bias"),
    ):
        # A scale is the largest of a block over 7; what is packed is off by half a scale at most.
        most = np.abs(drawn[short]).max() / 14 * 1.01 if is_matrix(short) else 0
        np.testing.assert_allclose(state[name], drawn[short], rtol=0, atol=most)


@pytest.mark.parametrize(
    ("kept", "message"),
    [
        (b"GGUF", "is no model in 4 bits: it doesn't begin with b'E5S1'"),
        (b"E5S1", "can't be read as a model in 4 bits"),
    ],
)
def test_a_file_of_another_kind_is_refused(kept: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "model.bin"
    path.write_bytes(kept + b"\x01\x00\x00\x00")
    with pytest.raises(DataError, match=re.escape(message)):
        open_teacher(path)


def test_a_folder_of_another_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text('{"model_type": "xlm-roberta"}')
    (tmp_path / "tokenizer.json").write_text('{"model": {"type": "Unigram"}}')
    with pytest.raises(DataError, match="holds no BERT with a Unigram tokenizer"):
        open_teacher(tmp_path)


def test_the_teacher_gives_the_vectors_that_sentence_transformers_gives(
    teacher: Teacher, tmp_path: Path
) -> None:
    export(teacher.model, make_tokenizer(teacher.pieces, teacher.scores), tmp_path)
    found = embed_rows(teacher.model, read(teacher, *SENTENCES))
    expected = Encoder.load(str(tmp_path)).encode_queries(SENTENCES)
    np.testing.assert_allclose(found, expected, atol=2e-3)


def test_a_teacher_may_be_a_folder(teacher: Teacher, tmp_path: Path) -> None:
    export(teacher.model, make_tokenizer(teacher.pieces, teacher.scores), tmp_path)
    again = open_teacher(tmp_path)
    assert again.pieces == teacher.pieces
    rows = read(teacher, *SENTENCES)
    states = token_states(again.model, rows), token_states(teacher.model, rows)
    np.testing.assert_allclose(*states, atol=0.02)


def test_the_frequent_pieces_are_kept_and_all_letters() -> None:
    pieces = ["<s>", "<pad>", "</s>", "<unk>", "▁de", "e", "▁É", "λ", "€", "▁het", "▁και", "▁een"]
    counts = Counter({4: 5, 9: 7, 11: 5, 10: 1, 5: 9})
    assert choose_pieces(pieces, counts, 9) == (0, 1, 2, 3, 4, 5, 6, 8, 9)  # 4 before 11: a tie
    assert choose_pieces(pieces, counts, 100) == (0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 11)
    assert choose_pieces(pieces, counts, 3) == (0, 1, 2, 3, 5, 6, 8)


def test_pieces_are_counted_in_all_texts_of_the_dutch_side(tmp_path: Path) -> None:
    pieces = ["<s>", "<pad>", "</s>", "<unk>", "▁Een", "▁een", "▁one", "▁twee"]
    tokenizer = make_tokenizer(pieces, [0.0] * 4 + [-1.0] * 4)
    for name, text in (
        ("en-nl/pairs.tsv", "web\tone one\ttwee"),
        ("tatoeba/text.txt", "twee twee"),
        ("vlaamse-regering/pairs.tsv", "Een\tEen"),
    ):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(text, encoding="utf-8")
    counts = count_pieces(tmp_path, tokenizer, np.random.default_rng(0))
    # Of the decisions the first of each three lines is counted in lower case too.
    assert counts == Counter({4: 2, 5: 2, 7: 3})


def test_a_text_is_cut_in_the_teachers_pieces_where_all_of_them_are_kept(teacher: Teacher) -> None:
    whole = make_tokenizer(teacher.pieces, teacher.scores)
    texts = [*SENTENCES, *DUTCH, *(english for english, _ in PARALLEL), "λόγος"]
    rows = [text.ids for text in whole.encode_batch(texts)]
    counts = Counter(token for row in rows[: len(SENTENCES)] for token in row)
    ids = choose_pieces(teacher.pieces, counts, 110)
    few = make_tokenizer([teacher.pieces[i] for i in ids], [teacher.scores[i] for i in ids])
    same = [set(row) <= set(ids) for row in rows]
    assert 3 <= same.count(True) <= len(texts) - 3
    for text, row, is_kept in zip(texts, rows, same, strict=True):
        assert ([ids[token] for token in few.encode(text).ids] == row) == is_kept
    bar = few.token_to_id("▁")
    assert few.encode("λόγος").ids == [0, bar, 3, 2]  # an unknown: nothing shorter is there


def test_a_text_is_read_with_accents_and_capitals_and_without_double_spaces() -> None:
    tokenizer = make_tokenizer(*zip(*learn_vocabulary(), strict=True))
    assert (
        tokenizer.encode(" Één   café\tin\u00a0België ").ids
        == tokenizer.encode("Één café in België").ids
    )
    assert tokenizer.decode(tokenizer.encode("Één café in België").ids) == "Één café in België"
    assert tokenizer.encode("één").ids != tokenizer.encode("Één").ids


def test_marks_are_where_the_model_expects_them() -> None:
    tokenizer = make_tokenizer(*zip(*learn_vocabulary(), strict=True))
    (row,) = TokenReader(tokenizer).read(["De hond slaapt."])
    assert list(finish(row)) == tokenizer.encode("De hond slaapt.").ids
    assert finish(()) == (0, 3, 2)  # <s> <unk> </s>: of nothing there would be no vector


def test_padding_changes_no_vector(teacher: Teacher) -> None:
    rows = read(teacher, "Hond", "De hond slaapt in het oude huis")
    alone = np.concatenate([embed_rows(teacher.model, [row]) for row in rows])
    np.testing.assert_allclose(embed_rows(teacher.model, rows), alone, atol=1e-5)
    states = np.concatenate([token_states(teacher.model, [row]) for row in rows])
    np.testing.assert_allclose(token_states(teacher.model, rows), states, atol=5e-3)


def test_what_is_aimed_at_is_the_teachers_own_states_less_their_mean(
    teacher: Teacher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.train.taught.CHUNK", 3)
    taught = ask(teacher, tmp_path, *SENTENCES)
    assert len(list(tmp_path.iterdir())) == 4  # ten texts
    states = [token_states(teacher.model, [row]).astype(np.float32) for row in taught.rows]
    centre = np.mean([state.mean(axis=0) for state in states], axis=0)
    ids, mask, targets = taught.batch([8, 2], CPU)
    for place, number in enumerate((8, 2)):
        count = len(taught.rows[number])
        assert tuple(ids[place, :count].tolist()) == taught.rows[number]
        assert set(ids[place, count:].tolist()) <= {1}  # <pad>
        assert mask[place].sum() == count
        aimed = states[number] - centre
        np.testing.assert_allclose(targets[place, :count], aimed, atol=5e-3)


def test_the_teacher_is_asked_once(teacher: Teacher, tmp_path: Path) -> None:
    first = np.array(ask(teacher, tmp_path, *SENTENCES).chunks[0])
    (path,) = tmp_path.iterdir()
    np.save(path, first * 2)
    assert np.array_equal(ask(teacher, tmp_path, *SENTENCES).chunks[0], first * 2)
    others = ask(teacher, tmp_path, *SENTENCES[1:])
    assert np.array_equal(others.chunks[0], token_states(teacher.model, others.rows))


def test_of_many_texts_the_last_ones_are_never_learnt_from(
    teacher: Teacher, tmp_path: Path
) -> None:
    taught = ask(teacher, tmp_path, *SENTENCES, *SENTENCES)
    assert taught.learnt == 18
    assert taught.lengths == tuple(map(len, taught.rows[:18]))


def test_a_student_with_all_layers_says_what_the_teacher_says_around_zero(
    teacher: Teacher, tmp_path: Path
) -> None:
    taught = ask(teacher, tmp_path, *SENTENCES)
    every = range(len(teacher.pieces))
    student = start_student(teacher.model, every, range(4), taught.centre)
    found = token_states(student, taught.rows).astype(np.float32)
    expected = taught.chunks[0].astype(np.float32) - taught.centre.numpy()
    np.testing.assert_allclose(found, expected, atol=5e-3)
    narrow = embed_rows(teacher.model, taught.rows)
    wide = embed_rows(student, taught.rows)
    assert (narrow @ narrow.T).min() > 0.9  # a cone
    assert np.abs((wide @ wide.T)[np.triu_indices(10, 1)].mean()) < 0.15


def test_a_student_keeps_the_pieces_and_layers_that_were_named(
    teacher: Teacher, tmp_path: Path
) -> None:
    mean = torch.zeros(WIDTH)
    student = start_student(teacher.model, (0, 1, 2, 3, 9, 7), (1, 3), mean).bert.state_dict()
    state = teacher.model.bert.state_dict()
    words = "embeddings.word_embeddings.weight"
    assert torch.equal(student[words], state[words][[0, 1, 2, 3, 9, 7]])
    for place, layer in ((0, 1), (1, 3)):
        name = "attention.self.key.weight"
        kept = student[f"encoder.layer.{place}.{name}"]
        assert torch.equal(kept, state[f"encoder.layer.{layer}.{name}"])
    assert not any("layer.2" in name for name in student)


def test_distilling_brings_the_student_nearer_to_the_teacher(
    teacher: Teacher, tmp_path: Path
) -> None:
    texts = [f"{one} {two}" for one in SENTENCES for two in SENTENCES]
    taught = ask(teacher, tmp_path, *texts)
    settings = Settings(distil_steps=150, distil_rate=2e-3, distil_batch=8)
    every = range(len(teacher.pieces))
    student = start_student(teacher.model, every, (0, 3), taught.centre)
    before = held_out_loss(student, taught, 8)
    distil(student, taught, settings, tmp_path / "distil.pt", print)
    assert held_out_loss(student, taught, 8) < 0.5 * before
    assert torch.equal(student.tokens.weight, teacher.model.tokens.weight)


def test_texts_for_the_teacher_are_of_the_half_that_is_given(tmp_path: Path) -> None:
    entries = read_entries(write_data(tmp_path), "train")
    texts = draw_texts(tmp_path, entries, np.random.default_rng(0))
    folded = {text.lower() for text in texts}
    held = [e for half in ("dev", "test") for e in read_entries(tmp_path, half)]  # type: ignore[arg-type]
    assert folded.isdisjoint(entry.title.lower() for entry in held)
    assert folded >= {entry.title.lower() for entry in entries}
    assert folded >= {sentence.lower() for sentence in SENTENCES}
    assert len(texts) == len(set(texts))
    assert texts == draw_texts(tmp_path, entries, np.random.default_rng(0))
    assert texts != draw_texts(tmp_path, entries, np.random.default_rng(1))


def test_longer_texts_are_successive_sentences_of_one_document(tmp_path: Path) -> None:
    write_data(tmp_path)
    sentences = [f"Dit is de zin met nummer {n} van het antwoord." for n in range(30)]
    entry = Entry("kamer", "k", "Titel", "", " ".join(sentences))
    texts = draw_texts(tmp_path, [entry], np.random.default_rng(0))
    longer = [text for text in texts if text.lower().count("zin met nummer") > 1]
    assert longer
    for text in longer:
        assert text.lower() in entry.answer.lower()
        assert 3 <= text.lower().count("zin met nummer") <= 4  # two are too short
        assert 120 < len(text) <= 700


def test_a_folded_query_is_in_lower_case_without_accents() -> None:
    assert fold("Geëvolueerd naar ÉÉN België?") == "geevolueerd naar een belgie?"


def test_the_distillation_loss_is_that_of_tokens_and_of_texts() -> None:
    teachers = torch.tensor([[[2.0, 0.0], [0.0, 2.0], [9.0, 9.0]]])
    students = torch.tensor([[[2.0, 0.0], [2.0, 0.0], [5.0, 5.0]]])
    mask = torch.tensor([[1, 1, 0]])
    # Squared errors of the two tokens: 0 0 4 4, mean 2; the teacher's squares: 4 0 0 4, mean 2.
    # The texts are (2, 0) and (1, 1): cosine .70711; 5 times the rest is 1.46447.
    assert float(distil_loss(students, teachers, mask)) == pytest.approx(2.46447, abs=1e-4)
    assert float(distil_loss(teachers, teachers, mask)) == pytest.approx(0.0, abs=1e-6)


def test_every_sentence_has_its_turn_before_any_comes_again() -> None:
    lengths = np.random.default_rng(0).permutation(331).tolist()
    steps = [take_turn(lengths, 10, step, 0) for step in range(64)]
    for turn in (steps[:32], steps[32:]):  # two pools of sixteen batches: 320 of the 331
        seen = [row for rows in turn for row in rows]
        assert len(set(seen)) == len(seen) == 320
    spans = [
        max(lengths[row] for row in rows) - min(lengths[row] for row in rows) for rows in steps
    ]
    assert np.mean(spans) < 30  # of 331: a sixteenth, less its ends
    assert steps[:32] != steps[32:]
    assert sorted(take_turn([3, 1], 10, 7, 0)) == [0, 1]


def test_the_rate_goes_up_and_comes_down() -> None:
    rates = [rate_at(step, Plan("s", 100, 1.0, 1.0, warm_up=6)) for step in range(100)]
    assert rates[0] == pytest.approx(1 / 6)
    assert max(rates) == 1.0
    assert rates[6:] == sorted(rates[6:], reverse=True)
    assert rates[-1] < 0.001
    last = rate_at(99, Plan("s", 100, 1.0, 1.0, warm_up=6, lowest=0.03))
    assert last == pytest.approx(0.03 + 0.97 * rates[-1])


def test_every_step_has_its_own_randomness() -> None:
    first, again, other = (draw(0, "distil", step).random() for step in (3, 3, 4))
    assert first == again != other
    assert draw(0, "written", 3).random() != first
