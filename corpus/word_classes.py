"""Closed classes of Dutch words that tell where a counted noun can't be, or that it ends.

Only forms that a noun could be taken for matter: those in -e, -en and -s, and what stands between a
number and a noun. All are folded to lower case, apart by white space.
"""

FUNCTION_WORDS = """
de die deze alle beide mede toe me we ze je te per en een één geen hen ten tegen binnen buiten
tussen boven tijdens volgens sinds langs naast wegens vanwege namens jegens krachtens ondanks
alsmede evenals samen alleen eveneens reeds steeds slechts minstens hoogstens telkens soms thans
immers inmiddels ondertussen intussen trouwens anders bovendien onlangs dus als eens was is
alvorens daarentegen nergens ergens overigens althans vervolgens eerstens tevens zodoende of om in
op aan af bij met na naar over rond tot uit van vanaf via voor door maar want dan toen omdat
waarvan waaronder ook nog al wel niet er hier daar zich wie wat welke hoe elk elke ieder iedere
andere uitsluitend enkel enkele sommige meeste respectievelijk resp circa ca incl excl inclusief
exclusief conform mits hetgeen zoals onder zonder terwijl hoewel meer minder nadien achteraf bvb
bijvoorbeeld zoveel hetzij ofwel noch plus min versus vs tov tav t.o.v t.a.v ipv i.p.v m.a.w d.w.z
enz t.e.m opnieuw laatstgenoemde daarvan hiervan ervan waarbij waardoor langer hoger lager vroeger
later eerder verder jaarlijks maandelijks wekelijks dagelijks gemiddeld
"""
"""Articles, pronouns, prepositions, conjunctions and adverbs."""

VERBS = """
worden werden zijn waren hebben hadden kunnen konden zullen zouden moeten moesten mogen mochten
willen wilden gaan gingen komen kwamen krijgen kregen geven gaven nemen namen doen deden laten
lieten staan stonden zitten zaten liggen lagen blijven bleven lopen liepen vallen vielen vinden
vonden zien zagen houden hielden brengen brachten maken maakten volgen volgden voldoen voldeden
behoren behoorden bestaan bestonden betreffen betroffen bedragen bedroegen dalen daalden stijgen
stegen lezen lazen starten startten stoppen stopten toenemen afnemen presteren presteerden
gebruiken gebruikten wonen woonden voorzien leven leefden verlaten verlieten verkrijgen vertrekken
vertrokken stromen stroomden genieten genoten ontvangen ontvingen tellen telden sluiten sloten
bereiken bereikten verhogen verlagen besparen investeren financieren betalen betaalden uitgeven
uitkeren toekennen bekomen heten blijken bleken lijken leken wensen wensten dienen dienden
verwachten hoeven vragen vroegen gebeuren gebeurden besteden compenseren vormen vormden
"""
"""Plural forms and infinitives of common verbs: "waarvan 20 volgen" counts no "volgen"."""

UNINFLECTED = """
eigen extra open gratis voltijds deeltijds halftijds bijkomend houten gouden zilveren stenen
effectief private half lokaal federaal nieuw duurzaam euro
"""
"""Adjectives and adverbs without -e that stand before a noun."""

MEASURES = """
man ton km kilometer m meter m² m2 m³ ha hectare kg kilo kilogram gram liter keer maal stuks paar
dozijn kwartier minuut min kwh mwh gwh mw gw kw dollar pond frank yen usd gbp chf euro km² km2 dag
week maand kwartaal semester jaar uur
"""
"""What is counted in the singular."""
