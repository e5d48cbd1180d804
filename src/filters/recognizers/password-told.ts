import type { Scan } from '../scanner/scan.ts'
import { isPlaceholder } from './validators/placeholder.ts'

const set =
  /[ \t](?:jetzt[ ]|nun[ ]|wieder[ ]|gerade[ ]|eben[ ]|back[ ])?(?:auf|to)[ \t]["'„“`]?([^\s"'„“`]{6,64}?)["'”“`]?[.,;!]{0,2}(?=\s|$|[)])/y

/**
 * `hat sein Kennwort auf Herbst2026! gesetzt`, `reset the password to …`: what no word looks like.
 * @param end where the word for it ends
 */
export function reportSet(scan: Scan, end: number): boolean {
  set.lastIndex = end
  const value = set.exec(scan.text)?.[1]
  if (value === undefined) return false
  const isVisible =
    /\p{L}/u.test(value) && /\d/.test(value) && !/[/\\=(){}<>]|^(?:sha|md|aes|utf|v|http)-?\d/i.test(value)
  if (!isVisible || isPlaceholder(value)) return false
  const at = scan.text.indexOf(value, end)
  // The sign that ends the sentence may as well end the password.
  const sign = scan.text.charAt(at + value.length) === '!' ? 1 : 0
  scan.report(at, at + value.length + sign, 'PASSWORD', 0.75)
  return true
}

const pin =
  /(?:[ \t](?:für|fürs|for|zur|zum|vom|der|of|to)(?:[ \t](?:die|das|den|the|my|mein\p{L}{0,2}))?[ \t]\p{L}{3,24})?[ \t]{1,2}(?:(?:ist|lautet|is)[ \t])?(\d{4,8})(?![\p{L}\d]|[.,:/-]\d)/uy

/**
 * `Online-Banking-PIN 83920`: in capitals, as the abbreviation is written.
 * @param start where the word starts
 * @param end where it ends
 */
export function reportPin(scan: Scan, start: number, end: number): boolean {
  if (!/^(?:PIN|PUK)$/.test(scan.text.slice(start, end))) return false
  pin.lastIndex = end
  const value = pin.exec(scan.text)?.[1]
  if (value === undefined || isPlaceholder(value)) return false
  scan.report(pin.lastIndex - value.length, pin.lastIndex, 'PASSWORD', 0.7)
  return true
}
