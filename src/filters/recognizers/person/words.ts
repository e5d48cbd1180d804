import { casedWordList, wordList } from '../word-list.ts'

/** Word lists for names, written in lower case here. */

/** Given names common in German- and English-speaking countries, of all origins; a hint, never a condition. */
export const givenNames: ReadonlySet<string> = casedWordList(`
achim adam adrian agnes ahmed ahmet aisha aleksandra alex alexander alexandra alexis alfred ali alice alina aline amanda amelie amir amy
ana anastasia andrea andreas andrew andy anette angela angelika anika anita anja anke ann anna annabelle anne annegret anneliese annemarie
annette anni annika ansgar anthony anton antonia antonio armin arne arthur astrid august axel ayse barbara bastian beate beatrice ben
benedikt benjamin bernd bernhard bert berta bertram bettina birgit birte bjarne björn bodo boris brigitte britta brian bruno burkhard can
carina carl carla carlos carmen carola carolin caroline carsten cathrin cem charles charlotte chiara chris christa christel christian
christiane christin christina christine christoph christopher claas clara claudia claus clemens conrad constanze cora cornelia dagmar
daniel daniela daniele danny david dennis denise detlef detlev dieter dietmar dietrich dirk dominik dominique donald dora doreen doris
dorothea dorothee ebru eckhard edda edgar edith eduard edward egon elena eleonore elfriede elias elif elisabeth elise elizabeth elke ella
ellen elly elsa else emil emilia emily emma emre enrico eric erich erik erika erna ernst erwin esther eugen eva evelin evelyn fabian
fatima fatma felicitas felix ferdinand finn flora florian frank franz franziska frauke fred frederik friederike friedhelm friedrich frieda
fritz gabi gabriel gabriela gabriele geoffrey georg george gerald gerd gerda gerhard gerlinde gerold gerrit gertrud giovanni gisbert
gisela giuseppe gottfried götz greta gregor gretchen grit gudrun guido günter günther gunnar gustav hakan hanna hannah hannelore hannes
hans hansjörg harald harry hartmut hasan hassan hatice heide heidemarie heidi heike heiko heiner heinrich heinz helen helena helene helga
hella helmut helmuth hendrik henriette henrik henry herbert hermann herta hilde hildegard hilmar hinrich holger horst hubert hüseyin hugo
ibrahim ida igor ilka ilona ilse imke ines inga inge ingeborg ingmar ingo ingrid irena irene iris irmgard irma isabel isabella isabelle
isolde ivan iwona jack jacqueline jakob jan jana jane janet janina janine jannik jannis jasmin jason jean jeannette jennifer jens jeremy
jessica jessika jill jim joachim jochen joe johann johanna johannes john jonas jonathan jörg jörn jose josef josefine joseph joshua juan
judith julia julian juliane julie julius jürgen jutta kai karen karim karin karina karl karla karolin karsten kaspar katarina katharina
kathleen kathrin katja katrin kay kelly kemal kenneth kerstin kevin kilian kim kirsten kirstin klara klaus knut konrad konstantin korbinian
kristian kristin kristina kurt lara larissa lars laura lea lena lennart lenny leon leonard leonhard leonie leopold leyla liam lidia lilli
lilly lina linda lisa liselotte lorenz lothar louis louisa louise luca lucas lucia lucy ludger ludwig luis luisa lukas lutz lydia magda
magdalena maik maike maja malte mandy manfred manuel manuela marc marcel marcin marco marcus mareike maren margaret margarete margarethe
margit margot margret margrit maria mariam marian marianne marie marieke mariella marina mario marion marius marko markus marlene marlies
marta martha martin martina mary marvin mateo mathias mathilda mathilde matteo matthew matthias max maximilian mehmet meike melanie
melissa merle mia michael michaela michelle miguel mika mike milena mira miriam mirjam mirko mohamed mohammad mohammed monika monique
moritz murat mustafa nadine nadja nancy natalia natalie natascha nele nicholas nick nicola nicolas nicole niels nikita niklas nikolaus nils
nina noah noel nora norbert norman odile ola olaf ole oleg olga oliver olivia omar ömer oskar oscar oswald othmar otto özlem pamela
pascal patricia patrick patrik paul paula pauline pedro peggy peter petra philip philipp phillip pia pierre piotr rachel rafael rahel
raimund rainer ralf ralph ramona raphael rebecca regina regine reiner reinhard reinhold renate rené richard rita rob robert roberto robin
roger roland rolf roman ronald ronja ronny rosa rosemarie rosi roswitha rouven rudi rudolf rupert ruth ryan sabine sabrina said sally sam
samuel sandra sara sarah sascha scott sean sebastian selin selina selma serkan severin sibylle siegbert siegfried siegmar sigrid silke
silvia silvio simon simone sina sofia sofie sonja sophia sophie stefan stefanie steffen steffi stella stephan stephanie stephen steve
steven susan susanne suse svea sven svenja swantje sybille sylvia tamara tanja tarek tatjana terry tessa thea theo theodor theresa
therese thilo thomas thorsten till tilman tim timo timothy tina tobias tom tomasz toni torben torsten traudl ulf uli ulla ulrich ulrike
ursula ute uta uwe valentin valentina valerie vanessa vera verena veronika victor victoria viktor viktoria vincent viola volker volkmar
walter waltraud wanda wendelin wenke werner wiebke wilfried wilhelm wilhelmine willi william willy winfried wolf wolfgang wolfram xaver
yannick yasemin yasmin yusuf yvonne zeynep zoe zoë łukasz agnieszka andrzej ewa grzegorz jerzy katarzyna krzysztof małgorzata paweł
ahmad hussein khaled layla mahmoud maryam nour omer rami salma samir tariq yara youssef zainab jun mei linh nguyen thanh minh hoa lan
james mark jeff brandon jordan ashley tyler megan emma lauren justin eric gary larry jeffrey shirley carol betty debra donna cynthia
kathy gloria teresa doug douglas craig keith bruce wayne alan roy eugene russell philip howard ethan logan mason jacob jayden grace
chloe sophie jack harry oliver george charlie freddie archie isla ava poppy freya imogen nigel graham trevor colin clive
`)

