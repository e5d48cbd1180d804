import { MAX_CELL, MIN_CELL, type TableCell } from './table-cells.ts'

/** An element of XML that holds nothing but text, and the name of the element without its prefix. */
const element =
  /<(?:[A-Za-z_][\w.-]{0,40}:)?([A-Za-z_][\w.-]{1,40})(?:\s[^<>]{0,200})?>\s{0,40}([^<>\s](?:[^<>]{0,256}[^<>\s])?)\s{0,40}<\/(?:[A-Za-z_][\w.-]{0,40}:)?\1\s{0,4}>/g

/**
 * Values of XML elements under the names of their elements: `<PLZ>24937</PLZ>`, `<cbc:PostalZone>…`.
 * @param isNaming whether a name is of interest; values of others are left out
 */
export function* elementCells(text: string, isNaming: (head: string) => boolean): Generator<TableCell> {
  element.lastIndex = 0
  for (let found = element.exec(text); found !== null; found = element.exec(text)) {
    const [whole, label = '', value = ''] = found
    const after = element.lastIndex
    const start = found.index + whole.indexOf(value, whole.indexOf('>'))
    if (value.length >= MIN_CELL && value.length <= MAX_CELL && isNaming(label))
      yield { start, end: start + value.length, label }
    // The walk is stopped and taken up again by whoever asks for the cells.
    element.lastIndex = after
  }
}
