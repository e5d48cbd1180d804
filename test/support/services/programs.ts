import { accessSync, constants, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** A program that some test runs and that no npm package brings. */
export interface Program {
  readonly name: string
  readonly debianPackage: string
  /** Folders beside PATH in which Debian keeps it. */
  readonly folders: () => readonly string[]
}

const none = (): readonly string[] => []

export const REDIS_SERVER: Program = { name: 'redis-server', debianPackage: 'redis-server', folders: none }

/** Debian keeps one folder per major version outside PATH; the newest counts. */
export const POSTGRES: Program = {
  name: 'postgres',
  debianPackage: 'postgresql',
  folders: () => versionFolders('/usr/lib/postgresql')
}

export const OPENSSL: Program = { name: 'openssl', debianPackage: 'openssl', folders: none }

export const PROGRAMS: readonly Program[] = [REDIS_SERVER, POSTGRES, OPENSSL]

/** @returns the program's path, or undefined where it is not installed */
export function findProgram(program: Program): string | undefined {
  const path = (process.env['PATH'] ?? '').split(delimiter).filter(folder => folder !== '')
  return [...program.folders(), ...path]
    .map(folder => join(folder, program.name))
    .find(file => isExecutable(file))
}

function versionFolders(root: string): readonly string[] {
  try {
    const versions = readdirSync(root).filter(name => /^\d+$/.test(name))
    return versions.toSorted((a, b) => Number(b) - Number(a)).map(version => join(root, version, 'bin'))
  } catch {
    return []
  }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
