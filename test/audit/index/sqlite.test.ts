import { join } from 'node:path'
import { openSqliteStore } from '../../../src/audit/index/sqlite.ts'
import { folderOf } from '../../support/audit-index.ts'
import { indexContract } from './contract.ts'

indexContract({
  name: 'sqlite',
  open: async t => openSqliteStore(join(folderOf(t), 'index.sqlite'))
})
