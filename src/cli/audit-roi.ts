import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { checkPackage } from '../audit/exports/dora/check/index.ts'
import {
  type Fault,
  type Language,
  NOT_CHECKED,
  RULES,
  severityOf
} from '../audit/exports/dora/check/rules.ts'
import type { Report } from './report.ts'
import { UsageError } from './usage-error.ts'

export interface CheckRoiOptions {
  readonly json: boolean
  readonly language: Language
  /** ISO date. */
  readonly today: string
}

const words = {
  en: { good: 'no rule is broken', reject: 'rejected', warning: 'warning', row: 'row', open: 'not checked' },
  de: {
    good: 'keine Regel ist verletzt',
    reject: 'abgewiesen',
    warning: 'Warnung',
    row: 'Zeile',
    open: 'nicht geprüft'
  }
} as const

/**
 * Checks a package of the Register of Information as its authority would.
 * @throws UsageError when the file can't be read
 * @returns code 1 when something leads to rejection
 */
export function checkRoi(path: string, options: CheckRoiOptions): Report {
  const faults = checkPackage(basename(path), read(path), options.today)
  const code = faults.some(({ rule }) => severityOf(rule) === 'reject') ? 1 : 0
  if (options.json) {
    const lines = [
      ...faults.map(fault => ({ ...fault, severity: severityOf(fault.rule) })),
      ...NOT_CHECKED.map(({ rules, why }) => ({ severity: 'not_checked', rules, why: why[options.language] }))
    ]
    return { text: lines.map(line => `${JSON.stringify(line)}\n`).join(''), code }
  }
  const { good, open } = words[options.language]
  const found =
    faults.length === 0
      ? [`${basename(path)}: ${good}`]
      : faults.map(fault => lineOf(fault, options.language))
  const rest = NOT_CHECKED.map(({ rules, why }) => `${open}  ${rules}: ${why[options.language]}`)
  return { text: [...found, ...rest].map(line => `${line}\n`).join(''), code }
}

function lineOf({ rule, file, row, column }: Fault, language: Language): string {
  const texts = words[language]
  const place = [file, row === undefined ? '' : `${texts.row} ${row}`, column ?? ''].filter(
    part => part !== ''
  )
  return `${rule} ${texts[severityOf(rule)]}  ${place.join(', ')}: ${RULES[rule][language]}`
}

function read(path: string): Uint8Array {
  try {
    return readFileSync(path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new UsageError(`${path} can't be read (${code}). Give the path of the zip.`)
  }
}
