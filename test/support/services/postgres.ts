import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { freePort } from './free-port.ts'
import { findProgram, POSTGRES } from './programs.ts'

/** A private PostgreSQL on loopback, without a password. */
export interface PostgresServer {
  /** Of the database `postgres`, as its owner. */
  readonly url: string
  readonly port: number
  /** Ends it and removes its files. May be called again. */
  stop(): Promise<void>
}

/** @throws when postgres is not installed or does not start */
export async function startPostgres(): Promise<PostgresServer> {
  const binary = findProgram(POSTGRES)
  if (!binary) throw new Error('postgres is missing: npm test installs it or says how')
  const folder = mkdtempSync(join(tmpdir(), 'schleuse-postgres-'))
  const user = ownerOf(folder)
  const port = await freePort()
  const data = join(folder, 'data')
  const initdb = spawnSync(
    join(dirname(binary), 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'],
    { ...user, encoding: 'utf8' }
  )
  if (initdb.status !== 0) throw new Error(`initdb failed: ${initdb.stderr}`)
  const args = ['-D', data, '-p', `${port}`, '-h', '127.0.0.1', '-k', folder, '-c', 'fsync=off']
  const child = spawn(binary, args, { ...user, stdio: ['ignore', 'ignore', 'pipe'] })
  const orphaned = (): unknown => child.kill('SIGKILL')
  process.once('exit', orphaned)
  const exited = once(child, 'exit')
  let output = ''
  child.stderr.setEncoding('utf8')
  const ready = new Promise<void>((resolve, reject) => {
    child.stderr.on('data', (text: string) => {
      output += text
      if (output.includes('database system is ready')) resolve()
    })
    child.once('exit', () => reject(new Error(`postgres did not start: ${output}`)))
  })
  await ready
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    port,
    stop: async () => {
      child.kill('SIGINT') // fast shutdown
      await exited
      process.removeListener('exit', orphaned)
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

/** PostgreSQL refuses to run as root; then it runs as the user its Debian package made. */
function ownerOf(folder: string): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {}
  const id = (flag: string): number =>
    Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout)
  const owner = { uid: id('-u'), gid: id('-g') }
  chownSync(folder, owner.uid, owner.gid)
  return owner
}
