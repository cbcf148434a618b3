"""Dutch sentence ends, and sub-questions within sentences."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.facts import find_article_codes, find_esr_codes, find_links
from corpus.questions import find_questions
from corpus.sentences import split_sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Ja. Neen.", ["Ja.", "Neen."]),
        ("Dat kost 2.225.000 euro. Meer niet.", ["Dat kost 2.225.000 euro.", "Meer niet."]),
        ("Dit gaat bv. Om dit. En dat.", ["Dit gaat bv. Om dit.", "En dat."]),
        ("De heer J. Peeters sprak. Kort.", ["De heer J. Peeters sprak.", "Kort."]),
        ("O.a. Gent, m.a.w. Vlaanderen.", ["O.a. Gent, m.a.w. Vlaanderen."]),
        ("1. Bij aanvang. 2. Daarna.", ["1. Bij aanvang.", "2. Daarna."]),
        ("- IBO: +10 keuro\n- ESF: +4 keuro", ["- IBO: +10 keuro", "- ESF: +4 keuro"]),
        ("Hij zei: “Dat klopt.” Toen niets.", ["Hij zei: “Dat klopt.”", "Toen niets."]),
        ("(Zie bijlage.) Dan dit.", ["(Zie bijlage.)", "Dan dit."]),
        ("Hoeveel? Waarom!", ["Hoeveel?", "Waarom!"]),
        ("  ", []),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in split_sentences(text)] == sentences


@given(st.text(max_size=300))
def test_every_visible_character_is_in_exactly_one_sentence(text: str) -> None:
    spans = split_sentences(text)
    inside = "".join(text[start:end] for start, end in spans)
    assert "".join(inside.split()) == "".join(text.split())
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("De kost daalt. Waarom? Hoeveel?", ["Waarom?", "Hoeveel?"]),
        ("- Wat nu?\n- En dan?", ["Wat nu?", "En dan?"]),
        ("- Wat nu?\n+ belang van afstemming", ["Wat nu?", "belang van afstemming"]),
        ("“Wie betaalt? Niemand.” Klopt dat?", ["Klopt dat?"]),
        ("Graag een overzicht per provincie.", ["Graag een overzicht per provincie."]),
        ("Wat is de reden? (ESR 31.32)", ["Wat is de reden?"]),
        ("Duid de cijfers.", ["Duid de cijfers."]),
        (" ", []),
    ],
)
def test_sub_questions(text: str, questions: list[str]) -> None:
    assert [text[start:end] for start, end in find_questions(text)] == questions


def test_codes_and_links() -> None:
    text = "JB0-1JDB2CB-WT (ESR-code 16.11, esr 88.17), ESR 16.11; http://a.be/b. Niet 12.34."
    assert find_article_codes(text) == ("JB0-1JDB2CB-WT",)
    assert find_esr_codes(text) == ("ESR 16.11", "ESR 88.17")
    assert find_links(text) == ("http://a.be/b",)
