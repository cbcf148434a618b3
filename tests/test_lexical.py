"""Dutch tokens, compounds, spelling and BM25: what is typed finds what is written."""

import math
import unicodedata
from dataclasses import replace

import bm25s
import numpy as np
import pytest

import index.lexical
import index.tally
from eval.questions import read_gold
from index.bm25 import K1, B
from index.compounds import CompoundIndex, split_compound
from index.contents import Index
from index.lexical import LexicalIndex
from index.lexical_parts import make_part, open_part, pack_part
from index.spelling import SpellingIndex, edit_distances
from index.stems import content_stems, stem_word
from index.tokens import fold, fold_name, tokenise

TEXTS = (
    "VDAB dient tegen eind 2024 een besparing van 419 personeelsleden door te voeren.",
    "Het krediet voor de doelgroepvermindering daalt met 9.848 keuro, de provisie met 22, 4 miljoen"
    " euro.",
    "Er werden 1845 IBO’s stopgezet wegens overmacht, zie ESR 88.17.",
    "De doelgroepen kregen een vermindering; de premie stijgt opnieuw.",
)
CONTEXTS = (
    "SP.A JB0-1JDB2CY-IS",
    "N-VA (Axel Ronse)",
    "CD&V (Robrecht Bothuyne)",
    "Vlaams Belang",
)


@pytest.fixture(scope="module")
def lexical() -> LexicalIndex:
    return LexicalIndex.build(TEXTS, CONTEXTS)


def best(lexical: LexicalIndex, query: str) -> int | None:
    """Return the row that matches best, or None if nothing matches."""
    terms = lexical.read_query(query)
    scores = lexical.score(terms, "text") + lexical.score(terms, "context")
    return int(np.argmax(scores)) if scores.max() > 0 else None


@pytest.mark.parametrize(
    ("query", "row"),
    [
        ("personeelsleden", 0),
        ("PERSONEELSLEDEN", 0),
        ("personelsleden", 0),
        ("besparingen", 0),
        ("bespaart", 0),
        ("JB0-1JDB2CY-IS", 0),
        ("jb0-1jdb2cy-is", 0),
        ("jb01jdb2cyis", 0),
        ("JB0 1JDB2CY IS", 0),
        ("sp.a", 0),
        ("SPA", 0),
        ("sp.a's", 0),
        ("9.848 keuro", 1),
        ("9848 keuro", 1),
        ("9 848 keuro", 1),
        ("9,848 miljoen euro", 1),
        ("9.848.000 euro", 1),
        ("€ 9.848.000", 1),
        ("22,4 miljoen", 1),
        ("22, 4 mio euro", 1),
        ("nva", 1),
        ("N-VA", 1),
        ("n\u2011va", 1),
        ("axel ronse", 1),
        ("ibos", 2),
        ("IBO's", 2),
        ("IBO\u2019s", 2),
        ("ibo\u00b4s", 2),
        ("IBOs", 2),
        ("esr 88.17", 2),
        ("ESR 88,17", 2),
        ("cdenv cd&v", 2),
        ("stopgezette", 2),
        ("stijging", 3),
        ("vermindering voor doelgroepen", 3),
        ("doelgroep-vermindering", 1),
    ],
)
def test_what_is_typed_finds_what_is_written(lexical: LexicalIndex, query: str, row: int) -> None:
    assert best(lexical, query) == row


def test_compounds_are_found_by_their_parts(lexical: LexicalIndex) -> None:
    terms = lexical.read_query("vermindering doelgroep")
    assert lexical.score(terms, "text")[1] > 0


@pytest.mark.parametrize("query", ["pannenkoeken", "2031", "XY9-9ZZZZZZ-ZZ", "de het een", "?!"])
def test_what_no_document_holds_finds_nothing(lexical: LexicalIndex, query: str) -> None:
    assert best(lexical, query) is None


@pytest.mark.parametrize("word", ["honden", "zender", "hinder", "woorden", "wetten", "vracht"])
def test_a_word_of_dutch_near_a_stop_word_is_a_word(lexical: LexicalIndex, word: str) -> None:
    assert [term.stem for term in lexical.read_query(f"de {word}")] == [stem_word(word)]


