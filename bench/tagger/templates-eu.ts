import { romanceTexts } from './templates-romance.ts'

/** Texts with slots as in `templates.ts`, in Dutch, Polish and Nordic languages. `{1x}` is a name in another case (Polish). */
const northernTexts = {
  nl: `
Geachte mevrouw {1s},

Hartelijk dank voor uw brief van {D} over de {W}. De heer {2s} van ons kantoor in {L} neemt contact met u op.

Met vriendelijke groet,
{3}
{O}
---
Hoi {1g}, kun jij {2} even bellen over de {W}? {2g} weet ervan. Bedankt en groetjes, {3g}
---
Van: {1} <{1e}>
Aan: {2} <{2e}>
Onderwerp: {W}

Beste {2g}, zoals {3} al schreef hebben we de {W} nodig voor {D}. Groeten, {1g}
---
Patiënt: {1r}, geboren {D}. Dr. {2} heeft {1} in {L} onderzocht. Mevrouw {1s} klaagt over {W}. Huisarts: {3}.
---
Gisteren belde {1} omdat {2} de {W} niet had ontvangen. Volgens {3s} ligt dat aan {O}. {1s} belt morgen terug.
---
De overeenkomst is gesloten tussen {O}, vertegenwoordigd door {1}, en {2}, wonende te {L}. Dhr. {2s} betaalt de {W}.
---
hoi ik ben {1g} {1s} en ik heb hulp nodig met mijn {W}, mijn baas {2} zegt dat {3g} dat doet
---
Minister {1} sprak in {L} met {2}. "{3s} is een goede kandidaat", zei {1s} op {D}.
---
Naam: {1}
Plaats: {L}
Bedrijf: {O}
Opmerking: vraag het {2g} {2s}
---
De algemene voorwaarden gelden voor elke {W}. De klant kan de {W} binnen dertig dagen opzeggen. Hoe schrijf je een brief over een {W}? Nederlanders en Duitsers houden van een {W}. Donderdag is het kantoor gesloten.
---
Naam;Plaats;Bedrag
{1};{L};{N}
{2};{L};{N}`,
  pl: `
Szanowna Pani {1s},

dziękujemy za pismo z dnia {D} w sprawie: {W}. Pan {2s} z naszego biura skontaktuje się z Panią.

Z poważaniem
{3}
{O}
---
Cześć {1g}, czy możesz zadzwonić do biura? {2} wie o sprawie ({W}). Dzięki i pozdrawiam, {3g}
---
Od: {1} <{1e}>
Do: {2} <{2e}>
Temat: {W}

Dzień dobry, jak pisał {3}, potrzebujemy dokumentu ({W}) do {D}. Pozdrawiam, {1}
---
Pacjent: {1r}, ur. {D}. Lekarz: dr {2}. {1} zgłasza się z powodu: {W}. Miejscowość: {L}. Skierował: {3}, {O}.
---
Wczoraj zadzwonił {1}, ponieważ {2} nie dostał przesyłki ({W}). Rozmawiałem z {1x} i z {2x} o tym, co zrobi {O}. Bez {3x} nic nie zrobimy.
---
Umowa zawarta między {O}, którą reprezentuje {1}, a {2x}, zam. w miejscowości {L}. Strony: {2} i {3}.
---
cześć nazywam się {1g} {1s} i potrzebuję pomocy, mój szef {2} mówi że to jest {W}
---
Minister {1} spotkał się z {2x} w mieście {L}. „{3} jest dobrym kandydatem”, powiedział {1s} dnia {D}.
---
Imię i nazwisko: {1}
Miejscowość: {L}
Firma: {O}
Uwagi: zapytać, co wie {2g} {2s}
---
Ogólne warunki dotyczą każdej umowy ({W}). Klient może zrezygnować w ciągu trzydziestu dni. Jak napisać pismo? Polacy i Niemcy lubią porządek. W czwartek biuro jest nieczynne.
---
Nazwisko;Miasto;Kwota
{1};{L};{N}
{2};{L};{N}`,
  sv: `
Hej {1g},

tack för ditt brev av den {D} om din {W}. {2} från vårt kontor i {L} kommer att kontakta dig.

Med vänliga hälsningar
{3}
{O}
---
Hej {1g}, kan du ringa {2} om {W}? {2g} vet redan. Tack och hälsningar, {3g}
---
Från: {1} <{1e}>
Till: {2} <{2e}>
Ämne: {W}

Hej {2g}, som {3} skrev behöver vi {W} före den {D}. Mvh {1g}
---
Patient: {1r}, född {D}. Dr {2} har undersökt {1} i {L}. {1s} har besvär med {W}. Remitterad av {3}.
---
I går ringde {1} eftersom {2} inte har fått sin {W}. Enligt {3s} beror det på {O}. {1s} ringer i morgon.
---
Avtalet har ingåtts mellan {O}, företrätt av {1}, och {2}, bosatt i {L}. {2s} betalar sin {W}.
---
hej jag heter {1g} {1s} och behöver hjälp med min {W}, min chef {2} säger att {3g} sköter det
---
Ministern {1} träffade {2} i {L}. "{3s} är en bra kandidat", sade {1s} den {D}. {2s}s förslag var inte nytt.
---
Namn: {1}
Ort: {L}
Företag: {O}
Anmärkning: fråga {2g}
---
De allmänna villkoren gäller för varje {W}. Kunden kan säga upp avtalet inom trettio dagar. Hur skriver man ett brev? Svenskar och tyskar tycker om en {W}. På torsdag är kontoret stängt.`,
  da: `
Kære {1g} {1s},

tak for dit brev af {D} om din {W}. {2} fra vores kontor i {L} kontakter dig.

Med venlig hilsen
{3}
{O}
---
Hej {1g}, kan du ringe til {2} om {W}? {2g} ved det allerede. Tak og hilsen, {3g}
---
Fra: {1} <{1e}>
Til: {2} <{2e}>
Emne: {W}

Hej {2g}, som {3} skrev, skal vi bruge {W} inden {D}. Vh {1g}
---
Patient: {1r}, født {D}. Overlæge {2} har undersøgt {1} i {L}. {1s} klager over {W}. Henvist af {3}.
---
I går ringede {1}, fordi {2} ikke har fået sin {W}. Ifølge {3s} er det {O}, der har fejlet. {1s} ringer i morgen.
---
Aftalen er indgået mellem {O}, ved {1}, og {2}, bosat i {L}. {2s} betaler sin {W}.
---
hej jeg hedder {1g} {1s} og har brug for hjælp med min {W}, min chef {2} siger at {3g} gør det
---
Ministeren {1} mødte {2} i {L}. "{3s} er en god kandidat", sagde {1s} den {D}. {2s}s forslag var ikke nyt.
---
Navn: {1}
By: {L}
Firma: {O}
Note: spørg {2g}
---
De almindelige betingelser gælder for hver {W}. Kunden kan opsige aftalen inden for tredive dage. Hvordan skriver man et brev? Danskere og tyskere kan lide en {W}. På torsdag er kontoret lukket.`,
  nb: `
Kjære {1g} {1s},

takk for brevet ditt av {D} om {W}. {2} fra kontoret vårt i {L} tar kontakt med deg.

Med vennlig hilsen
{3}
{O}
---
Hei {1g}, kan du ringe {2} om {W}? {2g} vet det allerede. Takk og hilsen, {3g}
---
Fra: {1} <{1e}>
Til: {2} <{2e}>
Emne: {W}

Hei {2g}, som {3} skrev, trenger vi {W} innen {D}. Mvh {1g}
---
Pasient: {1r}, født {D}. Overlege {2} har undersøkt {1} i {L}. {1s} klager over {W}. Henvist av {3}.
---
I går ringte {1} fordi {2} ikke har fått sin {W}. Ifølge {3s} er det {O} som har feilet. {1s} ringer i morgen.
---
hei jeg heter {1g} {1s} og trenger hjelp med {W}, sjefen min {2} sier at {3g} gjør det`
}

