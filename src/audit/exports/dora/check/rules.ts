/**
 * The rules of the receiving system that can be told without a register of others. Numbers and meaning: the EBA's
 * "Overview of the RoI reporting technical checks and validation rules" of 28 April 2025, as far as published; what it
 * leaves out stands in `NOT_CHECKED`. Names without a number: rules of the formats below it, each with its source.
 */
export type RuleId = keyof typeof RULES

export type Language = 'en' | 'de'

export interface RuleText {
  readonly en: string
  readonly de: string
}

/** What each rule asks for. */
export const RULES = {
  101: { en: 'The file must be a readable zip.', de: 'Die Datei muss ein lesbares Zip sein.' },
  103: {
    en: 'The zip must hold one root folder of its own name, with META-INF/reportPackage.json and reports.',
    de: 'Das Zip muss genau einen Ordner seines eigenen Namens enthalten, darin META-INF/reportPackage.json und reports.'
  },
  104: {
    en: 'The file name may hold letters, digits, hyphen, underscore and full stop only.',
    de: 'Der Dateiname darf nur Buchstaben, Ziffern, Binde- und Unterstrich und Punkt enthalten.'
  },
  105: {
    en: 'The file must be named <LEI>.<IND|CON>_<country>_DORA010100_DORA_<yyyy-mm-dd>_<yyyyMMddHHmmssSSS>.zip.',
    de: 'Die Datei muss <LEI>.<IND|CON>_<Land>_DORA010100_DORA_<jjjj-mm-tt>_<jjjjMMttHHmmssSSS>.zip heißen.'
  },
  106: {
    en: 'The module in the file name must be DORA010100.',
    de: 'Das Modul im Dateinamen muss DORA010100 sein.'
  },
  109: {
    en: 'The reference date in the file name must be a day of the calendar.',
    de: 'Der Stichtag im Dateinamen muss ein Tag des Kalenders sein.'
  },
  111: {
    en: 'The reference date must not lie in the future.',
    de: 'Der Stichtag darf nicht in der Zukunft liegen.'
  },
  305: {
    en: 'An amount must be a plain number with a decimal point and no other signs.',
    de: 'Ein Betrag muss eine schlichte Zahl mit Dezimalpunkt ohne weitere Zeichen sein.'
  },
  306: {
    en: 'Every file must be UTF-8 without a byte order mark.',
    de: 'Jede Datei muss UTF-8 ohne Byte Order Mark sein.'
  },
  320: {
    en: 'refPeriod in parameters.csv must be the reference date of the file name.',
    de: 'refPeriod in parameters.csv muss der Stichtag des Dateinamens sein.'
  },
  330: {
    en: 'A date must be written yyyy-mm-dd and exist.',
    de: 'Ein Datum muss als jjjj-mm-tt geschrieben sein und existieren.'
  },
  331: { en: 'A whole number is needed.', de: 'Hier muss eine ganze Zahl stehen.' },
  333: { en: 'A link must be the word true.', de: 'Ein Link muss das Wort true sein.' },
  503: {
    en: 'The value must be a code of the closed list, never its label.',
    de: 'Der Wert muss ein Code der geschlossenen Liste sein, nie seine Bezeichnung.'
  },
  505: {
    en: 'report.json must extend the entry point of the DORA module 4.0.',
    de: 'report.json muss auf den Einstiegspunkt des DORA-Moduls 4.0 verweisen.'
  },
  510: {
    en: 'FilingIndicators.csv may name templates of the register only, in capitals.',
    de: 'FilingIndicators.csv darf nur Templates des Registers nennen, in Großbuchstaben.'
  },
  514: {
    en: 'entityID in parameters.csv must end in .CON (consolidated) or .IND (one entity).',
    de: 'entityID in parameters.csv muss auf .CON (konsolidiert) oder .IND (einzeln) enden.'
  },
  701: {
    en: 'report.json, parameters.csv and FilingIndicators.csv must be there and not empty.',
    de: 'report.json, parameters.csv und FilingIndicators.csv müssen vorhanden und nicht leer sein.'
  },
  702: {
    en: 'FilingIndicators.csv must begin with templateID,reported.',
    de: 'FilingIndicators.csv muss mit templateID,reported beginnen.'
  },
  703: {
    en: 'A template may have one filing indicator.',
    de: 'Je Template darf ein Filing Indicator stehen.'
  },
  704: {
    en: 'A filing indicator must be true or false.',
    de: 'Ein Filing Indicator muss true oder false sein.'
  },
  705: {
    en: 'Every template needs a filing indicator.',
    de: 'Jedes Template braucht einen Filing Indicator.'
  },
  714: {
    en: 'entityID in parameters.csv must be rs:<LEI>.<IND|CON> of the file name.',
    de: 'entityID in parameters.csv muss rs:<LEI>.<IND|CON> des Dateinamens sein.'
  },
  720: {
    en: 'reports may hold the fifteen tables in lower case and the three metadata files only.',
    de: 'reports darf nur die fünfzehn Tabellen in Kleinschreibung und die drei Metadateien enthalten.'
  },
  723: {
    en: 'parameters.csv must begin with name,value.',
    de: 'parameters.csv muss mit name,value beginnen.'
  },
  724: { en: 'At least one table must hold data.', de: 'Mindestens eine Tabelle muss Daten enthalten.' },
  801: {
    en: 'The header may hold columns of the template only, none empty.',
    de: 'Die Kopfzeile darf nur Spalten des Templates enthalten, keine leere.'
  },
  802: { en: 'A column may stand once.', de: 'Jede Spalte darf einmal vorkommen.' },
  805: {
    en: 'A key may not be empty: write Not Applicable, or eba_GA:qx2007 for a country.',
    de: 'Ein Schlüssel darf nicht leer sein: Not Applicable eintragen, bei Ländern eba_GA:qx2007.'
  },
  806: { en: 'The key of a row may stand once.', de: 'Der Schlüssel einer Zeile darf nur einmal vorkommen.' },
  807: {
    en: 'What a cell refers to must be a row of the other template.',
    de: 'Worauf eine Zelle verweist, muss eine Zeile des anderen Templates sein.'
  },
  808: {
    en: 'A template that is empty or sent must be declared true.',
    de: 'Ein leeres oder mitgeschicktes Template muss mit true erklärt sein.'
  },
  809: {
    en: 'Every row must have as many cells as the header, separated by commas, and a value beside its key.',
    de: 'Jede Zeile muss so viele durch Kommas getrennte Zellen haben wie die Kopfzeile, und einen Wert neben dem Schlüssel.'
  },
  /** XBRL Report Package 1.0, Recommendation of 22 September 2023. */
  'report-package': {
    en: 'META-INF/reportPackage.json must be JSON and name the type https://xbrl.org/report-package/2023.',
    de: 'META-INF/reportPackage.json muss JSON sein und den Typ https://xbrl.org/report-package/2023 nennen.'
  },
  /** xBRL-CSV 1.0, 3.1.2; EBA Filing Rules 5.7, 1.5: one entry point. */
  'report-json': {
    en: 'report.json must be JSON of the type https://xbrl.org/2021/xbrl-csv with one entry point.',
    de: 'report.json muss JSON vom Typ https://xbrl.org/2021/xbrl-csv mit genau einem Einstiegspunkt sein.'
  },
  /** xBRL-CSV 1.0 and EBA Filing Rules 5.7 on parameters. A parameter that no table uses was rejected by BaFin in July 2026. */
  parameters: {
    en: 'parameters.csv must hold entityID, refPeriod, baseCurrency, decimalsInteger and decimalsMonetary, each once, and no other.',
    de: 'parameters.csv muss entityID, refPeriod, baseCurrency, decimalsInteger und decimalsMonetary je einmal und keine anderen enthalten.'
  },
  /** EBA Filing Rules 5.7, 2.19 on `#nil` and `#empty`; xBRL-CSV keeps every value that begins so for special ones. */
  'special-value': {
    en: 'A cell may not begin with #.',
    de: 'Eine Zelle darf nicht mit # beginnen.'
  },
  /** ISO 17442. */
  lei: {
    en: 'The check digits of an LEI must be right (ISO 17442, mod 97-10).',
    de: 'Die Prüfziffern einer LEI müssen stimmen (ISO 17442, mod 97-10).'
  },
  expected: {
    en: 'The cell is empty although it is expected; the authority answers with a warning.',
    de: 'Die Zelle ist leer, obwohl sie erwartet wird; die Behörde antwortet mit einer Warnung.'
  }
} as const satisfies Readonly<Record<string, RuleText>>

