import { readFileSync } from 'node:fs'
import type { Static, TSchema } from 'typebox'
import { Compile, type Validator } from 'typebox/compile'
import { Settings } from 'typebox/system'
import { LineCounter, parseDocument, type YAMLError } from 'yaml'

/** One thing wrong in a config file, in words for the person who wrote it. Never quotes what may be a secret. */
export interface Problem {
  /** The file, or the name of an environment variable. */
  readonly file: string
  /** Where in it: `providers[1].baseUrl`, or `line 3, column 5`; empty for the file as a whole. */
  readonly path: string
  /** What is wrong and what is allowed, e.g. `is 99999; it must be an integer from 0 to 65535`. */
  readonly message: string
}

/** Stops the start; lists everything wrong at once. */
export class ConfigError extends Error {
  readonly problems: readonly Problem[]

  constructor(problems: readonly Problem[]) {
    const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`
    const lines = problems.map(({ file, path, message }) =>
      path === '' ? `  ${file}: ${message}` : `  ${file}: ${path} ${message}`
    )
    super([`The configuration has ${count}:`, ...lines].join('\n'))
    this.name = 'ConfigError'
    this.problems = problems
  }
}

/** More problems than anyone fixes in one go; typebox stops counting here. */
const MAX_PROBLEMS = 1000

/**
 * Reads a YAML 1.2 file. Duplicate keys, unknown tags, aliases and several documents are problems.
 * Problems name line and column but not the text there, which may be a key pasted in the wrong place.
 * @returns the plain value; `undefined` when there were problems
 */
export function readYaml(file: string, problems: Problem[]): unknown {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    problems.push({
      file,
      path: '',
      message: `can't be read (${code}). Give the path of a readable YAML file.`
    })
    return undefined
  }
  const lines = new LineCounter()
  const document = parseDocument(text, { prettyErrors: false, lineCounter: lines, stringKeys: true })
  const faults: YAMLError[] = [...document.errors, ...document.warnings]
  for (const fault of faults) {
    const { line, col } = lines.linePos(fault.pos[0])
    problems.push({
      file,
      path: `line ${line}, column ${col}`,
      message: `is not valid YAML (${fault.code}).`
    })
  }
  if (faults.length > 0) return undefined
  try {
    return document.toJS({ maxAliasCount: 0 })
  } catch {
    problems.push({ file, path: '', message: 'uses YAML aliases. Write the values out.' })
    return undefined
  }
}

/** Checks values against one schema, after filling in its defaults. Compiled once. */
export class ShapeCheck<T extends TSchema> {
  readonly #schema: T
  readonly #validator: Validator

  constructor(schema: T) {
    this.#schema = schema
    this.#validator = Compile(schema)
  }

  /**
   * @param value changed in place: missing keys with defaults are filled in
   * @param at path of the value in its file, e.g. `providers[1]`; empty for the whole
   * @returns the value, or `undefined` when its shape was wrong and `problems` grew
   */
  check(value: unknown, file: string, at: string, problems: Problem[]): Static<T> | undefined {
    const filled = this.#validator.Default(value)
    if (this.#validator.Check(filled)) return filled as Static<T>
    const seen = new Set<string>()
    for (const fault of allErrors(this.#validator, filled)) {
      for (const [path, message] of describe(fault, this.#schema, filled)) {
        if (seen.has(path)) continue
        seen.add(path)
        problems.push({ file, path: joinPath(at, path), message })
      }
    }
    return undefined
  }
}

type Fault = ReturnType<Validator['Errors']>[number]

/** typebox reports 8 errors unless told otherwise, by a global setting; it is put back at once. */
function allErrors(validator: Validator, value: unknown): Fault[] {
  const before = Settings.Get().maxErrors
  Settings.Set({ maxErrors: MAX_PROBLEMS })
  try {
    return validator.Errors(value)
  } finally {
    Settings.Set({ maxErrors: before })
  }
}

/** The problems one fault stands for: path within the checked value, and words. */
function describe(fault: Fault, root: TSchema, value: unknown): [path: string, message: string][] {
  const keys = fault.instancePath.split('/').slice(1).map(unescapePointer)
  const allowed = describeSchema(root, fault.schemaPath)
  switch (fault.keyword) {
    case 'boolean':
      return [] // each comes with an additionalProperties fault that says more
    case 'additionalProperties':
      return fault.params.additionalProperties.map(key => [
        showPath([...keys, key]),
        `is not known here; allowed is ${allowed}.`
      ])
    case 'propertyNames':
      return fault.params.propertyNames.map(key => [
        showPath([...keys, key]),
        `is not known here; allowed is ${allowed}.`
      ])
    case 'required':
      return fault.params.requiredProperties.map(key => [
        showPath([...keys, key]),
        `is missing; it must be ${describeSchema(root, `${fault.schemaPath}/properties/${key}`)}.`
      ])
    default:
      if (fault.schemaPath.endsWith('/propertyNames')) return []
      return [[showPath(keys), `${showValue(keys, valueAt(value, keys))}; it must be ${allowed}.`]]
  }
}

function describeSchema(root: TSchema, schemaPath: string): string {
  const schema = valueAt(root, schemaPath.split('/').slice(1).map(unescapePointer))
  const described = schema as { description?: string; const?: string } | undefined
  return described?.description ?? described?.const ?? 'another value'
}

function valueAt(value: unknown, keys: readonly string[]): unknown {
  let at = value
  for (const key of keys) at = (Object(at) as Record<string, unknown>)[key]
  return at
}

function unescapePointer(token: string): string {
  return token.replaceAll('~1', '/').replaceAll('~0', '~')
}

/** `['providers', '1', 'models']` → `providers[1].models`. Keys that are no plain words may be secrets: not shown. */
export function showPath(keys: readonly string[]): string {
  let out = ''
  for (const key of keys) {
    if (/^\d{1,9}$/.test(key)) out += `[${key}]`
    else if (/^[A-Za-z_][A-Za-z0-9_-]{0,40}$/.test(key) && !LOOKS_SECRET.test(key))
      out += out === '' ? key : `.${key}`
    else out += `${out === '' ? '' : '.'}(a key that is not shown)`
  }
  return out
}

function joinPath(at: string, path: string): string {
  return at === '' || path === '' ? at + path : `${at}.${path}`
}

/** Names of fields whose values are never printed, wherever they stand. */
const SECRET_FIELD = /key|secret|token|passw|credential|auth/i
/** Beginnings of well-known keys and tokens, and URLs with a user name or query. */
const LOOKS_SECRET = /\b(?:sk|pk|rk|ghp|gho|gsk|hf|glpat|xox[a-z]|AKIA|AIza|eyJ|Bearer)[-_ A-Za-z0-9]{8}|@|\?/

/** `is "…"` for a short scalar; a description for the rest and for whatever may be secret. */
export function showValue(keys: readonly string[], value: unknown): string {
  if (value === null || value === '') return 'is empty'
  if (Array.isArray(value)) return `is a list of ${value.length}`
  if (typeof value === 'object') return 'is a map'
  const text = JSON.stringify(value)
  if (keys.some(key => SECRET_FIELD.test(key)) || LOOKS_SECRET.test(text))
    return 'has a value that is not shown'
  return text.length > 80 ? 'is a long text' : `is ${text}`
}

/** A YAML map, as parsed. */
export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The strings of a list that is not yet checked; everything else becomes `undefined` and keeps its index. */
export function stringsOf(value: unknown): (string | undefined)[] {
  return Array.isArray(value) ? value.map(item => (typeof item === 'string' ? item : undefined)) : []
}
