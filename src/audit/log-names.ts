import type { RetentionClass } from './event/schema.ts'

/**
 * One log per retention class and month (UTC), called `<class>/<year>-<month>`. Its origin, what checkpoints call it, is
 * the origin of the gateway with that behind it.
 */
export function logName(retentionClass: RetentionClass, ms: number): string {
  return `${retentionClass}/${new Date(ms).toISOString().slice(0, 7)}`
}

export function originOf(base: string, name: string): string {
  return `${base}/${name}`
}

export function isLogName(name: string): boolean {
  return /^[a-z0-9_]{1,32}\/[0-9]{4}-[0-9]{2}$/.test(name)
}

/** The folder of a log, relative to that of the trail. */
export function logFolder(name: string): string {
  return `logs/${name}`
}
