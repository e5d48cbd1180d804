import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Names by locale, from @faker-js/faker 10.6.0 (MIT; see NOTICE): one line each, `locale TAB name,name,…`. */
export type NameList = ReadonlyMap<string, readonly string[]>

export function readNames(list: 'given' | 'surname' | 'place'): NameList {
  const lines = readFileSync(join(import.meta.dirname, 'lists', `${list}.txt`), 'utf8')
    .trim()
    .split('\n')
  return new Map(
    lines.map(line => {
      const [locale = '', names = ''] = line.split('\t')
      return [locale, names.split(',')]
    })
  )
}
