"""Shared parts of the patterns for Dutch official prose: who acts, adverbs, stretches of a clause.

Closed classes of Dutch; no noun of a policy field stands here.
"""

import re


def any_of(*alternatives: str) -> re.Pattern[str]:
    """Return a pattern that finds any of the alternatives, without regard to case."""
    return re.compile("|".join(f"(?:{part})" for part in alternatives), re.IGNORECASE)


BETWEEN = r"(?:[^\s.;:?!]+\s+){0,12}?"
"""A stretch of one clause between an auxiliary and its participle; Dutch puts them far apart."""
NOW = (
    r"(?:momenteel|nog|thans|nu|vandaag|voorlopig|verder|volop|op dit (?:moment|ogenblik)|"
    r"op heden|vooralsnog|actueel|lopende?)"
)
SOON = (
    r"(?:later|nadien|binnenkort|eerstdaags|weldra|zodra|zo snel mogelijk|zo spoedig mogelijk|nog)"
)
PERSON = r"(?:ik|we|wij)"
ACTOR = (
    r"(?:ik|we|wij|de minister|de (?:Vlaamse |federale )?(?:regering|overheid)|Vlaanderen|"
    r"(?:mijn|de|onze) (?:administratie|kabinet|diensten)|het (?:departement|agentschap)|"
    r"mijn (?:departement|agentschap)|(?-i:[A-Z]{3,}))"
)
ADVERB = r"(?:(?:er|ook|dan|dan ook|nu|nog|verder|wel|zich|daarom|hierbij|blijvend|volop|zelf)\s+)"
