import { join } from 'node:path'
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import { type DestinationStream, pino } from 'pino'
import { KeyRing } from './apps/key-ring.ts'
import { configuredKeys } from './apps/registry.ts'
import { EventBuilder } from './audit/event/builder.ts'
import { type AuditLog, openAuditLog } from './audit/log.ts'
import { ActorKeys } from './audit/personal.ts'
import { applyRetention } from './audit/retention.ts'
import { originOfKey } from './audit/tlog/keys.ts'
import { serveAuditors } from './auditors.ts'
import type { Config } from './config.ts'
import { ByteBudget } from './core/budget.ts'
import type { Clock } from './core/clock.ts'
import { HmacKey } from './core/hmac.ts'
import { createUuidV7 } from './core/ids.ts'
import { loadOrCreateSecret } from './core/secret-file.ts'
import type { SpoolOptions } from './core/spool.ts'
import { deploymentNotes } from './deployment-notes.ts'
import { reportDeployment } from './deployment-report.ts'
import { createDeployments, type Deployments } from './deployments.ts'
import { coverageOf } from './dialects/coverage.ts'
import { dialects } from './dialects/index.ts'
import { openDetectors } from './detectors.ts'
import { FindingsCache } from './filters/findings-cache.ts'
import { openVault } from './filters/vault/index.ts'
import type { Vault } from './filters/vault/vault.ts'
import { limiting } from './limiting.ts'
import { Metrics } from './metrics.ts'
import { createSealActor } from './pipeline/actor.ts'
import { AnswerMemory } from './pipeline/answer-memory.ts'
import { Histories } from './pipeline/histories.ts'
import { Pipeline } from './pipeline.ts'
import type { ExchangeLimits } from './pipeline/exchange-options.ts'
import type { Router } from './providers/router.ts'
import { Governor, type ReloadedBy, type ReloadReport } from './reload.ts'
import { type Access, createAccess } from './routes/access.ts'
import { type AdminOptions, adminRoutes } from './routes/admin.ts'
import { errorAnswers } from './routes/errors.ts'
import { healthRoutes } from './routes/health.ts'
import { type ListedModel, modelRoutes } from './routes/models.ts'
import { keepPace, pace } from './routes/pace.ts'
import { proxyRoutes } from './routes/proxy.ts'
import { vaultRoutes } from './routes/vault.ts'
import { recordStart } from './start-record.ts'
import { version } from './version.ts'

/** What the process hands in, so that tests own time, randomness and output. */
export interface AppDeps {
  readonly clock: Clock
  readonly randomBytes: (size: number) => Buffer
  /** Reads the config anew, for a reload. @throws ConfigError */
  readonly load: () => Config
  /** Where log lines go; standard output when absent. */
  readonly log?: DestinationStream
}

/** A client that sends the head of a request slower than this is cut. Of bodies: routes/pace.ts. */
const headersTimeoutMs = 60_000
/** Findings of about 100,000 texts: the history of a thousand running conversations. */
const findingsCacheBytes = 67_108_864
/** Some hundred running conversations of 200 KB. */
const historiesBytes = 67_108_864
/** Content of the record whose time is over goes this often. */
const retentionMs = 86_400_000
/** What has expired in the vault goes this often. */
const vaultPurgeMs = 600_000
/** Longer than SDKs and load balancers keep idle connections, so that they close first and never meet a closing one. */
const keepAliveTimeoutMs = 75_000

/**
 * Builds the gateway: everything wired, nothing listening.
 * @throws ConfigError when a provider can't be set up; errors of the record and the secret file
 */
