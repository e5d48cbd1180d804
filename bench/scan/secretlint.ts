import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

interface Core {
  lintSource(input: object): Promise<{ messages: readonly unknown[] }>
}

/**
 * Secretlint with its recommended rules, when it is installed where `SCHLEUSE_SECRETLINT` says (a folder with
 * `@secretlint/core` and `@secretlint/secretlint-rule-preset-recommend`) or beside Schleuse; else null.
 */
export async function loadSecretlint(): Promise<((text: string) => Promise<number>) | null> {
  const folder = process.env['SCHLEUSE_SECRETLINT'] ?? join(import.meta.dirname, '..', '..')
  const { resolve } = createRequire(join(folder, 'package.json'))
  try {
    const core = (await load(resolve('@secretlint/core'))) as unknown as Core
    const id = '@secretlint/secretlint-rule-preset-recommend'
    const preset = await load(resolve(id))
    const config = { rules: [{ id, rule: preset['creator'] }] }
    const lint = async (text: string): Promise<number> => {
      const source = { filePath: '/text.txt', content: text, contentType: 'text', ext: '.txt' }
      const { messages } = await core.lintSource({ source, options: { config, noPhysicFilePath: true } })
      return messages.length
    }
    return (await lint(`key = ${['ghp', 'wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx'].join('_')}`)) > 0
      ? lint
      : null
  } catch {
    return null
  }
}

async function load(path: string): Promise<Record<string, unknown>> {
  return (await import(pathToFileURL(path).href)) as Record<string, unknown>
}
