/** What any rule of a cell looks at; most cells have none of it. */
const SPECIAL = /^[=+\-@\uff1d\uff0b\uff0d\uff20]|["\r\n\t,;]/

/**
 * One cell of a CSV file (RFC 4180 §2), safe to open in a spreadsheet: what a spreadsheet would take for a formula
 * (OWASP, CSV injection: a first character of = + - @, tab or CR) gets an apostrophe before it. Values are
 * attacker-controlled.
 * @param separator `,` or `;`
 */
export function csvCell(value: string, separator: ',' | ';'): string {
  if (!SPECIAL.test(value)) return value
  const safe = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/.test(value) ? `'${value}` : value
  return /["\r\n\t]/.test(safe) || safe.includes(separator) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** One line with its CRLF. */
export function csvLine(values: readonly string[], separator: ',' | ';' = ','): string {
  return `${values.map(value => csvCell(value, separator)).join(separator)}\r\n`
}
