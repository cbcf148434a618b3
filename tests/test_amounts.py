"""Amounts and counts in running text: what is one, where it stands, what it is worth."""

import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.amounts import find_amounts
from corpus.number_words import read_words
from corpus.units import SCALES
from index.tokens import tokenise

UNITS = {"nul": 0, "één": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "zeven": 7}
UNITS |= {"acht": 8, "negen": 9, "tien": 10, "elf": 11, "twaalf": 12, "dertien": 13}
UNITS |= {"veertien": 14, "vijftien": 15, "zestien": 16, "zeventien": 17, "achttien": 18}
UNITS |= {"negentien": 19}
SMALL = {value: word for word, value in UNITS.items()}
TENS = ("twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig")
PIECES = (
    *re.findall(r"\S+", "0 1 2 5 12 105 2021 1.234 9.848 22,4 , . - + – € % / : ( ) ; ?"),
    *re.findall(r"\w+", "euro keuro miljoen mio miljard VTE u uur jaar dossiers formele en of"),
    *re.findall(r"\w+", "waarvan aantal artikel pagina ESR maart in deze er één twee honderd tot"),
    *("\u00a0", "\u202f", "VAK/VEK", "JB0-1JDB2CB-WT", "https://a.be/2021/5", "’s", "Covid-19"),
)


def read(text: str) -> list[tuple[str, Decimal, str]]:
    return [(amount.raw, amount.value, amount.unit) for amount in find_amounts(text)]


def values(text: str) -> list[tuple[Decimal, str]]:
    return [(amount.value, amount.unit) for amount in find_amounts(text)]


