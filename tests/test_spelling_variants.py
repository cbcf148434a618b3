"""The same thing written another way leads to the same passage of the real appendix."""

import pytest

from index.search import search
from index.storage import Index


@pytest.mark.parametrize(
    ("usual", "other"),
    [
        ("doelgroepvermindering", "vermindering voor doelgroepen"),
        ("steun bij telewerk", "steun bij thuiswerk"),
        ("efficiëntiemaatregelen", "efficientiemaatregelen"),
        ("knelpuntberoepenlijst", "KNELPUNTBEROEPENLIJST"),
        ("knelpuntberoepenlijst", "knelpunt-beroepenlijst"),
        ("knelpuntberoepenlijst", "lijst van knelpuntberoepen"),
        ("individuele beroepsopleiding stopgezet", "Individuele Beroeps-opleiding stopgezet"),
        ("besparing op het personeel van VDAB", "personeelsbesparing VDAB"),
        ("maatwerkbedrijven", "maatwerk bedrijven"),
        ("sectorconvenanten", "sector-convenants"),
        ("beroepsopleidingen stopgezet wegens overmacht", "beroepsopledingen stopgzet overmagt"),
    ],
)
def test_another_spelling_reaches_the_same_answer(
    appendix_index: Index, usual: str, other: str
) -> None:
    first = search(appendix_index, usual).hits[0].answer.answer_id
    assert first in [hit.answer.answer_id for hit in search(appendix_index, other, k=3).hits]