/** These are told, the others lead to rejection. */
const WARNINGS: ReadonlySet<RuleId> = new Set(['expected'])

export function severityOf(rule: RuleId): 'reject' | 'warning' {
  return WARNINGS.has(rule) ? 'warning' : 'reject'
}

/** What the receiving system checks and we do not, and why. */
export const NOT_CHECKED: readonly { readonly rules: string; readonly why: RuleText }[] = [
  {
    rules: '102, 107, 108, 110, 112–115, 706–713, 715–719, 721, 722, 803, 804',
    why: {
      en: 'numbers in the ranges of the ESAs whose text is not published; some may not exist',
      de: 'Nummern in den Bereichen der ESAs, deren Text nicht veröffentlicht ist; manche gibt es vielleicht nicht'
    }
  },
  {
    rules: 'VR_2–VR_78',
    why: {
      en: 'whether an LEI exists and is in force is known to the GLEIF; nothing is asked of the network here',
      de: 'ob es eine LEI gibt und sie gilt, weiß die GLEIF; hier wird nichts im Netz abgefragt'
    }
  },
  {
    rules: 'v88xx_m, e2xxxx_e',
    why: {
      en: 'formulas of the taxonomy; they lead to warnings; Arelle with the EBA’s taxonomy package runs them on the same file',
      de: 'Formeln der Taxonomie; sie führen zu Warnungen; Arelle mit dem Taxonomiepaket der EBA wertet sie an derselben Datei aus'
    }
  }
]

/** One place where a package breaks a rule. */
export interface Fault {
  readonly rule: RuleId
  /** Path in the package, or the package itself. */
  readonly file: string
  /** Row of data, from 1; absent for the file as a whole. */
  readonly row?: number
  /** `c0010`, or several with a plus between. */
  readonly column?: string
}
