import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { createSecureContext } from 'node:tls'
import type { DeploymentFile } from './config-deployment-schema.ts'
import {
  type CredentialForm,
  type CredentialSource,
  HeldSecret,
  isHeaderSecret
} from './providers/credential-source.ts'
import type { TlsOptions } from './providers/kind.ts'
import type { Profile } from './providers/profile.ts'

/** What of a deployment is read from outside the config: keys and certificates. Values never stand in messages. */

type Report = (path: string, message: string) => void

interface Source {
  /** The config file: paths are relative to it. */
  readonly file: string
  readonly env: NodeJS.ProcessEnv
}

/** @returns undefined when a problem was reported */
export function credentialOf(
  entry: DeploymentFile,
  profile: Profile,
  { env, file }: Source,
  report: Report
): CredentialSource | undefined {
  const { credential } = entry
  if (credential === undefined) {
    if (profile.adapter === 'demo') return { from: 'none' }
    report(
      '.credential',
      'is missing; it must be passthrough, none, {env: NAME}, {file: PATH} or {command: [PROGRAM]}.'
    )
    return undefined
  }
  if (typeof credential === 'string') return { from: credential }
  const as: CredentialForm = credential.as ?? (profile.adapter === 'azure-openai' ? 'api-key' : 'bearer')
  if ('file' in credential) return { from: 'file', path: resolve(dirname(file), credential.file), as }
  if ('command' in credential) return { from: 'command', command: credential.command, as }
  const value = env[credential.env] ?? ''
  if (!isHeaderSecret(value)) {
    report(
      '.credential.env',
      value === '' ? 'names a variable that is not set.' : 'names a variable whose value is no key.'
    )
    return undefined
  }
  return { from: 'value', value: new HeldSecret(value), as }
}

/** @returns null when a file can't be read */
export function tlsOf(
  entry: DeploymentFile,
  { file }: Source,
  report: Report
): TlsOptions | undefined | null {
  if (entry.tls === undefined) return undefined
  const pem: { ca?: string; cert?: string; key?: string } = {}
  for (const [key, path] of Object.entries(entry.tls)) {
    try {
      pem[key as keyof typeof pem] = readFileSync(resolve(dirname(file), path), 'utf8')
    } catch (error) {
      report(
        `.tls.${key}`,
        `can't be read (${(error as NodeJS.ErrnoException).code}). Give the path of a PEM file.`
      )
      return null
    }
  }
  const problem = pemProblem(pem)
  if (problem !== null) report(...problem)
  return problem === null ? pem : null
}

/** Checked at the start: a file that is none would else fail each request, or be passed over (`ca`). */
function pemProblem({ ca, cert, key }: TlsOptions): [path: string, message: string] | null {
  if (ca !== undefined && !holdsCertificate(ca)) return ['.tls.ca', 'holds no certificate in PEM.']
  if (cert === undefined && key === undefined) return null
  if (cert === undefined || key === undefined) return ['.tls', 'must have both cert and key, or neither.']
  try {
    createSecureContext({ cert, key })
    return null
  } catch {
    return ['.tls', 'has a cert and a key that are no PEM files or do not belong together.']
  }
}

function holdsCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0
  } catch {
    return false
  }
}
