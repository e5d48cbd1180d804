import { foldLiteral } from '../../scanner/classes.ts'

/**
 * Larger places in Germany, Austria and Switzerland whose names do not say that they are places, and the largest of
 * their neighbours; for postcodes without a street. Source: official municipality registers (Destatis, Statistik
 * Austria, BFS), by population.
 */
const known = new Set(
  `
aachen aalen ahlen altena amberg ansbach apolda aue aurich berlin bern biel bochum bonn borken bottrop brake bremen bruehl
buende buer calw celle cham chemnitz chur coburg cottbus datteln deggendorf detmold diez dessau dorsten dortmund dresden duesseldorf
dueren duisburg emden ems erfurt erlangen essen eutin flensburg forst fulda fuerth genf geneve gent gera giessen gladbeck
goch goerlitz gotha goettingen graz greifswald greiz guben gummersbach guetersloh haan hagen halle haltern hamburg hameln hamm
hanau hannover heide herne herten hilden hof homburg hoexter husum ibbenbueren idar-oberstein ilmenau itzehoe jena juelich
kaarst kamen karlsruhe kassel kempen kempten kiel kleve koblenz koeln konstanz krefeld kreuztal kriens lahr landau langen
lausanne leer leipzig lemgo lengerich leoben leverkusen linz lippstadt loerrach luebeck lueneburg luenen luzern maintal mainz
marl meissen melle menden meppen meran minden moers muenchen muenster mons nettetal neuss neuwied nienburg nordhorn
nuernberg oberhausen offenbach olpe olten peine pirmasens pirna plauen potsdam prenzlau quickborn rastatt ratingen regensburg
reinbek remscheid rendsburg rheine rostock rottweil salzburg schwyz schwerin selm siegen soest solingen solothurn speyer stade
steyr stralsund straubing stuttgart suhl syke telgte thun trier troisdorf tulln ulm uelzen unna uster vaduz varel vechta velbert
verden verl viersen villach voerde waren warstein wedel weiden weimar wels wesel wien winterthur wismar witten worms
wunstorf wuppertal wuerzburg zell zeitz zittau zossen zuerich zug zwickau zwettl innsbruck klagenfurt bregenz dornbirn
eisenstadt krems feldkirch hallein bludenz kufstein lienz spittal schaan lugano bellinzona locarno davos sion sitten fribourg
freiburg basel aarau baden wil gossau rapperswil frauenfeld schaffhausen glarus herisau altdorf sarnen stans montreux vevey
yverdon nyon morges paris lyon marseille toulouse nice nantes bordeaux lille strasbourg rennes madrid barcelona valencia
sevilla malaga bilbao zaragoza roma milano torino napoli firenze bologna genova venezia palermo bari amsterdam rotterdam
utrecht eindhoven groningen haarlem bruxelles brussel antwerpen liege namur warszawa krakow lodz wroclaw poznan gdansk praha
alicante almeria avila badajoz barakaldo burgos caceres cadiz castellon ceuta ciudad_real cordoba coruna cuenca elche gerona
gijon girona granada guadalajara huelva huesca jaen leganes leon lerida lleida logrono lugo melilla merida mostoles murcia
orense ourense oviedo palencia pamplona pontevedra salamanca santander segovia soria tarragona teruel toledo valladolid vigo
vitoria zamora getafe alcorcon sabadell terrassa badalona santiago ferrol reus cartagena jerez marbella albacete montpellier
grenoble dijon angers nimes reims brest limoges tours amiens metz besancon orleans mulhouse rouen caen nancy avignon poitiers
pau versailles catania verona messina padova trieste brescia parma modena livorno cagliari perugia ravenna rimini salerno
ferrara pescara bergamo vicenza trento bolzano lecce porto lisboa braga coimbra arnhem nijmegen tilburg breda leiden delft
maastricht gent brugge leuven szczecin lublin katowice bialystok gdynia czestochowa radom torun
brno bratislava budapest ljubljana zagreb kobenhavn stockholm goeteborg oslo helsinki luxembourg london
`
    .trim()
    .split(/\s+/)
)

/** Endings of place names in German-speaking countries. */
const endings =
  /(?:[bB]erg|[bB]urg|[dD]orf|heim|hausen|[sS]tadt|stedt|stätten|[^ndRhr]ingen|[^tsgdlbkrnfhme]ungen|bach|beck|feld|felde|furt|furth|kirchen|brück|brücken|bruck|haven|hafen|münde|münster|rode|roda|leben|[^aeiou]itz|[^aeioud]ow|walde|[^n]wald|thal|[^okmnspgeir]tal|[aeu]ch|[^h]au|see|horst|büttel|borstel|weiler|beuren|hofen|kofen|stetten|stein|fels|eck|born|brunn|scheid|rath|broich|linden|hain|hagen|hof|höfen|wil|wyl|ikon|iken|kon|swil|ried|reuth|grün|zell|cham|ham|husen|wik|wiek|wig|by|ünde|mar|lar|sen|ede|see|loh|lohe|kamp|eich|buch|markt|gmünd|kappel|kapellen)$/u
const leads =
  /^(?:Bad|Sankt|St\.?|Markt|Groß|Klein|Ober|Unter|Nieder|Hohen|Neu|Alt|Mühl|San|Saint|Santa|Den|Las|Los|La|Le|El) \p{Lu}/u
/** Common nouns with such endings. */
const nouns =
  /(?:fach|buch|[bB]etrag|bau|sach|feld|besuch|versuch|tuch|dach|hof|markt|stau|frau|schau|dresscode|massen|klassen|kassen|phasen|tassen|wissen|reisen|preisen|kosten|interessen|adressen|prozessen|messen|essen|waisen|kreisen|weisen|hinweisen|fach|geräusch|wunsch|austausch|deutsch|bereich|vergleich|versuch|gebrauch|verbrauch|mensch|tisch|hochzeit|strom)$/i

export function isKnownPlace(name: string): boolean {
  return known.has(foldName(name))
}

/** Lower case, umlauts spelled out. */
function foldName(name: string): string {
  const spelled = name
    .toLowerCase()
    .replace(/[äöüß]/g, char => ({ ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' })[char] ?? char)
  return spelled.split('-').map(foldLiteral).join('-')
}

/**
 * @param place the whole name
 * @param first its first word
 */
export function looksLikePlace(place: string, first: string): boolean {
  if (leads.test(place) || / (?:am|an der|bei|im|ob der|a\. ?d\.|i\. ?d\.) /.test(place)) return true
  return first.length > 4 && endings.test(first) && !nouns.test(first)
}