def test_a_mistyped_stop_word_says_nothing(lexical: LexicalIndex) -> None:
    assert [term.stem for term in lexical.read_query("zonderr vermindering")] == ["verminder"]


def test_composed_and_decomposed_letters_are_the_same() -> None:
    text = "Geïnteresseerde coöperaties, één café"
    assert tokenise(unicodedata.normalize("NFD", text)) == tokenise(text)
    assert tokenise(text) == tokenise("geinteresseerde cooperaties, een cafe")


def test_folding_takes_away_case_accents_and_odd_apostrophes() -> None:
    assert fold("ÉÉN ’s ‘t ﬁnanciën – co\u00adde") == "een 's 't financien - code"
    assert fold_name("SP.A") == fold_name("spa") == "spa"


def test_words_and_numbers_get_the_tokens_that_the_docstring_says() -> None:
    assert tokenise("N-VA") == ("va", "nva")
    assert tokenise("12u") == ("12u", "12")
    assert tokenise("31/12/2021") == ("31", "12", "2021")
    assert tokenise("2.225.000 euro") == ("2225000", "euro", "eur:2225000")
    assert tokenise("in 2019, 4 mensen") == ("in", "2019", "4", "mensen")


def test_stop_words_are_left_out_and_stems_meet() -> None:
    assert content_stems("de stijging van het aantal") == [stem_word("stijging"), "aantal"]
    assert stem_word("aanvragen") == stem_word("aanvraag")


def test_asking_words_count_only_when_nothing_else_is_asked(lexical: LexicalIndex) -> None:
    asked = lexical.read_query("Wat antwoordde de minister over de premie?")
    assert [term.stem for term in asked] == ["premie"]
    assert [term.stem for term in lexical.read_query("minister")] == [stem_word("minister")]


def test_a_score_is_one_hundred_percent_at_most(lexical: LexicalIndex) -> None:
    for query in ("besparing personeelsleden VDAB", "N-VA Ronse", "419"):
        for field in ("text", "context"):
            scores = lexical.score(lexical.read_query(query), field)
            assert scores.min() >= 0
            assert scores.max() <= 1


def test_scores_are_bm25_worked_by_hand() -> None:
    # "appel" twice in a text of 3 words, average length 2: Lucene's BM25,
    # idf = ln(1 + (2 - 1 + 0.5) / (1 + 0.5)); divided by idf, the highest possible score.
    lexical = LexicalIndex.build(["appel appel peer", "kers"], ["", ""])
    found = lexical.score(lexical.read_query("appel"), "text")
    assert found[0] == pytest.approx(2 / (2 + K1 * (1 - B + B * 3 / 2)), rel=1e-5)
    assert found[1] == 0
    idf = lexical.read_query("appel")[0].idf
    assert idf == pytest.approx(math.log(1 + 1.5 / 1.5), rel=1e-6)


def test_scores_are_those_of_another_implementation() -> None:
    texts = ["appel peer appel", "peer kers", "kers pruim peer appel kers", "druif"]
    lexical = LexicalIndex.build(texts, [""] * len(texts))
    tokens = [content_stems(text) for text in texts]
    model = bm25s.BM25(method="lucene", k1=K1, b=B)
    model.index(tokens, show_progress=False)
    for word in ("appel", "peer", "kers", "druif"):
        (term,) = lexical.read_query(word)
        plain = [replace(term, matches=term.matches[:1], at_large=1.0)]
        ours = lexical.score(plain, "text") * plain[0].idf
        np.testing.assert_allclose(ours, model.get_scores([term.stem]), rtol=1e-5)


def test_an_index_read_back_scores_as_before(lexical: LexicalIndex) -> None:
    again = LexicalIndex([open_part(pack_part(*lexical.parts))])
    for query in ("ibos", "doelgroepvermindering keuro", "personelsleden", "Ronse"):
        for field in ("text", "context"):
            before = lexical.score(lexical.read_query(query), field)
            after = again.score(again.read_query(query), field)
            np.testing.assert_array_equal(after, before)