def in_words(number: int) -> str:
    """Write 0 to 999,999 as Dutch does; worked out from the grammar, not from the parser."""
    if number < 20:
        return SMALL[number]
    if number < 100:
        ten, unit = TENS[number // 10 - 2], number % 10
        joint = "ën" if SMALL[unit].endswith("e") else "en"
        return f"{SMALL[unit].replace('één', 'een')}{joint}{ten}" if unit else ten
    if number < 1000:
        hundreds, rest = divmod(number, 100)
        head = "" if hundreds == 1 else SMALL[hundreds]
        return f"{head}honderd{in_words(rest).replace('één', 'een') if rest else ''}"
    thousands, rest = divmod(number, 1000)
    head = "" if thousands == 1 else in_words(thousands).replace("één", "een")
    return f"{head}duizend {in_words(rest) if rest else ''}".strip()


@pytest.mark.parametrize(
    ("text", "raw", "value", "unit", "euros"),
    [
        ("met 22, 4 miljoen euro", "22, 4 miljoen euro", "22.4", "miljoen euro", "22400000"),
        ("met 9.848 keuro.", "9.848 keuro", "9848", "keuro", "9848000"),
        ("bedraagt 2.225.000 euro.", "2.225.000 euro", "2225000", "euro", "2225000"),
        ("met -65,5 miljoen", "-65,5 miljoen", "-65.5", "miljoen euro", "-65500000"),
        ("kost € 1,5 mio extra", "€ 1,5 mio", "1.5", "miljoen euro", "1500000"),
        ("IBO: +10.459 keuro", "+10.459 keuro", "10459", "keuro", "10459000"),
        ("saldo (-€ 5)", "-€ 5", "-5", "euro", "-5"),
        ("een daling van 5.395 k€", "5.395 k€", "5395", "keuro", "5395000"),
        ("plafond van 500 000 EUR", "500 000 EUR", "500000", "euro", "500000"),
        ("ca. 2,3 mln. euro", "2,3 mln. euro", "2.3", "miljoen euro", "2300000"),
        ("kost 5.000,- euro", "5.000,- euro", "5000", "euro", "5000"),
        ("van 1,75 miljard", "1,75 miljard", "1.75", "miljard euro", "1750000000"),
        ("kost anderhalf miljoen euro", "anderhalf miljoen euro", "1.5", "miljoen euro", "1500000"),
        ("kost een half miljoen euro", "een half miljoen euro", "0.5", "miljoen euro", "500000"),
        ("kost tweehonderd euro", "tweehonderd euro", "200", "euro", "200"),
        ("2 miljoen extra middelen", "2 miljoen", "2", "miljoen euro", "2000000"),
        ("2000 euro", "2000 euro", "2000", "euro", "2000"),
    ],
)
def test_money_has_its_place_value_unit_and_worth_in_euro(
    text: str, raw: str, value: str, unit: str, euros: str
) -> None:
    (amount,) = find_amounts(text)
    assert (amount.raw, amount.unit) == (raw, unit)
    assert (amount.value, amount.value_eur) == (Decimal(value), Decimal(euros))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("105 goedgekeurde dossiers", [("105 goedgekeurde dossiers", 105, "dossiers")]),
        ("er waren 20 DAC’ers", [("20 DAC’ers", 20, "DAC’ers")]),
        ("1845 IBO’s werden stopgezet", [("1845 IBO’s", 1845, "IBO’s")]),
        ("1 nieuwe aanvraag", [("1 nieuwe aanvraag", 1, "aanvraag")]),
        ("30 VDAB medewerkers", [("30 VDAB medewerkers", 30, "medewerkers")]),
        ("2,1 miljoen bezoekers", [("2,1 miljoen bezoekers", 2_100_000, "bezoekers")]),
        ("telt 1.912,5 VTE’s", [("1.912,5 VTE’s", Decimal("1912.5"), "VTE")]),
        ("12 u en minder dan -12u", [("12 u", 12, "uur"), ("12u", 12, "uur")]),
        ("een daling van 44,6%", [("44,6%", Decimal("44.6"), "%")]),
        ("7 BIO afgesloten", [("7 BIO", 7, "BIO")]),
        ("310 kilometer fietspad", [("310 kilometer", 310, "kilometer")]),
    ],
)
def test_a_count_is_a_number_with_its_unit_or_noun(
    text: str, expected: list[tuple[str, Decimal, str]]
) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tussen 10 en 20 %", [(10, "%"), (20, "%")]),
        ("50.000 tot 1 miljoen euro", [(50_000, "euro"), (1, "miljoen euro")]),
        ("10, 12 en 14 miljoen euro", [(n, "miljoen euro") for n in (10, 12, 14)]),
        (
            "88 miljoen, waarvan 22,4 wordt",
            [(88, "miljoen euro"), (Decimal("22.4"), "miljoen euro")],
        ),
        ("5.177 aanvragen, waarvan 4.353 goed", [(5177, "aanvragen"), (4353, "aanvragen")]),
        ("273 ultieme en 6.360 formele brieven", [(273, "brieven"), (6360, "brieven")]),
        ("Het aantal brieven daalt van 251 naar 22.", [(251, "brieven"), (22, "brieven")]),
        ("655 mensen. Gaan deze 655 weg?", [(655, "mensen"), (655, "mensen")]),
        ("Van de 305 steden hebben er 120 geantwoord", [(305, "steden"), (120, "steden")]),
        ("718 sancties tov 3.059 in Q2 2019", [(718, "sancties"), (3059, "sancties")]),
        ("De cijfers (in keuro):\n- Gent: 250\n- Aalst: 75", [(250, "keuro"), (75, "keuro")]),
    ],
)
def test_a_bare_number_takes_its_unit_from_its_surroundings(
    text: str, expected: list[tuple[Decimal, str]]
) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Op 1 januari 2020 en 31/12/2021 en 15.03.2022, van 13 tot 30 september.",
        "In 2018 trendstudies, sinds 2016, managementplan 2020 – 2025, BO2021, schooljaar 2021-22.",
        "Artikel 12, artikel 60§7, art. 5 en 6, § 2 van het decreet, 3°, 14bis.",
        "Op pagina 105 lezen we bij ESR 34.31 en JB0-1JDB2CB-WT, blz. 3, nr. 1.234, tabel 2.",
        "Van kwartaal 1 tot kwartaal 3 2019, Q2, fase 2, week 12.",
        "Covid-19, COVID-19 maatregelen, 21ste-eeuwse, de 3e en 1ste, 55-plussers, Industrie 4.0.",
        "Bel 02 553 11 11 of 0475/12.34.56, mail info2@vdab.be, zie https://a.be/2021/5-dossiers.",
        "1) Beperkte lijst\n2. Niet enkel\n(3) Verder",
        "Om 12u30 of om 14 u, 1 op 5 werknemers, 24/7, 2/3 van de groep.",
        "Open van 9 tot 19 uur, tussen 8.30 uur en 17 uur.",
        "Koning Albert II-laan 35 bus 20, 1030 Brussel.",
        "Twee jaar, drie workshops, één van de partners, een euro hier.",
        "De kredieten (in duizend euro). In duizend euro, uitgedrukt in duizend euro.",
    ],
)
def test_a_number_that_names_or_orders_something_is_no_amount(text: str) -> None:
    assert read(text) == []


