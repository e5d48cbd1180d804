import { wordList } from '../word-list.ts'

/** Lower-case words inside names of streets and places: `An der Alten Post`, `Rue de la Paix`, `Rothenburg ob der Tauber`. */
export const particles: ReadonlySet<string> = wordList(`
am an auf bei beim dem den der des die im in ob unter vom von vor zu zum zur hinter über und
de del de' della delle dei degli di da do dos das du des la le les los las el y e et au aux sur sous en lès
l d dell all nell of the upon on under le van ter ten op aan het 't den over nad pod od na na w i och og vid
`)

/** Of these, those inside names of places: `Bruck an der Mur`, `Nogent-sur-Marne`. */
export const placeParticles: ReadonlySet<string> = wordList(`
am an auf bei beim dem den der im in ob unter vom von vor zu zum zur hinter
de del di da do du la le les el sur sous en lès the of upon on under van aan op ter nad pod od
`)

/** Words between names before a street: `Georg von Trapp Straße`. */
export const nameParticles: ReadonlySet<string> = wordList('von van der den de und zu la du di da')

/** They begin streets of another kind: `Am Ring 5`. */
export const leadWords: ReadonlySet<string> = wordList(
  'Auf Im Am An In Beim Zum Zur Unter Vor Hinter Bei Ob Aus Um Über'
)

/** Words before a street's name that do not belong to it. */
export const notStreet: ReadonlySet<string> = wordList(`
Herr Herrn Frau Fr Hr Dr Prof Mag Dipl Ing Firma Fa Familie Adresse Anschrift Straße Wohnort Wohnhaft Ort Hausnummer
Der Die Das Den Dem Des Ein Eine Einen Ihr Ihre Ihren Ihrem Mein Meine Unser Unsere Sein Seine Dieser Diese Dieses
Diesen Kein Keine Jeder Jede Und Oder Mit Nach Von Vom Seit Bis Für Gegen Ohne Auch Nur Nr No Mr Mrs Ms Miss
The This That Our My Your His Her Their Its At In On To From And Or Near Via Address Street Tel Telefon Fax Mobil
Telefax Fon Phone Email Mail E-Mail Domicilio Dirección Adresa Adres Adresse: Patient Patientin Kunde Kundin
`)

/** After a number these make it an amount, a time or a count; they are never a place. */
export const notPlace: ReadonlySet<string> = wordList(`
Euro EUR Eur USD CHF GBP Dollar Franken Cent Uhr Stück Stk Jahre Jahren Jahr Monate Monaten Wochen Tage Tagen Stunden
Minuten Sekunden Prozent Meter Kilometer Kilo Gramm Liter Tonnen Grad Watt Volt Bytes Byte Bit KB MB GB TB Hz Zeichen
Zeilen Wörter Worte Seiten Mitarbeiter Mitarbeiterinnen Mitarbeitende Mitarbeitern Einwohner Einwohnern Personen Menschen
Kunden Nutzer User Teilnehmer Zuschauer Besucher Fans Haushalte Wohnungen Arbeitsplätze Stellen Studenten Studierende
Schüler Fälle Mal Punkte Tickets Anfragen Datensätze Einträge Exemplare Follower Liegenschaften Dateien Tabellen Tokens
Januar Jänner Februar Feber März April Mai Juni Juli August September Oktober November Dezember Januars
January February March May June July October December Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag
Tel Telefon Telefax Fax Fon Mobil Handy Phone E-Mail Email Mail Internet Web Homepage www http https Seite Seiten Nr
Herr Herrn Frau Sehr Liebe Lieber Hallo Guten Dear Betreff Betrifft Datum Bitte Der Die Das Und Oder Mit Von Nach
GET POST PUT HTTP INFO WARN ERROR DEBUG FATAL TRACE WARNING NOTICE True False None NULL OK Connection Failed Received
Rn Rdnr Rz Rdn Az Abs Art Anm Fn Bd Ziff Kap Vgl Urteil Beschluss ff mwN Nrn Z S NJW
`)

/** States and territories of the United States as in addresses, a pattern; USPS Publication 28, appendix B. */
export const usStates =
  'A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|P[AR]|RI|S[CD]|T[NX]|UT|V[AIT]|W[AIVY]'

