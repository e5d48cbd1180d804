/**
 * Places: where a provider processes and stores. A place is an ISO 3166-1 alpha-2 code, `self` (our own machines) or
 * a group of codes.
 */

/** ISO 3166-1 alpha-2, the officially assigned codes as of 2025 (249). `UK` and `EL` are not among them: GB, GR. */
const ISO_3166_1 = new Set(
  (
    'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ ' +
    'CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO ' +
    'FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE ' +
    'JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO ' +
    'MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW ' +
    'PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM ' +
    'TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW'
  ).split(' ')
)

/** Member states of the European Union since 2020-02-01 (Art. 52 TEU, Art. 50 TEU withdrawal of the UK). */
const EU = 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ')

/** The EEA: the EU with Iceland, Liechtenstein and Norway (EEA Agreement, Decision 154/2018 brought in the GDPR). */
const EEA = [...EU, 'IS', 'LI', 'NO']

const GROUPS: ReadonlyMap<string, readonly string[]> = new Map([
  ['EU', EU],
  ['EEA', EEA]
])

/** What config and policy may write for a place; for messages. */
export const PLACE_RULE =
  'self, a country code of ISO 3166-1 alpha-2 in capitals (DE, US; the United Kingdom is GB, Greece GR), EU or EEA'

/** True for `self`, an assigned country code, `EU` or `EEA`. */
export function isPlace(place: string): boolean {
  return place === 'self' || ISO_3166_1.has(place) || GROUPS.has(place)
}

/** True for an assigned country code. */
export function isCountry(code: string): boolean {
  return ISO_3166_1.has(code)
}

/** The single places that `places` stands for: groups become their members, others stay; no duplicates. */
export function expandPlaces(places: readonly string[]): ReadonlySet<string> {
  return new Set(places.flatMap(place => GROUPS.get(place) ?? [place]))
}
