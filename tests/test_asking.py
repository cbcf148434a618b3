"""A sentence that only tells that something was asked is told from one that says something."""

import pytest

from corpus.asking import only_asks


@pytest.mark.parametrize(
    "sentence",
    [
        "Er wordt een vraag gesteld bij de uitgaven van de doelgroepvermindering.",
        "Er werden ook vragen gesteld over de wachtlijsten in Gent.",
        "Verder wordt gevraagd naar de timing van het decreet.",
        "U vraagt naar de stand van zaken van het project.",
        "Het lid stelt een vraag over de indexering.",
        "De vraag gaat over de huurpremie.",
        "Mevrouw Peeters vroeg ook naar de kostprijs.",
        "- Uw vraag betreft de erkenning van opleidingen.",
    ],
)
def test_what_only_tells_of_a_question_is_found(sentence: str) -> None:
    assert only_asks(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Er wordt wel een actieplan digitalisering gevraagd van de uitgiftemaatschappij.",
        "Er zal daarbij ook gevraagd worden om afstemming te zoeken bij het lokaal sociaal beleid.",
        "Er wordt een vraag gesteld over het budget, dat daalt met 4 miljoen euro.",
        "Er wordt gevraagd naar het budget en dat is gedaald.",
        "De vraag naar woningen stijgt.",
        "Er worden vragen gesteld over de uitgaven die zijn gestegen.",
        "Er werden 12 vragen gesteld over de premie.",
        "De vragen gaan naar de commissie.",
        "Het departement vraagt naar een attest van de arts.",
        "",
    ],
)
def test_what_says_something_is_none(sentence: str) -> None:
    assert not only_asks(sentence)
