"""Dutch words that say nothing about the subject of a question, folded as `tokens.fold` does.

`STOP_WORDS` are left out everywhere. `ASKING_WORDS` are what people put around the subject when
they ask ("welk antwoord kreeg ... van de minister"); they are left out of a question only, and
only when it holds other words. So are the units of amounts, which have tokens of their own.
"""

ARTICLES = "de het een 't der den des"
PRONOUNS = """ik jij je u hij zij ze wij we jullie me mij jou hem haar ons hen hun zich zichzelf
mijn jouw uw zijn onze dit dat deze die wie wat welke welk men iemand niemand iets niets alles
alle allen allemaal elk elke ieder iedere zelf elkaar er daar hier waar"""
VERBS = """ben bent is was waren geweest wees word wordt worden werd werden geworden heb hebt
heeft hebben had hadden gehad zal zult zullen zou zouden kan kunt kunnen kon konden moet moeten
moest moesten mag mogen mocht mochten wil wilt willen wou wilde wilden doe doet doen deed deden
gedaan gaat gaan ga ging gingen laat laten liet komt komen kwam kwamen staat staan stond stonden
krijgt krijgen kreeg kregen gekregen geeft geven gaf gaven gegeven zeg zegt zeggen zei weet weten
neemt nemen nam namen genomen zit zitten zat zet zetten brengt brengen bracht houdt houden hield
maakt maken maakte gebeurt gebeuren gebeurde blijft blijven bleef ligt liggen lag"""
CONNECTIVES = """en of maar want dus noch als dan toen nadat omdat doordat zodat terwijl hoewel
tenzij indien aangezien"""
PREPOSITIONS = """aan af achter bij binnen boven buiten door in langs met na naar naast om onder
op over per rond sinds te ten ter tegen tijdens tot tussen uit van vanaf vanuit via volgens voor
voorbij zonder omtrent inzake betreffende wegens vanwege omwille"""
ADVERBS = """niet geen wel ook nog al reeds zo zeer heel erg te meer meest minder minst veel
weinig zoveel nu dan ooit nooit altijd even eens toch immers namelijk slechts alleen enkel
ongeveer precies eigenlijk vooral opnieuw eerst verder samen bijna daarbij daarvan daarvoor
daarmee daarom daardoor hiervan hiervoor hierbij hiermee waarvan waarvoor waarbij waarmee
waardoor ervan ervoor erbij ermee naartoe waaruit waarover waaraan waartoe waartegen waarrond
waarheen daarover daarin daaraan daaruit daarna daarop daartoe daartegen hierover hierin hieraan
hieruit hierop erover erin eraan eruit erop ertoe ertegen eronder intussen ondertussen inmiddels
ruwweg pakweg grofweg zowat zowaar alvast sowieso blijkbaar trouwens overigens tevens bovendien
daarnaast echter evenwel nochtans juist"""
QUESTIONS = """hoe hoeveel hoelang hoeverre hoezeer hoeveelste wanneer waarom waarop welke waarin
hoezo vanwaar graag aub alsjeblieft alstublieft vs etc enz bv bijv vb"""

ASKING = """antwoord antwoorden antwoordt antwoordde antwoordden geantwoord vraag vragen vraagt
vroeg vroegen gevraagd stelt stelde stelden gesteld minister excellentie informatie info uitleg
bedraagt bedroeg bedragen vind vindt vinden bestaat bestaan betekent overzicht lijst lijstje reden
redenen oorzaak precieze exacte exact geef gelieve bezorg bezorgen bezorgt opsommen opsomming
opzoeken toon tonen vertel vertellen uitleggen toelichten verduidelijken nakijken nagaan zoek lees
horen hoorde reactie reageren reageert reageerde vaak code codes esrcode
artikel begrotingsartikel begrotingscode"""
UNITS = "euro eur keuro keur duizend mio mln miljoen mld mia miljard"

STOP_WORDS = frozenset(
    " ".join([ARTICLES, PRONOUNS, VERBS, CONNECTIVES, PREPOSITIONS, ADVERBS, QUESTIONS]).split()
)
ASKING_WORDS = frozenset(f"{ASKING} {UNITS}".split())
