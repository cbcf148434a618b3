"""The Dutch verb forms by which official prose announces, and those that only look like it.

Verbs of intending and planning, the future tense, and what turns it into a forecast: figures that
move, states that stay, expectations, habits, the past.
"""

import re

from corpus.prose_parts import ACTOR, ADVERB, BETWEEN, PERSON, any_of

_INTENDS = (
    r"(?:wil(?:len)?|plan(?:t|nen)?|voorzie(?:t|n)?|engage(?:er|ert|ren)|beo(?:og|ogt|gen)|"
    r"streef(?:t)?|streven|zorg(?:t|en)? ervoor|maak(?:t|en)? werk van|werk(?:t|en)? aan|"
    r"investe(?:er|ert|ren)|ga(?:at|an)?|beloof(?:t)?|beloven|bereid(?:t|en)?|vraag|vragen|neem|nemen|"
    r"moet(?:en)?|dien(?:t|en)?|start(?:en)?|lance(?:er|ert|ren)|kondig(?:t|en)?|roep(?:en)?|laat|laten|trek(?:ken)?)"
)
_AIM = r"(?:bedoeling|ambitie|intentie|voornemen)"
_PLANS = (
    r"(?:wil|plant|voorziet(?! in\b)|beoogt|engageert|zorgt|werkt aan|investeert|maakt werk van|"
    r"start|lanceert|bereidt)"
)
ANNOUNCES = any_of(
    rf"\b{PERSON}\s+{ADVERB}*{_INTENDS}\b|\b{_INTENDS}\s+{ADVERB}*{PERSON}\b",
    rf"\b{ACTOR}\s+{ADVERB}*{_PLANS}\b|\b{_PLANS}\s+{ADVERB}*{ACTOR}\b",
    r"\b(?:heb|heeft|hebben)\b[^.;]*\b(?:voorgenomen|toegezegd|beloofd|aangekondigd|geëngageerd)\b",
    r"\b(?:ik heb|heb ik|we hebben|hebben we)\b[^.;]*\b(?:gevraagd|opdracht gegeven|de opdracht)\b",
    r"\b(?:verbind(?:t|en)?|engage(?:er|ert|ren))\s+(?:\w+\s+)?(?:zich|mij|me|ons)\b",
    rf"\bis (?:het |de |mijn |onze )+{_AIM}\b|\b{_AIM} is\b|\bde {_AIM} om\b",
    rf"\b(?:is|zijn|staat|staan|wordt|worden)\s+{BETWEEN}(?<!niet )"
    r"(?:gepland|ingepland|op de agenda|"
    r"op stapel|in het vooruitzicht|op de planning|in de steigers)\b",
    r"\b(?:is|zijn|staat|staan)\s+voorzien\s+(?:voor|tegen)\s+(?:het (?:\w+ )?(?:kwartaal|semester|"
    r"najaar|voorjaar)|de (?:zomer|herfst)|begin|eind|midden)\b",
    r"\ber\s+komt\s+een\b|\ber\s+komen\b|\bkomt\s+er\s+een\b",
    r"\bkomen\s+er\s+(?:\w+\s+){0,3}?(?:nieuwe|extra|bijkomende)\b",
    rf"\bleg(?:gen)?\s+{PERSON}\b[^.;]*\bvoor\b|\b{PERSON}\s+leg(?:gen)?\b[^.;]*\bvoor\b",
    rf"\bzodra\b[^.;]*,\s*\w+\s+{PERSON}\b|\b{PERSON}\s+\w+\b[^.;]*\bzodra\b",
)
"""An intention, a plan, an instruction of the government's own."""

REMARKS = any_of(
    r"\b(?:wil|wens|kan|moet(?:en)?|dien(?:en)?|zou)\b[^.;]*\b(?:herinneren|wijzen|benadrukken|onderstrepen|"
    r"vaststellen|opmerken|verwijzen|verduidelijken|preciseren|aanstippen|toevoegen|concluderen)\b"
)
"""What a minister only wants to say: "ik wil erop wijzen" announces nothing."""

WILL = any_of(r"\b(?:zal|zullen)\b")
FIGURE_MOVES = any_of(
    r"\b(?:stijgen|dalen|toenemen|afnemen|bedragen|kosten|evolueren|schommelen|verminderen|leiden|"
    r"resulteren|beïnvloeden|betekenen|ontstaan|gelden|vervallen|afhangen|oplopen|terugvallen|uitkomen)\b"
)
"""Verbs of what happens by itself: with "zal" they forecast."""
STATE_STAYS = any_of(
    r"\b(?:zijn|blijven|hebben|lopen|komen|liggen|bestaan|vallen|voordoen)"
    r"(?=\s*$|\s+(?:met|in|van|vanuit|aan|voor|door|bij|op|tot|over|uit|dan|als|binnen)\b)"
)
"""Verbs of a state at the end of a clause, where "zijn" can't be the possessive."""
READY = any_of(
    r"\b(?:klaar|operationeel|beschikbaar|afgerond|voltooid|gereed|van kracht|actief|in voege)\b"
)
EXPECTS = any_of(
    r"\b(?:verwacht\w*|vermoed\w*|veronderstel\w*|hoop(?:vol)?|hopelijk|voorspel\w*|geraamd|hoezeer|"
    r"naar schatting)\b"
)
HABIT = any_of(
    r"^(?:elke?|iedere?)\b",
    r"\b(?:elk|ieder|elke|iedere)\s+(?:jaar|maand|kwartaal|keer|week)\b",
    r"\b(?:jaarlijks|maandelijks|driemaandelijks|wekelijks|dagelijks|geregeld|regelmatig|telkens|steeds|"
    r"doorgaans|gewoonlijk|standaard)\b",
)
"""What happens time and again is no announcement."""
IS_PAST = any_of(
    r"\b(?:werd|werden|was|waren|had|hadden|kon|konden|moest|moesten|ging|gingen|kreeg|kregen|bleek|bleken|"
    r"steeg|stegen|daalde|daalden|telde|telden|bedroeg|bedroegen)\b",
    r"\b(?:is|zijn|heeft|hebben|heb)\s+(?:[^\s.;:?!]+\s+){0,12}?"
    r"(?:ge\w+(?:d|t|en)|(?:be|ver|ont|her)\w+d|begonnen|ondernomen|overgenomen|opgenomen)\b",
)
TURNS_OUT = any_of(
    r"\bwordt\b|(?<![dt] )\bworden\b",
    r"(?<!te )\b(?:ga(?:at|an)|start(?:en)?|begin(?:t|nen)|treed?t|treden|komt|komen)\b",
    r"(?<!te )\b(?:kan|kunnen|krijgt|krijgen)\b",
    r"(?<!te )\b(?:verschijn(?:t|en)|open(?:t|en)|lance(?:ert|ren)|publice(?:ert|ren)|"
    r"organise(?:ert|ren)|schrijft|voert|loopt|eindigt)\b",
    r"\b(?:volgt|volgen)\b(?!\s+uit)",
)
"""A present tense that tells of the future where a date goes with it."""
REFUSES = re.compile(
    r"(?!.*\b(?:maar|wel)\b)[^,;:]*?\b(?:word(?:t|en)|zal|zullen|kom(?:t|en)|ga(?:at|an)"
    r"|plan(?:t|nen))(?: (?!nog\b)[\w-]+){0,4}? (?:niet|geen)\b"
    r"(?! (?:enkel|alleen|langer|meer|eerder|voor|vroeger|onmiddellijk|meteen)\b)",
    re.IGNORECASE | re.DOTALL,
)
"""A main clause that denies what a plan would tell; what is denied "nog" is put off."""