def test_an_empty_index_scores_nothing() -> None:
    lexical = LexicalIndex([open_part(pack_part(make_part([], [])))])
    assert lexical.score(lexical.read_query("besparing"), "text").shape == (0,)


def test_texts_without_words_can_be_indexed() -> None:
    lexical = LexicalIndex.build(["...", "de"], ["", ""])
    assert lexical.score(lexical.read_query("besparing"), "text").tolist() == [0, 0]


def test_as_many_contexts_as_texts_are_needed() -> None:
    with pytest.raises(ValueError, match="2 texts, but 1 contexts"):
        LexicalIndex.build(["a", "b"], ["c"])


@pytest.mark.parametrize(
    ("one", "other", "edits"),
    [("overmacht", "overmagt", 2), ("limburg", "limbrug", 1), ("a", "abc", 2), ("ibo", "ibo", 0)],
)
def test_edit_distances_count_swaps_as_one(one: str, other: str, edits: int) -> None:
    letters = np.array([[ord(letter) for letter in other.ljust(12, "\0")]], np.uint32)
    word = np.array([ord(letter) for letter in one], np.uint32)
    assert edit_distances(word, letters, np.array([len(other)])).tolist() == [edits]


def test_spelling_finds_near_words_only() -> None:
    spelling = SpellingIndex(["ramingsmodel", "telewerk", "groep", "zzzzzz"])
    assert [row for row, _ in spelling.find("ramigsmodel", is_word=False)] == [0]
    assert [row for row, _ in spelling.find("telewrek", is_word=False)] == [1]
    assert spelling.find("groen", is_word=True) == ()
    assert spelling.find("kinderopvang", is_word=True) == ()
    assert SpellingIndex([]).find("telewerk", is_word=False) == ()


def test_what_is_no_dutch_word_is_mended_from_four_letters_on() -> None:
    spelling = SpellingIndex(["daalt", "overmacht"])
    assert [row for row, _ in spelling.find("dalt", is_word=False)] == [0]
    assert spelling.find("dalt", is_word=True) == ()
    assert spelling.find("haalt", is_word=False) == ()  # a short word keeps its first letter
    assert [row for row, _ in spelling.find("overmagt", is_word=False)] == [1]
    assert spelling.find("overmagt", is_word=True) == ()


def test_a_mended_word_is_as_rare_in_dutch_as_the_one_that_was_meant() -> None:
    lexical = LexicalIndex.build(["De vergoeding stijgt.", "Het telewerk daalt."], ["", ""])
    (meant,), (mistyped,) = lexical.read_query("vergoeding"), lexical.read_query("vergoedign")
    assert mistyped.at_large == meant.at_large < 1


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ("overmagt bij de opleidign", "overmacht bij de opleiding"),
        ("het tele werk daalde", "het telewerk daalde"),
        ("Overmagt", "Overmagt"),  # a name, for all we know
        ("vte's en u", "vte's en u"),
        ("kinderopvang in gent", "kinderopvang in gent"),
        ("", ""),
    ],
)
def test_a_question_is_mended_as_it_is_read(typed: str, mended: str) -> None:
    texts = ["Overmacht bij de opleiding.", "Het telewerk daalt in Genk.", "Werk voor 3 VTE's."]
    assert LexicalIndex.build(texts, ["", "", ""]).vocabulary.mend(typed) == mended


@pytest.mark.parametrize("typed", ["tele werk", "telewerk", "Tele Werk"])
def test_a_word_typed_in_pieces_is_one_word(typed: str) -> None:
    lexical = LexicalIndex.build(["Het telewerk daalt.", "Het werk stijgt."], ["", ""])
    assert [term.stem for term in lexical.read_query(typed)] == ["telewerk"]


def test_two_words_of_the_documents_stay_two() -> None:
    lexical = LexicalIndex.build(["Bouw en land.", "De landbouw."], ["", ""])
    assert [term.stem for term in lexical.read_query("land bouw")] == ["land", "bouw"]


