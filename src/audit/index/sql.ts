/** A statement with its parameters apart; made by the `sql` tag only, so that no value is ever written into it. */
export interface Sql {
  readonly parts: readonly string[]
  readonly params: readonly SqlValue[]
}

export type SqlValue = string | number | Uint8Array | null

/** SQL with `?` or `$1` in place of values; nested fragments are put in. */
export function sql(strings: TemplateStringsArray, ...values: readonly (SqlValue | Sql)[]): Sql {
  const parts: string[] = [strings[0] ?? '']
  const params: SqlValue[] = []
  for (const [at, value] of values.entries()) {
    const after = strings[at + 1] ?? ''
    if (isSql(value)) {
      parts[parts.length - 1] += value.parts[0] ?? ''
      parts.push(...value.parts.slice(1))
      parts[parts.length - 1] += after
      params.push(...value.params)
    } else {
      parts.push(after)
      params.push(value)
    }
  }
  return { parts, params }
}

/** Text of our own as SQL: names of tables and columns from lists in the code, never from outside. */
export function raw(text: string): Sql {
  return { parts: [text], params: [] }
}

/** In one pass: pages are fetched by lists of thousands. */
export function join(fragments: readonly Sql[], separator: string): Sql {
  const parts: string[] = ['']
  const params: SqlValue[] = []
  for (const [
    at,
    {
      parts: [first = '', ...rest],
      params: own
    }
  ] of fragments.entries()) {
    parts[parts.length - 1] += at === 0 ? first : separator + first
    parts.push(...rest)
    params.push(...own)
  }
  return { parts, params }
}

/** The text with the placeholders of the engine: `?` for SQLite, `$1` for PostgreSQL. */
export function textOf(query: Sql, placeholder: (at: number) => string): string {
  return query.parts.reduce((text, part, at) => (at === 0 ? part : text + placeholder(at) + part), '')
}

function isSql(value: SqlValue | Sql): value is Sql {
  return typeof value === 'object' && value !== null && 'parts' in value
}
