"""Tell what is said to the program itself: "Schrijf een persbericht", "Wat vind jij van VDAB?".

It only finds and quotes, so it does nothing of the kind; but the search would look for the subject
that stands in it. Rules of Dutch: a bare verb in front bids ("schrijf"; "schrijft VDAB" asks), and
"je" or "jij" is the program only beside words that can't be said of anybody ("kan je als bedrijf
indienen" and "waar vind je de lijst" ask of the documents, and so does "geef een overzicht").
"""

import re

from index.tokens import fold

_BEFORE = (
    r"(?:(?:hallo|hoi|hey|hi|dag|ok|oke|en|nu|dan|eerst|alsjeblieft|alstublieft|aub|gelieve)\W+)*"
)
_TO_ME = (
    r"(?:(?:me|mij|ons|nu|dan|even|eens|hier|hierover|daarover|ook|aub|voor (?:me|mij|ons))\s+)*"
)
_WRITING = (
    r"(?:\w*(?:persbericht|persmededeling|mail|brief|gedicht|verhaal|toespraak|speech|tweet|essay"
    r"|presentatie|powerpoint|grap|mop|liedje|tekst|vertaling|samenvatting|opiniestuk|grafiek)"
    r"(?:en|s|je|jes)?)"
)
_A_WRITING = rf"een (?:(?!over\b|van\b)[\w-]+ ){{0,2}}{_WRITING}\b"
_BIDS = re.compile(
    rf"{_BEFORE}(?:"
    r"(?:(?:her)?schrijf|vertaal|(?:ver)?stuur|mail (?:me|mij|dit|dat|het|naar)|negeer|verzin"
    r"|bedenk|bereken|zing|doe alsof|programmeer|zeg dat"
    r"|vergeet (?:alles|alle|je|jouw|wat|de vorige|het vorige|bovenstaande))\b"
    rf"|(?:maak|geef|vertel|stel|typ) {_TO_ME}{_A_WRITING}"
    rf"|(?:kan|kun|kunt|wil|wilt|zou) (?:je|jij|u) {_TO_ME}"
    rf"(?:{_A_WRITING}.* (?:schrijven|maken|opstellen|geven|vertellen|opmaken)\b"
    r"|(?:dit|dat|het antwoord|de tekst)\b.* (?:vertalen|herschrijven|doorsturen|mailen)\W*$)"
    r")"
)
_MAKING = r"(?:gemaakt|gebouwd|ontwikkeld|geprogrammeerd|bedacht|getraind|ontworpen|geschreven)"
_SPEAKS = re.compile(
    r"\b(?:vind|denk|geloof|hoop|voel|haat|lust|droom|heet|meen) jij\b"
    r"|\bwat (?:vind|denk) je (?:zelf |er |hier|daar)?\w*(?:van|over)\b"
    r"|\bdenk je dat\b"
    rf"|\bwie heeft (?:jou|je) (?:\w+ )?{_MAKING}\W*$"
    rf"|\bdoor wie (?:ben|werd|bent) (?:jij|je) {_MAKING}\W*$"
    r"|\bwie (?:maakte|bouwde|ontwikkelde|programmeerde) (?:jou|je)\W*$"
    r"|\bwat (?:is|zijn) (?:jouw|je) (?:\w+ )?(?:naam|leeftijd|mening|opinie|instructies?"
    r"|opdracht|prompt|systeemprompt)(?: (?:over|van)\b.*)?\W*$"
    r"|\b(?:wie|wat|waar|hoe oud|hoe slim) ben (?:je|jij)(?: (?:nu|eigenlijk|precies|juist))*\W*$"
    r"|\bben (?:je|jij) (?:een |echt |een echte )*(?:robot|bot|chatbot|mens|ai|computer|machine"
    r"|programma|chatgpt|persoon)\b"
    r"|\bwat (?:kan|kun|doe|weet) (?:je|jij)(?: (?:allemaal|eigenlijk|nu|hier|zoal|doen|voor mij"
    r"|voor me))*\W*$"
    r"|\bhoe (?:heet|werk) (?:je|jij)(?: (?:nu|eigenlijk|precies|juist))*\W*$"
    r"|^\W*(?:hoe gaat het|alles goed|alles ok)(?: (?:er|nu|vandaag|met (?:je|jou|u|jullie)))*\W*$"
    r"|\bhou (?:je|jij) van (?:me|mij)\b"
)


def speaks_to_program(text: str) -> bool:
    """Say whether a text bids the program do something other than look for an answer, or asks
    something of itself."""
    folded = " ".join(fold(text).split())
    return _BIDS.match(folded) is not None or _SPEAKS.search(folded) is not None
