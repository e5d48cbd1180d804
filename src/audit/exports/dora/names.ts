import type { Text } from '../export.ts'

/**
 * What the columns of the register are called, shortened from Annex I of Implementing Regulation (EU) 2024/2956: for
 * people who fill them in. By template, then by column, as `code|English|German`.
 */

const CONTRACT = 'Contract reference|Vertragszeichen'
const CODE_TYPE = 'Type of code|Art der Kennung'

const LINES: Readonly<Record<string, readonly string[]>> = {
  'B_01.01': [
    '0010|LEI of the entity|LEI des Unternehmens',
    '0020|Name|Name',
    '0030|Country|Land',
    '0040|Type of entity|Art des Unternehmens',
    '0050|Competent authority|Zuständige Behörde',
    '0060|Date of reporting|Tag der Meldung'
  ],
  'B_01.02': [
    '0010|LEI of the entity|LEI des Unternehmens',
    '0020|Name|Name',
    '0030|Country|Land',
    '0040|Type of entity|Art des Unternehmens',
    '0050|Place in the group|Stellung in der Gruppe',
    '0060|LEI of the direct parent|LEI des direkten Mutterunternehmens',
    '0070|Last updated on|Zuletzt geändert am',
    '0080|Included on|Aufgenommen am',
    '0090|Removed on|Gestrichen am',
    '0100|Currency|Währung',
    '0110|Total assets|Bilanzsumme'
  ],
  'B_01.03': [
    '0010|Code of the branch|Kennung der Zweigstelle',
    '0020|LEI of the head office|LEI der Hauptverwaltung',
    '0030|Name|Name',
    '0040|Country|Land'
  ],
  'B_02.01': [
    `0010|${CONTRACT}`,
    '0020|Type of contract|Art des Vertrags',
    '0030|Overarching contract|Rahmenvertrag',
    '0040|Currency|Währung',
    '0050|Cost of the past year|Kosten des letzten Jahres'
  ],
  'B_02.02': [
    `0010|${CONTRACT}`,
    '0020|LEI of the user|LEI des Nutzers',
    '0030|Code of the provider|Kennung des Dienstleisters',
    `0040|${CODE_TYPE}`,
    '0050|Function|Funktion',
    '0060|ICT service|IKT-Dienstleistung',
    '0070|From|Beginn',
    '0080|Until|Ende',
    '0090|Reason of termination|Grund der Beendigung',
    '0100|Notice by the entity (days)|Kündigungsfrist des Unternehmens (Tage)',
    '0110|Notice by the provider (days)|Kündigungsfrist des Dienstleisters (Tage)',
    '0120|Governing law|Anwendbares Recht',
    '0130|Provided from|Land der Erbringung',
    '0140|Data are stored|Daten werden gespeichert',
    '0150|Stored in|Speicherort',
    '0160|Processed in|Ort der Verarbeitung',
    '0170|Sensitiveness of the data|Sensibilität der Daten',
    '0180|Reliance on the service|Abhängigkeit von der Dienstleistung'
  ],
  'B_02.03': [`0010|${CONTRACT}`, '0020|Linked contract|Verknüpfter Vertrag', '0030|Link|Verknüpfung'],
  'B_03.01': [
    `0010|${CONTRACT}`,
    '0020|LEI of the signing entity|LEI des Unterzeichners',
    '0030|Link|Verknüpfung'
  ],
  'B_03.02': [
    `0010|${CONTRACT}`,
    '0020|Code of the signing provider|Kennung des unterzeichnenden Dienstleisters',
    `0030|${CODE_TYPE}`
  ],
  'B_03.03': [
    `0010|${CONTRACT}`,
    '0020|LEI of the providing entity|LEI des Erbringers',
    '0031|Link|Verknüpfung'
  ],
  'B_04.01': [
    `0010|${CONTRACT}`,
    '0020|LEI of the user|LEI des Nutzers',
    '0030|Branch or not|Zweigstelle oder nicht',
    '0040|Code of the branch|Kennung der Zweigstelle'
  ],
  'B_05.01': [
    '0010|Code of the provider|Kennung des Dienstleisters',
    `0020|${CODE_TYPE}`,
    '0030|Additional code|Weitere Kennung',
    '0040|Type of the additional code|Art der weiteren Kennung',
    '0050|Legal name|Firma',
    '0060|Name in Latin letters|Name in lateinischer Schrift',
    '0070|Type of person|Art der Person',
    '0080|Headquarters|Hauptsitz',
    '0090|Currency|Währung',
    '0100|Annual cost|Jährliche Kosten',
    '0110|Code of the ultimate parent|Kennung des obersten Mutterunternehmens',
    '0120|Type of the parent’s code|Art der Kennung des Mutterunternehmens'
  ],
  'B_05.02': [
    `0010|${CONTRACT}`,
    '0020|ICT service|IKT-Dienstleistung',
    '0030|Code of the provider|Kennung des Dienstleisters',
    `0040|${CODE_TYPE}`,
    '0050|Rank|Rang',
    '0060|Code of the recipient|Kennung des Empfängers',
    '0070|Type of the recipient’s code|Art der Kennung des Empfängers'
  ],
  'B_06.01': [
    '0010|Function|Funktion',
    '0020|Licensed activity|Zugelassene Tätigkeit',
    '0030|Name of the function|Name der Funktion',
    '0040|LEI of the entity|LEI des Unternehmens',
    '0050|Critical or important|Kritisch oder wichtig',
    '0060|Reasons|Gründe',
    '0070|Last assessed on|Zuletzt bewertet am',
    '0080|Recovery time (hours)|Wiederherstellungszeit (Stunden)',
    '0090|Recovery point (hours)|Wiederherstellungspunkt (Stunden)',
    '0100|Impact of discontinuing|Folgen eines Ausfalls'
  ],
  'B_07.01': [
    `0010|${CONTRACT}`,
    '0020|Code of the provider|Kennung des Dienstleisters',
    `0030|${CODE_TYPE}`,
    '0040|ICT service|IKT-Dienstleistung',
    '0050|Substitutability|Ersetzbarkeit',
    '0060|Why not substitutable|Warum nicht ersetzbar',
    '0070|Last audit on|Letzte Prüfung am',
    '0080|Exit plan|Ausstiegsplan',
    '0090|Reintegration|Rückführung',
    '0100|Impact of discontinuing|Folgen eines Ausfalls',
    '0110|Alternatives identified|Alternativen ermittelt',
    '0120|Alternatives|Alternativen'
  ],
  'B_99.01': [
    '0010|Contract: standalone|Vertrag: einzeln',
    '0020|Contract: overarching|Vertrag: Rahmen',
    '0030|Contract: subsequent|Vertrag: Folge',
    '0040|Sensitiveness: low|Sensibilität: niedrig',
    '0050|Sensitiveness: medium|Sensibilität: mittel',
    '0060|Sensitiveness: high|Sensibilität: hoch',
    '0070|Impact, function: low|Folgen, Funktion: gering',
    '0080|Impact, function: medium|Folgen, Funktion: mittel',
    '0090|Impact, function: high|Folgen, Funktion: hoch',
    '0100|Substitutability: none|Ersetzbarkeit: keine',
    '0110|Substitutability: highly complex|Ersetzbarkeit: hochkomplex',
    '0120|Substitutability: medium|Ersetzbarkeit: mittel',
    '0130|Substitutability: easy|Ersetzbarkeit: leicht',
    '0140|Reintegration: easy|Rückführung: leicht',
    '0150|Reintegration: difficult|Rückführung: schwierig',
    '0160|Reintegration: highly complex|Rückführung: hochkomplex',
    '0170|Impact, service: low|Folgen, Dienstleistung: gering',
    '0180|Impact, service: medium|Folgen, Dienstleistung: mittel',
    '0190|Impact, service: high|Folgen, Dienstleistung: hoch'
  ]
}

/** By `B_01.01.0010`. */
export const FIELD_NAMES: ReadonlyMap<string, Text> = new Map(
  Object.entries(LINES).flatMap(([template, lines]) =>
    lines.map(line => {
      const [code = '', en = '', de = ''] = line.split('|')
      return [`${template}.${code}`, { en, de }] as const
    })
  )
)

/** `B_01.01`, `c0010` → `B_01.01.0010`. */
export function fieldOf(template: string, column: string): string {
  return `${template}.${column.slice(1)}`
}
