"""The Dutch verb forms by which official prose puts off, or says that it can't tell.

Verbs of examining, of preparing and of handing over, adverbs of time, estimates.
"""

import re

from corpus.prose_parts import ACTOR, ADVERB, BETWEEN, NOW, PERSON, SOON, any_of

_EXAMINED = (
    r"(?:onderzocht|bekeken|bestudeerd|nagegaan|uitgezocht|geëvalueerd|overwogen|afgetoetst|"
    r"doorgerekend|in overweging genomen|herbekeken)"
)
_EXAMINES = (
    r"(?:onderzoek(?:t|en)?|bekijk(?:t|en)?|bestude(?:er|ert|ren)|evalue(?:er|ert|ren)|"
    r"overwe(?:eg|egt|gen)|ga(?:at|an)? na)(?! (?:ik|we|wij)(?: \w+)? niet\b)"
)
_IN_THE_WORKS = (
    r"(?:verwerkt|uitgewerkt|voorbereid|besproken|verzameld|opgevraagd|geanalyseerd|afgewerkt|"
    r"verfijnd|gevalideerd|opgesteld|opgemaakt|ontwikkeld|onderhandeld|overlegd|berekend|afgewacht|afgestemd)"
)
_HANDED_OVER = (
    r"(?:bezorgd|meegedeeld|medegedeeld|overgemaakt|toegestuurd|nagestuurd|bekendgemaakt|"
    r"verduidelijkt|toegelicht|beslist|bepaald|vastgelegd|beantwoord|gecommuniceerd)"
)
_INFORMATION = (
    r"(?:\w*cijfers?|\w*gegevens|data|informatie|info|antwoord(?:en)?|overzicht(?:en)?|resultaten|"
    r"lijst(?:en)?|tabel(?:len)?|details?|toelichting|verduidelijking|rapport(?:en)?|evaluatie)"
)
_TO_TELL = (
    r"(?:in te schatten|te voorspellen|te ramen|te becijferen|te begroten|te bepalen|te zeggen|"
    r"te voorzien|te kwantificeren|te meten|te berekenen|te beoordelen|te geven|te bevestigen)"
)
_ESTIMATE = (
    r"(?:\w*schatting|raming|voorspelling|vergelijking|prognose|berekening|uitsplitsing|opsplitsing|"
    r"uitspraken?|\w*cijfers?|\w*gegevens|timing|datum|antwoord)"
)
_HARD = (
    r"(?:moeilijk|onmogelijk|niet mogelijk|niet evident|niet eenvoudig|niet duidelijk|onduidelijk)"
)
_HANGS = r"(?:hangt|hangen)"
_UNDECIDED = (
    r"(?:[^\s.;:?!]+\s+){0,4}?\w*(?:begroting\w*|budget\w*|advies|toets\w*|onderhandeling\w*|beslissing\w*|"
    r"evaluatie\w*|uitkomst\w*|resulta\w+|afrekening\w*|goedkeuring\w*|toestand|overleg|situatie)\b"
)
"""What is decided elsewhere or later, on which something hangs."""
_POSTPONED = r"(?:uitgesteld|verschoven|verdaagd|doorgeschoven|opgeschort)"

