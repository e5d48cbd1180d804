/** A context word for the rules of the corpora, as someone would write it in front of the value. */
const words = new Map<string, string>([
  ['DE_TAX_ID', 'Steuer-ID'],
  ['DE_SOCIAL_SECURITY', 'Sozialversicherungsnummer'],
  ['de.idnr', 'Steuer-ID'],
  ['PHONE', 'Telefon'],
  ['CREDIT_CARD', 'Kreditkarte'],
  ['IP', 'IP-Adresse']
])

/** Empty when none is known. */
export function contextOf(rule: string): string {
  return words.get(rule) ?? words.get(rule.split(':')[0] ?? '') ?? ''
}