export async function buildApp(config: Config, deps: AppDeps): Promise<FastifyInstance> {
  const newId = createUuidV7(deps.clock)
  const gateway = { config_hash: config.hash, instance: config.audit.instance, version }
  const events = new EventBuilder(deps.clock, newId, { gateway })
  const secret = new HmacKey(secretOf(config))
  const app = createServer(newId, deps)
  const notes = deploymentNotes(app.log, { ...deps, dataDir: config.dataDir, events, audit: () => audit })
  const deployments = createDeployments(config, deps.clock, notes.onBreaker)
  const detectors = await openDetectors(config)
  const budget = new ByteBudget(config.limits.maxBufferedBytes)
  const spool = spoolOptions(config, budget, deps)
  const metrics = new Metrics({ bufferedBytes: () => budget.used, inFlight: () => pipeline.inFlight })
  const audit = await openAudit(config, { clock: deps.clock, events, metrics, app })
  const actors = new ActorKeys(join(config.dataDir, 'actor-keys.sqlite'))
  const vault = createVault(config, deps.clock, secret, app)
  const governor = new Governor(config, { ...deps, events, record: event => audit.admit(event) })
  const access = createAccess(() => governor.current, deps.clock, adminKeysOf(config, deps))
  const known = knownFromBefore(vault, secret, deps)
  const { quotas, prices, rateCheck, close } = await limiting(app, config, { ...deps, audit, events })
  const pipeline = new Pipeline({
    ...deps,
    ...deployments,
    newId,
    onContradiction: notes.onContradiction,
    onAdmitted: notes.onAdmitted,
    vault,
    ...known,
    detectors,
    quotas,
    prices,
    budget,
    secret,
    audit,
    events,
    metrics,
    sealActor: createSealActor(secret, actors),
    limits: { ...exchangeLimits(config), maxBodyBytes: config.limits.maxBodyBytes },
    onRecordFault: () => app.log.error('the record could not be written')
  })

  proxyRoutes(app, { dialects, pipeline, access, rateCheck, budget, ...config.limits, spool })
  modelRoutes(app, access, listed(deployments.router))
  governing(app, access, governor, statusOf(deployments, governor, config, deps.clock))
  vaultRoutes(app, { access, vault, audit, events, forget: known.forget })
  healthRoutes(app, {
    access,
    healthy: () => audit.healthy,
    reloaded: () => governor.last?.outcome ?? null,
    metrics,
    coverage: coverageOf(dialects)
  })
  const current = () => governor.current
  serveAuditors(app, config, { ...deps, audit, events, secret, current, access, actors })
  const closeLast = () => closeRecord(audit, events).finally(() => actors.close())
  closeInOrder(app, [deployments, detectors, { close }, notes, vault, { close: closeLast }])
  await recordStart(app, config, { ...deps, audit, events, governor, detectors, deployments })
  return app
}

/** What requests leave for later ones; all of it is there to be quicker or more exact, and can be dropped. */
function knownFromBefore(vault: Vault, secret: HmacKey, { clock, randomBytes }: AppDeps) {
  const answers = new AnswerMemory({ vault, clock, secret })
  const findings = new FindingsCache(secret, findingsCacheBytes)
  const histories = new Histories(randomBytes(32), historiesBytes)
  const forget = (): void => {
    answers.clear()
    histories.clear()
  }
  return { answers, findings, histories, forget }
}

function secretOf({ secrets, dataDir }: Config): Buffer {
  if (secrets.pseudonymKey !== undefined) return Buffer.from(secrets.pseudonymKey, 'hex')
  return loadOrCreateSecret(join(dataDir, 'pseudonym.key'))
}

function createVault(config: Config, clock: Clock, index: HmacKey, app: FastifyInstance): Vault {
  const { vaultKeys, redisPassword } = config.secrets
  const vault = openVault(config.vault, {
    clock,
    dataDir: config.dataDir,
    index,
    keys: vaultKeys,
    redisPassword,
    onFault: () => app.log.error('the vault can not be reached: stored conversations are refused meanwhile')
  })
  const purge = setInterval(() => {
    vault.purge().catch(() => app.log.error('the vault could not be purged'))
  }, vaultPurgeMs).unref()
  app.addHook('onClose', () => clearInterval(purge))
  return vault
}

function adminKeysOf({ admin }: Config, { randomBytes }: AppDeps): KeyRing | null {
  const keys = configuredKeys(admin.keys, 'admin')
  return keys.length === 0 ? null : new KeyRing(keys, randomBytes(32))
}