def test_a_code_says_what_it_is_made_of() -> None:
    lexical = LexicalIndex.build(["Het ESR 88.17 daalt."], [""])
    parts = {term.stem: term.parts for term in lexical.read_query("ESR88.17")}
    assert parts == {"esr88": (), "17": (), "esr8817": ("esr88", "17")}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("gemeenten", "meent"),
        ("gezondheid", "zon"),
        ("gemiddeld", "middelen"),
        ("gebouwen", "bouw"),
        ("gewest", "wes"),
    ],
)
def test_ge_is_no_prefix_of_nouns(one: str, other: str) -> None:
    assert stem_word(one) != stem_word(other)
    assert stem_word(one).startswith("ge")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("gedaald", "dalen"),
        ("geraamd", "ramen"),
        ("gemeente", "gemeenten"),
        ("gebouw", "gebouwen"),
        ("gevolgd", "volgen"),
        ("gebouwd", "bouwen"),
        ("gevolg", "gevolgen"),
    ],
)
def test_forms_of_one_word_share_their_stem(one: str, other: str) -> None:
    assert stem_word(one) == stem_word(other)


def test_a_verb_in_eren_is_found_by_its_participle() -> None:
    lexical = LexicalIndex.build(["De lijst wordt geactualiseerd.", "Niets."], ["", ""])
    assert lexical.score(lexical.read_query("lijsten actualiseren"), "text").argmax() == 0
    (verb,) = lexical.read_query("actualiseren")
    assert verb.matches


def test_compounds_split_into_known_words_only() -> None:
    known = {"doelgroep", "verminder", "personeel", "besparing"}
    assert split_compound("doelgroepverminder", known, str) == ("doelgroep", "verminder")
    assert split_compound("personeelsbesparing", known, str) == ("personeel", "besparing")
    assert split_compound("doelgroepkorting", known, str) == ()


def test_a_word_is_found_inside_compounds_that_it_opens_or_closes() -> None:
    words = CompoundIndex(["doelgroepverminder", "verminderdag", "knelpuntberoep", "verminderd"])
    assert set(words.find("verminder")) == {"doelgroepverminder"}
    assert words.find("knelpunt") == ("knelpuntberoep",)
    assert words.find("doel") == ()


def test_both_parts_of_a_compound_together_count_as_holding_it() -> None:
    texts = ["Het personeel vreest de besparing.", "Het personeel werkt.", "De besparing loopt."]
    lexical = LexicalIndex.build(texts, ["", "", ""])
    (compound,) = lexical.read_query("personeelsbesparing")
    held = lexical.presence(compound, np.arange(3), "text")
    assert held.tolist() == pytest.approx([0.5, 0.4, 0.4])


@pytest.mark.parametrize("short_list", [0, 4096])
@pytest.mark.parametrize("is_filtered", [False, True])
@pytest.mark.parametrize("is_dropped", [False, True])
def test_the_best_rows_are_those_of_scoring_every_row(
    appendix_index: Index,
    monkeypatch: pytest.MonkeyPatch,
    short_list: int,
    is_filtered: bool,
    is_dropped: bool,
) -> None:
    monkeypatch.setattr(index.lexical, "SHORT_LIST", short_list)
    monkeypatch.setattr(index.tally, "BLOCK", 4)
    weights, rows = {"text": 0.8, "context": 0.6}, np.arange(appendix_index.lexical.count)
    gone = rows[6:20] if is_dropped else rows[:0]
    lexical = LexicalIndex(appendix_index.lexical.parts, dropped=gone)
    allowed = rows[::3] if is_filtered else None
    hidden = np.union1d(gone, rows[:0] if allowed is None else np.setdiff1d(rows, allowed))
    for question in read_gold("dev")[:60]:
        terms = lexical.read_query(question.turns[0])
        total = sum(w * lexical.score(terms, field) for field, w in weights.items())
        total[hidden] = 0
        found = lexical.best_rows(terms, weights, 4, allowed)
        assert len(found) == len(set(found.tolist())) == min(4, np.count_nonzero(total))
        expected = np.sort(total)[::-1][: len(found)]
        np.testing.assert_allclose(np.sort(total[found])[::-1], expected, rtol=1e-5)
