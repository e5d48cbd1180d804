import { DeploymentSchema } from '../config-deployment-schema.ts'
import { ConfigFileSchema } from '../config-schema.ts'
import { PolicyFileSchema } from '../policy-schema.ts'

/** The JSON Schemas that editors check files with: `config/schema/`, and the schemas of the gateway itself. */

const DIALECT = 'https://json-schema.org/draft/2020-12/schema'

/** The schema of a policy file, as text. */
export function policySchema(): string {
  return published('Schleuse policy', PolicyFileSchema)
}

/** The schema of the gateway config, as text. */
export function configSchema(): string {
  const deployments = { ...ConfigFileSchema.properties.deployments, items: DeploymentSchema }
  const properties = { ...ConfigFileSchema.properties, deployments }
  return published('Schleuse gateway', { ...ConfigFileSchema, properties })
}

function published(title: string, schema: object): string {
  return `${JSON.stringify({ $schema: DIALECT, title, ...(forWriters(schema) as object) }, null, 2)}\n`
}

/** What has a default may be left out of a file; the gateway's own schema sees it filled in. */
function forWriters(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(forWriters)
  if (typeof schema !== 'object' || schema === null) return schema
  const out = new Map(
    Object.entries(schema).map(([key, value]) => [key, key === 'default' ? value : forWriters(value)])
  )
  const { properties, required } = schema as {
    properties?: Record<string, object>
    required?: readonly string[]
  }
  if (properties !== undefined && required !== undefined) {
    const needed = required.filter(key => !('default' in (properties[key] ?? {})))
    if (needed.length === 0) out.delete('required')
    else out.set('required', needed)
  }
  return Object.fromEntries(out)
}