@given(st.decimals(0, 10**9, places=2), st.booleans())
@settings(derandomize=True)
def test_any_number_in_dutch_notation_comes_back(number: Decimal, grouped: bool) -> None:
    text = f"{number:,.2f}" if grouped else f"{number:.2f}"
    dutch = text.translate(str.maketrans(",.", ".,"))
    (amount,) = find_amounts(f"Het budget bedraagt {dutch} euro.")
    assert (amount.value_eur, amount.raw) == (number, f"{dutch} euro")


@given(st.integers(1, 10**9))
@settings(derandomize=True)
def test_any_whole_number_in_dutch_notation_comes_back(number: int) -> None:
    dutch = f"{number:,}".replace(",", ".")
    assert values(f"daalt met {dutch} keuro") == [(number, "keuro")]
    assert values(f"daalt met -{dutch} keuro") == [(-number, "keuro")]
    assert values(f"daalt met {dutch.replace('.', ' ')} euro") == [(number, "euro")]


@given(st.integers(0, 999_999))
@settings(derandomize=True)
def test_any_number_in_words_comes_back(number: int) -> None:
    assert read_words(in_words(number)) == number
    (amount,) = find_amounts(f"Dat kost {in_words(number)} euro.")
    assert (amount.value, amount.raw) == (number, f"{in_words(number)} euro")


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map(" ".join)))
@settings(derandomize=True, max_examples=300)
def test_any_text_gives_exact_slices_in_order_and_apart(text: str) -> None:
    amounts = find_amounts(text)
    assert all(text[amount.start : amount.end] == amount.raw for amount in amounts)
    assert all(amount.raw.strip() == amount.raw != "" for amount in amounts)
    places = [place for amount in amounts for place in (amount.start, amount.end)]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In 2019 € 250.000 en in 2020 € 300.000.", [250_000, 300_000]),
        ("In 2019 €250, in 2020 EUR 300.", [250, 300]),
        ("Dat kostte 2000 € in 2019.", [2000]),
        ("Eerst 50 € en daarna 100 €.", [50, 100]),
        ("2019 10 € 2020 12 €", [10, 12]),
    ],
)
def test_a_euro_sign_after_a_year_belongs_to_the_next_number(
    text: str, expected: list[int]
) -> None:
    assert [amount.value_eur for amount in find_amounts(text)] == expected
    assert {f"eur:{value}" for value in expected} == {
        token for token in tokenise(text) if token.startswith("eur:")
    }


@pytest.mark.parametrize("word", sorted(SCALES))
def test_search_and_ledger_read_the_same_scales(word: str) -> None:
    (amount,) = find_amounts(f"€ 2 {word}")
    assert f"eur:{amount.value_eur}" in tokenise(f"€ 2 {word}")


def test_a_long_list_of_counts_under_its_lead_in() -> None:
    text = "Aantal dossiers per stad:\n" + "\n".join(f"- stad {n}: {n}" for n in range(3, 60))
    assert {unit for _, unit in values(text)} == {"dossiers"}


def test_a_number_of_thousands_of_digits_is_no_amount() -> None:
    text = f"{'9' * 5000} euro en 5 euro"
    assert values(text) == [(Decimal(5), "euro")]
    assert "eur:5" in tokenise(text)