/** By language. */
export const europeanTexts = { ...romanceTexts, ...northernTexts }

/** Ordinary nouns for `{W}`. */
export const europeanNouns = {
  fr: 'facture commande livraison résiliation réparation assurance réservation garantie réunion présentation fièvre toux douleur grippe',
  es: 'factura entrega reserva reparación garantía cancelación inscripción reunión fiebre tos fractura cirugía cuenta solicitud',
  it: 'fattura consegna prenotazione riparazione garanzia disdetta iscrizione riunione febbre tosse frattura richiesta password',
  nl: 'rekening bestelling levering reparatie verzekering garantie afspraak offerte koorts hoest operatie aanvraag presentatie',
  pl: 'faktura przesyłka naprawa rezerwacja gwarancja reklamacja umowa oferta gorączka kaszel operacja wniosek hasło',
  pt: 'fatura entrega reserva reparação garantia inscrição reunião febre tosse fratura cirurgia conta encomenda',
  sv: 'faktura beställning leverans reparation försäkring garanti ansökan offert feber hosta operation nyckel',
  da: 'regning bestilling levering reparation forsikring garanti ansøgning aftale feber hoste operation nøgle',
  nb: 'faktura bestilling levering reparasjon forsikring garanti søknad avtale feber hoste operasjon nøkkel',
  ro: 'factură comandă livrare reparație garanție rezervare cerere ofertă febră tuse operație parolă'
} as const

/** Lists of names for each language. */
export const europeanLocales = {
  fr: ['fr', 'fr_BE', 'fr_CH'],
  es: ['es', 'es_MX'],
  it: ['it'],
  nl: ['nl', 'nl_BE'],
  pl: ['pl'],
  pt: ['pt_PT', 'pt_BR'],
  sv: ['sv'],
  da: ['da'],
  nb: ['nb_NO'],
  ro: ['ro', 'ro_MD']
} as const