/** Countries by their usual names: where they follow an address they end it; the country itself stays. */
export const countries: ReadonlySet<string> = wordList(`
Deutschland Germany Österreich Austria Schweiz Switzerland Suisse Svizzera Liechtenstein France Frankreich Italia Italy
España Spain Nederland Netherlands Polska Poland UK USA England Scotland Wales Ireland Belgium Belgien Luxembourg
`)

/** First words after which a number is no house number: `Im Jahr 2023`, `Am Standort 3`, `Im Abschnitt 2`. */
export const notLed: ReadonlySet<string> = wordList(`
Jahr Jahre Jahren Kapitel Abschnitt Schritt Punkt Fall Teil Absatz Artikel Paragraph Paragraf Paragraphen Level Quartal
Semester Monat Bereich Anhang Band Satz Test Release Standort Seite Platz Version Phase Stufe Klasse Gruppe Modul Raum
Zimmer Block Blatt Bild Abbildung Tabelle Zeile Spalte Index Feld Buch Heft Tag Woche Uhr Ende Anfang Alter Termin
Verfahren Lauf Spiel Finale Rang Gleis Tor Gate Port Kanal Slot Rack Server Knoten Node Sprint Ticket Task Issue Bug
Januar Jänner Februar März April Mai Juni Juli August September Oktober November Dezember Montag Dienstag Mittwoch
Donnerstag Freitag Samstag Sonntag Morgen Abend Mittag Nachmittag Vormittag Schnitt Mittel Durchschnitt Zeitraum Wert
Schuljahr Geschäftsjahr Haushaltsjahr Lebensjahr Vorjahr Folgejahr Sommer Winter Frühjahr Herbst Wintersemester
Sommersemester Stand Fenster Menü Vergleich Modus Produkt Release Build Bus Linie Zug Vers Lied Absatz Nummer Nr
`)

/** Compounds that end like streets and are none: `Arbeitsplatz 3`, `Rückweg 2`. In lower case. */
export const notStreetWord: ReadonlySet<string> = wordList(`
arbeitsplatz stellplatz parkplatz sitzplatz spielplatz tennisplatz fussballplatz fußballplatz sportplatz campingplatz
schlafplatz studienplatz kitaplatz betreuungsplatz heimplatz therapieplatz ausbildungsplatz praktikumsplatz marktplatz_
lagerplatz fensterplatz startplatz podestplatz tabellenplatz listenplatz rastplatz flugplatz golfplatz steckplatz
speicherplatz bauplatz bettplatz garagenplatz stehplatz liegeplatz zeltplatz ladeplatz
rückweg umweg hinweg ausweg rechtsweg dienstweg seeweg luftweg landweg schulweg arbeitsweg heimweg rettungsweg fluchtweg
halbweg mittelweg irrweg holzweg königsweg anfahrtsweg zuweg bremsweg federweg signalweg infektionsweg harnweg
übertragungsweg verkehrsweg lösungsweg rechenweg beschwerdeweg vertriebsweg transportweg kommunikationsweg
durchweg hinweg weitweg keineswegs hierweg frischweg vorweg
ehering schlüsselring dichtring sprengring o-ring kolbenring boxring hering bering tuning
produktionsstraße produktionsstrasse fertigungsstraße fertigungsstrasse waschstraße waschstrasse mautstraße
datenautobahn einbahnstraße einbahnstrasse milchstraße milchstrasse montagestraße fahrstraße schnellstraße_
durchgangsstraße vorfahrtsstraße vorfahrtstraße spielstraße seidenstraße
staudamm netzdamm during spring string bundesstraße bundesstrasse landesstraße staatsstraße kreisstraße
`)

/** Adjectives that belong to the street's name after them: `Alte Poststraße 3`. */
export const streetAdjectives: ReadonlySet<string> = wordList(`
Alte Alter Altes Neue Neuer Neues Große Grosse Großer Grosser Kleine Kleiner Obere Oberer Untere Unterer Innere Äußere
Äussere Hintere Vordere Mittlere Lange Kurze Breite Hohe Hoher Erste Zweite Dritte Vierte Linke Rechte Grüne Grüner
Rote Weiße Schwarze Schöne St Sankt Nördliche Südliche Westliche Östliche Nieuwe Oude Grote Lange Gamle Stora Lilla
`)
