"""Dutch words that say nothing about the subject of a question, folded as `tokens.fold` does."""

ARTICLES = "de het een 't der den des"
PRONOUNS = """ik jij je u hij zij ze wij we jullie me mij jou hem haar ons hen hun zich zichzelf
mijn jouw uw zijn onze dit dat deze die wie wat welke welk men iemand niemand iets niets alles
elk elke ieder iedere zelf er daar hier waar"""
VERBS = """ben bent is was waren geweest wees word wordt worden werd werden geworden heb hebt
heeft hebben had hadden gehad zal zult zullen zou zouden kan kunt kunnen kon konden moet moeten
moest moesten mag mogen mocht mochten wil wilt willen wou wilde wilden doe doet doen deed deden
gaat gaan ga ging gingen laat laten komt komen kwam staat staan stond krijgt krijgen gekregen
geeft geven zeg zegt zeggen weet weten"""
CONNECTIVES = """en of maar want dus noch als dan toen nadat omdat doordat zodat terwijl hoewel
tenzij indien of dat"""
PREPOSITIONS = """aan af achter bij binnen boven buiten door in langs met na naar naast om onder
op over per rond sinds te ten ter tegen tijdens tot tussen uit van vanaf vanuit via volgens voor
voorbij zonder omtrent inzake betreffende"""
ADVERBS = """niet geen wel ook nog al reeds zo zeer heel erg te meer meest minder minst veel
weinig zoveel nu dan ooit nooit altijd even eens toch immers namelijk slechts alleen enkel
ongeveer precies eigenlijk daarbij daarvan daarvoor daarmee daarom daardoor hiervan hiervoor
hierbij hiermee waarvan waarvoor waarbij waarmee waardoor ervan ervoor erbij ermee"""
QUESTIONS = "hoe hoeveel wanneer waarom waarop welke waarin hoezo graag aub alsjeblieft"

STOP_WORDS = frozenset(
    " ".join(
        [
            ARTICLES,
            PRONOUNS,
            VERBS,
            CONNECTIVES,
            PREPOSITIONS,
            ADVERBS,
            QUESTIONS,
        ]
    ).split()
)