/** Lets operators and the process reload; says in the log what came of it. */
function governing(
  app: FastifyInstance,
  access: Access,
  governor: Governor,
  deployments: AdminOptions['deployments']
): void {
  const told = (report: ReloadReport): ReloadReport => {
    if (report.outcome === 'refused') app.log.error(report, 'the reload was refused, all stays as it was')
    else if (report.outcome === 'held') app.log.warn(report, 'what is loosened waits for a second operator')
    else if (report.outcome === 'applied') app.log.info(report, 'reloaded')
    return report
  }
  const reload: Reload = async by => told(await governor.reload(by))
  const approve: AdminOptions['approve'] = async (by, change) => told(await governor.approve(by, change))
  adminRoutes(app, { access, reload, approve, deployments })
  app.decorate('governing', { reload, files: () => governor.files })
}

function statusOf(
  { providers, health, residency }: Deployments,
  governor: Governor,
  { prices }: Config,
  clock: Clock
): AdminOptions['deployments'] {
  return () =>
    providers.map(({ deployment }) => {
      const rules = governor.current.rulesets[0].policy.residency
      const report = reportDeployment(deployment, rules, { residency, prices }, clock.now())
      return { ...report, health: health.of(deployment).snapshot() }
    })
}

/** Uploads lie in the data folder, which is known to be large and the gateway's own. */
function spoolOptions(
  { dataDir, limits }: Config,
  memory: ByteBudget,
  { randomBytes }: AppDeps
): SpoolOptions {
  return { folder: join(dataDir, 'spool'), memory, disk: new ByteBudget(limits.maxSpooledBytes), randomBytes }
}

function exchangeLimits({ limits, timeouts }: Config): ExchangeLimits {
  return { ...limits, keepAliveCommentMs: timeouts.keepAliveCommentMs, clientStallMs: timeouts.idleMs }
}

function listed(router: Router): ListedModel[] {
  return router.listModels().map(({ id, deployments }) => ({ id, ownedBy: deployments[0]?.id ?? '' }))
}

interface AuditDeps {
  readonly clock: Clock
  readonly events: EventBuilder
  readonly metrics: Metrics
  readonly app: FastifyInstance
}

/** Opens the record, and deletes what is due now and once a day. @throws Error when the trail is damaged, older than what it signed, or written by another process */
async function openAudit(config: Config, { clock, events, metrics, app }: AuditDeps): Promise<AuditLog> {
  const seed = loadOrCreateSecret(join(config.dataDir, 'audit.key'))
  const dir = join(config.dataDir, 'audit')
  const log = await openAuditLog({
    dir,
    origin: config.audit.origin ?? originOfKey(seed),
    seed,
    checkpointMs: config.audit.checkpointMs,
    clock,
    events,
    onCommit: ms => metrics.auditCommitMs(ms),
    onFailure: () => app.log.fatal('the audit log can not be written: no request is sent on until a restart')
  })
  const tidy = () => {
    applyRetention({ dir, log, events, now: clock.now() }).catch(() =>
      app.log.error('content of the audit log whose time is over could not be deleted')
    )
  }
  tidy()
  const timer = setInterval(tidy, retentionMs).unref()
  app.addHook('onClose', () => clearInterval(timer))
  return log
}

function createServer(newId: () => string, { clock, log }: AppDeps): FastifyInstance {
  const logger: FastifyBaseLogger = pino({ level: 'info', base: null }, log ?? pino.destination(1))
  const app = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => newId(),
    http: { headersTimeout: headersTimeoutMs },
    requestTimeout: 0,
    keepAliveTimeout: keepAliveTimeoutMs,
    // A child logger per request would cost more than the few lines that are written need.
    childLoggerFactory: parent => parent,
    // ids of stored objects stand in paths
    routerOptions: { maxParamLength: 256 },
    exposeHeadRoutes: false
  })
  errorAnswers(app, dialects)
  keepPace(app, { clock, ...pace })
  return app
}

function closeInOrder(app: FastifyInstance, parts: readonly { close(): Promise<unknown> | void }[]): void {
  app.addHook('onClose', async () => {
    for (const part of parts) await part.close()
  })
}

async function closeRecord(audit: AuditLog, events: EventBuilder): Promise<void> {
  if (audit.healthy) await audit.append(events.create('gateway.stopped', {}))
  await audit.close()
}

type Reload = (by: ReloadedBy) => Promise<ReloadReport>

declare module 'fastify' {
  interface FastifyInstance {
    /** For the process, which has signals and watches files. */
    readonly governing: { readonly reload: Reload; readonly files: () => readonly string[] }
  }
}
