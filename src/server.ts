import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { buildApp } from './app.ts'
import { type Config, loadConfig } from './config.ts'
import { ConfigError } from './config-check.ts'
import { Connections } from './connections.ts'
import { systemClock } from './core/clock.ts'
import { createPolicy } from './policy.ts'
import type { ReloadedBy } from './reload.ts'
import { watchFiles } from './watch.ts'

/** The process: reads the config, listens, and on SIGTERM or SIGINT lets running requests finish. */
async function main(): Promise<void> {
  const config = loadConfig()
  const app = await buildApp(config, { clock: systemClock, randomBytes, load: () => loadConfig() })
  const connections = new Connections(app.server)
  const address = await app.listen({
    host: config.server.host,
    port: config.server.port,
    listenTextResolver: address => `socket open at ${address}`
  })
  app.log.info(
    {
      address,
      config: config.file,
      configHash: config.hash,
      policies: config.policies.map(
        ({ policy }) => `${policy.id} v${policy.version} ${createPolicy(policy).hash}`
      ),
      deployments: config.deployments.map(({ id }) => id)
    },
    `schleuse is listening on ${address}`
  )
  reloadOnChange(app)
  let closing = false
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (closing) process.exit(1)
      closing = true
      void drain(app, connections, config)
    })
  }
}

/** SIGHUP and changed files reload apps and policies. */
function reloadOnChange(app: FastifyInstance): void {
  const { reload, files } = app.governing
  let stop: () => void
  const watchAgain = (): (() => void) => {
    for (const file of files()) mkdirSync(dirname(file), { recursive: true })
    const onFault = (error: Error): void => app.log.warn(error, 'files can not be watched; SIGHUP reloads')
    return watchFiles(files(), () => again({ type: 'system' }), onFault)
  }
  const again = (by: ReloadedBy): void => {
    reload(by).then(
      ({ outcome }) => {
        if (outcome !== 'applied') return
        stop()
        stop = watchAgain()
      },
      () => app.log.error('the reload could not be recorded, all stays as it was')
    )
  }
  stop = watchAgain()
  app.server.once('close', () => stop())
  process.on('SIGHUP', () => again({ type: 'cli' }))
}

/** New requests are refused at once; running ones get `timeouts.drainMs` to end. */
async function drain(app: FastifyInstance, connections: Connections, config: Config): Promise<void> {
  const deadline = setTimeout(() => app.server.closeAllConnections(), config.timeouts.drainMs)
  // A connection whose answer ends while draining would stay open for the keep-alive time.
  const free = setInterval(() => connections.closeFree(), 50)
  await app.close()
  clearInterval(free)
  clearTimeout(deadline)
  process.exit(0)
}

main().catch((error: unknown) => {
  console.error(error instanceof ConfigError ? error.message : error)
  process.exit(1)
})