NOT_YET = (
    # what may be postponed isn't: "kan met een jaar worden uitgesteld"
    re.compile(
        rf"^(?!.*\b(?:kan|kunnen|mag|mogen)\b[^.;]*\b{_POSTPONED}\b)"
        rf".*\b(?:is|zijn|wordt|worden|werd|werden)\s+{BETWEEN}{_POSTPONED}\b",
        re.IGNORECASE | re.DOTALL,
    ),
    # "nog geen zicht", "nog niet bekend": in the present, not "was nog niet voorzien"
    re.compile(
        r"^(?!.*\b(?:was|waren|had|hadden)\b[^.;]*\bnog (?:geen|niet)\b).*\bnog (?:geen|niet)\b",
        re.IGNORECASE | re.DOTALL,
    ),
    any_of(
        r"\b(?:af|ge)?wachten op\b|\bin afwachting van\b|\bwacht(?:en)?\b[^.;]{0,60}\b(?:op|af)\b",
        rf"\b(?:wordt|worden|zal|zullen)\s+{BETWEEN}{_EXAMINED}\b|\b{_EXAMINED}\s+wordt\b",
        rf"\b{ACTOR}\s+{ADVERB}*{_EXAMINES}\b|\b{_EXAMINES}\s+{ADVERB}*{ACTOR}\b",
        rf"\b(?:wordt|worden)\s+{BETWEEN}{NOW}\s+{BETWEEN}{_IN_THE_WORKS}\b",
        rf"\b{NOW}\s+(?:werkt|werken|loopt|lopen)\b(?!\s+geen)",
        rf"\b{NOW}\s+(?:wordt|worden)\s+{BETWEEN}(?:{_EXAMINED}|{_IN_THE_WORKS})\b",
        rf"\b(?:is|zijn)\s+{BETWEEN}in\s+(?:\w+\s+)?(?:overleg|voorbereiding|opmaak|onderzoek|bespreking|"
        r"ontwikkeling|onderhandeling|aanmaak)\b|\b(?:in|ter)\s+(?:studie|bespreking)\b",
        r"\b(?:in|onder)\s+(?:\w+\s+)?(?:overleg|voorbereiding|onderhandeling)\s+(?:is|zijn)\b",
        rf"\b(?:loopt|lopen)\s+{BETWEEN}{NOW}\b(?!\s+geen)[^.;]*\b(?:onderzoek\w*|studies?|overleg|gesprek\w*|"
        r"evaluatie|bevraging|onderhandelingen)\b",
        rf"\b{_INFORMATION}\s+{BETWEEN}(?:volgt|volgen)(?=\s*[.,;]|\s*$|\s+(?:nog|later|zodra|nadien|voor|"
        r"binnenkort|zo|na|in het|in de loop|begin|eind|tegen|op een)\b)",
        rf"\b(?:wordt|worden|zal|zullen)\s+{BETWEEN}{SOON}\s+{BETWEEN}{_HANDED_OVER}\b",
        r"\b(?:te vroeg|voorbarig|prematuur)\b|\bvooruit te? ?lopen\b|\bvooruitlopen\b",
        r"\bbeslis(?:t|sen)?\s+(?:ik|we|wij|de regering)\s+(?:\w+\s+)?(?:na|zodra|later)\b",
        r"\bop een later(?:e)? (?:tijdstip|moment|datum)|\bte gelegener tijd|\bte zijner tijd|"
        r"\bin een (?:latere|volgende) fase",
        rf"\b{_HANGS}\s+{BETWEEN}af\s+van\s+{_UNDECIDED}|\bafhangen\s+van\s+{_UNDECIDED}",
        rf"^Of\b[^.;]*\b(?:{_HANGS}\b[^.;]*\baf\b|afhangen\b)",
        rf"\b(?:kan|kunnen|wordt|worden)\s+{BETWEEN}pas\b",
        rf"\b(?:wordt|worden)\s+{BETWEEN}beslist\s+(?:bij|na|in|tijdens|zodra)\b",
        rf"\bkan\s+{PERSON}\s+{BETWEEN}{NOW}\s+niet\b",
        rf"\b(?:kan|kunnen)\s+{BETWEEN}{NOW}\s+niet\s+{BETWEEN}worden\b",
        r"\bonderzoe(?:kt|ken)\b[^.;]*\bof\b",
        rf"\b{NOW}\b[^.;]*\b(?:{_HARD}|niet bekend|onbekend)\b",
        rf"\b(?:{_HARD}|niet bekend|onbekend)\b[^.;]*\b(?:op dit (?:moment|ogenblik)|momenteel)\b",
        r"\bmoet(?:en)?\s+(?:[^\s.;:?!]+\s+){0,8}?nog\s+(?:[^\s.;:?!]+\s+){0,6}?worden\b",
    ),
)
"""What says "not now": being examined, to come later, postponed, not known yet."""

CANNOT_TELL = (
    any_of(
        rf"\b(?:is|zijn|valt|vallen|blijft|blijven|lijkt)\b[^.;]*\b{_HARD}\b[^.;]*\b(?:{_TO_TELL}|{_ESTIMATE})\b",
        rf"\b{_ESTIMATE}\b[^.;]*\b(?:is|zijn|blijft|blijven)\b[^.;]*\b{_HARD}\b",
        rf"\b{_HARD}\s+(?:[^\s.;]+\s+){{0,6}}?{_TO_TELL}\b",
        r"\b(?:heb|heeft|hebben|bestaan|bestaat|zijn|beschik\w*|bezit\w*)\b[^.;]*\bgeen\s+(?:[^\s.;]+\s+){0,3}?"
        r"(?:\w*cijfers|\w*gegevens|data|zicht|informatie|overzicht|statistieken)\b",
        rf"\b{_INFORMATION}\b[^.;]*\b(?:heeft|hebben|heb)\b[^.;]*\bniet\s*\.?$",
        r"\bweet niemand\b|\bniemand weet\b",
        r"\b(?:beschik\w*)\b[^.;]*\bniet over\b",
        rf"\b(?:wordt|worden|is|zijn)\s+{BETWEEN}niet\s+(?:\w+\s+){{0,2}}?(?:bijgehouden|geregistreerd|gemonitord|"
        r"beschikbaar|gekend|bekend|voorhanden)\b",
    ),
)
"""What says that it isn't known or can't be estimated, without a prospect."""
