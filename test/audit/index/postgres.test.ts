import { Client } from 'pg'
import t from 'tap'
import { openPostgresStore } from '../../../src/audit/index/postgres.ts'
import { startPostgres } from '../../support/services/postgres.ts'
import { indexContract } from './contract.ts'

const server = await startPostgres()
t.teardown(() => server.stop())
let databases = 0

const at = (database: string) => ({ host: '127.0.0.1', port: server.port, database, user: 'postgres' })

async function inDatabase<T>(database: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client(at(database))
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

async function newDatabase(): Promise<string> {
  const database = `index_${databases++}`
  await inDatabase('postgres', client => client.query(`CREATE DATABASE ${database}`))
  return database
}

indexContract({ name: 'postgres', open: async () => openPostgresStore(at(await newDatabase())) })

t.test(
  'the role of auditors reads everything and writes nothing; a second start changes nothing',
  async t => {
    const database = await newDatabase()
    for (let starts = 0; starts < 2; starts++) await (await openPostgresStore(at(database))).close()
    await inDatabase(database, async client => {
      await client.query('SET ROLE schleuse_auditor')
      await client.query('SELECT * FROM schleuse_audit.auditor_event')
      await client.query('SELECT * FROM schleuse_audit.rollup')
      for (const statement of [
        'DELETE FROM schleuse_audit.event',
        "INSERT INTO schleuse_audit.meta VALUES ('a', 'b')",
        'CREATE TABLE schleuse_audit.mine (a integer)',
        'TRUNCATE schleuse_audit.log'
      ])
        await t.rejects(client.query(statement), { code: '42501' }, statement)
    })
  }
)