/** Capitalised words that follow a salutation or stand where names stand, and are none. */
export const noNames: ReadonlySet<string> = casedWordList(`
GmbH gGmbH mbH KGaA OHG UG MfG LG VG BG dein deine euer eure
damen herren herr herrn frau fräulein familie eheleute ehepaar geschwister team kollege kollegin kollegen kolleginnen leute freunde freund freundin kunde kundin kunden
eltern mitglieder mitglied mitarbeiter mitarbeiterin mitarbeiterinnen gäste zusammen alle allerseits welt world community support service
all everyone everybody there guys folks sir sirs madam hiring manager customer friends friend colleagues colleague diary santa god gott
lord mr mrs ms miss dear hallo hello hi hey buongiorno buonasera bonjour bonsoir hola ciao goedemorgen goedendag guten tag morgen abend mittag morning afternoon evening day januar februar märz april mai juni
juli august september oktober november dezember january february march may june july october december montag dienstag mittwoch donnerstag
freitag samstag sonnabend sonntag monday tuesday wednesday thursday friday saturday sunday sie ihr ihre ihnen ich wir du er es man the this
that we you they he she it i my our your and or if in on at to for from with as is are was were will would can could should please thank
thanks bitte danke vielen anbei anlage anlagen betreff betrifft re fwd aw wg cc bcc von an am im der die das den dem des ein eine einen
und oder aber mit zur zum nach bei für auf aus wie wenn dass nicht noch nur auch hier dort heute gestern rechnung angebot auftrag
bestellung vertrag kundennummer vertragsnummer rechnungsnummer iban bic swift konto kontonummer steuernummer telefon telefonnummer tel fax mobil handy email mail adresse anschrift
geburtsdatum geb strasse straße datum uhr nummer nr name vorname nachname firma abteilung büro praxis klinik krankenhaus universität
institut schule verein gemeinde stadt land bank versicherung amt amtsgericht landgericht finanzamt gericht polizei ministerium gmbh ag kg
ohg mbh ug gbr ltd inc llc corp co plc company group holding stiftung verlag university college hospital department office unit street
road avenue patient patientin arzt ärztin oberarzt chefarzt kundenservice kundendienst redaktion vertrieb einkauf buchhaltung verwaltung
personalabteilung sekretariat zentrale empfang info kontakt anrede titel unterschrift mutter vater bruder schwester sohn tochter oma opa
mama papa mami papi schatz liebling süße engel maus nachbar nachbarin meier-team god jesus google microsoft apple amazon siemens oetker
deutschland österreich schweiz germany austria berlin hamburg münchen köln frankfurt wien zürich london paris new york europe europa
america usa deutsch englisch german english french yes no ja nein ok okay sehr geehrte geehrter liebe lieber viele beste herzliche
freundliche mit freundlichen grüßen grüße gruß regards best kind warm sincerely yours cheers doktor professor dr prof universitäts
sachbearbeiter sachbearbeiterin geschäftsführer geschäftsführung leiter leiterin direktor direktorin vorstand präsident president minister
admin administrator user benutzer nutzer root test beispiel example null none undefined true false todo sender recipient subject attn
gemeinsame wohnung haus hof kind kinder person personen unbekannt anonym diverse privat persönlich vertraulich
mon tue tues wed thu thur fri sat sun jan feb mar apr jun jul aug sep sept oct okt nov dec dez
sent gesendet virus hinweis wichtig achtung note notice important disclaimer confidential ps p.s anhang attachment tel. weitere
`)

/** Ordinary words that are also surnames: alone they are followed only with context. */
export const ambiguousSurnames: ReadonlySet<string> = casedWordList(`
koch klein weiß weiss groß gross lang kurz schwarz braun grün roth rot könig kaiser bauer richter schäfer fischer vogel wolf fuchs stein
berg winter sommer herbst frost sturm engel krieg frei jung alt neu lieb gut reich baum busch mai will mark bill rose grace hope page price
young long short small brown white black green gray grey king bishop pope baker cook park rich case field wood woods stone day love bush
major english best gold silver ford hall hill lake rivers banks bell ball bond cash chase church cross drew fox hunter lane law marsh mason
mills moon north west east south power powers rush sharp snow spring star storm street summer summers swift waters wise schmied schneider
müller zimmermann wagner weber jäger förster gärtner metzger becker maurer töpfer sänger schreiber meister lehrer pfarrer graf herzog ritter
fürst prinz papst bischof mönch abt vogt keller kern korn krug kraft kreuz linde löwe bär hase hahn hirsch igel falke adler specht sperling
fink star storch strauß sand see bach brunnen teich wald heide feld wiese garten hof haus kirche brücke turm burg schloss winkel horn hammer
nagel beil messer löffel becher topf kessel hut schuh rock mantel schleier ring kette perl glas eisen stahl kupfer zink blei vogel sauer
süß bitter scharf stark schwach stolz fromm ernst lustig fröhlich traurig ehrlich treu edel kluge weise lange kurze kleine große neumann
ernst frank peters christian friedrich otto paul martin simon thomas vater mutter bruder sohn freund gast bürger mensch mann frau kind
wahl zahl teil rest ende anfang mitte seite ecke stück punkt grund raum zeit tag nacht morgen abend stunde jahr schulze vogt schmidt-bau
miller smith taylor carpenter butler porter carter cooper fisher gardener potter singer skinner tanner weaver walker parker turner page
bank book bird brook bridge castle clay cliff coast cotton court craft crane dale dean drake duke eagle earl early farmer fields flowers
forest french frank german grant hand harper hart hawk head heart holiday holland house ireland jewel joy judge knight lamb lord maker may
merry miles monday mood noble nurse oak oliver olive pain peace peacock pearl pepper piper plant pool poor pray prince proud quick rain
read reed robin sage sailor salt savage school scott sellers shade shepherd ship silk silver sky speed stark steel still strong stubbs
sun teal temple thorn tower town train trust valley wall wallace war ward warm water weather wells wheat wheeler wild winter wolf worth
`)

/** Particles at the start of a name or a line, as they are written there. */
export const capitalParticles: ReadonlySet<string> = wordList(
  'Von Van De Del Della Di Da Du La Le El Al Ten Ter Zu Bin Ben VON VAN DE DER DEN LA EL AL ZU'
)

/** Joins parts of a surname and is written in lower case. */
export const particles: ReadonlySet<string> = wordList(
  'von vom van der den dem de del della dela di da dos do das du des la le el al bin ibn ben abu af av ten ter te zu zur zum het'
)

const nounEnding =
  /(?:ung|ungen|heit|keit|schaft|tion|tionen|tät|ismus|nummer|straße|strasse|nisse|zeit|leitung|stelle|dienst|abteilung|service|team)$/

/** Last three letters of the endings above, so that most words need no regular expression. */
const lastThree = wordList('ung gen eit aft ion nen tät mus mer aße sse lle nst ice eam')

/** True for words with an ending of German nouns that no surname has. */
export function endsLikeNoun(word: string): boolean {
  return lastThree.has(word.slice(-3)) && nounEnding.test(word)
}
