import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { AnchorChange, AnchorSender } from './audit/anchors/anchor.ts'
import { type Stamped, Timestamping } from './audit/anchors/timestamping.ts'
import { Witness } from './audit/anchors/witness.ts'
import { Witnessing } from './audit/anchors/witnessing.ts'
import type { AuditReader } from './audit/reader.ts'
import type { AuditConfig } from './config-audit.ts'
import { systemClock } from './core/clock.ts'
import { MessageSender } from './providers/sender.ts'

/** What repeats in the audit thread until the gateway closes. */
export interface Anchoring {
  readonly name: 'witnesses' | 'timestamps'
  /** @throws when the trail can't be read or written */
  step(): Promise<number>
  close(): Promise<void>
}

export interface AnchoringOptions {
  /** The folder of the trail, absolute. */
  readonly dir: string
  readonly reader: AuditReader
  /** Folder that paths in the config are relative to. */
  readonly base: string
  readonly config: Pick<AuditConfig, 'witnesses' | 'quorum' | 'timestamps'>
  readonly onChange: (change: AnchorChange) => void
  readonly onStamped: (stamped: Stamped) => void
}

/** Short, since a close waits for what is under way. */
const TIMEOUTS = { connectMs: 5_000, headersMs: 10_000, idleMs: 5_000 }
const HOUR_MS = 3_600_000

/** What the config asks for of witnesses and time-stamps. */
export function openAnchoring({ config, base, ...options }: AnchoringOptions): Anchoring[] {
  const { witnesses, quorum, timestamps } = config
  const clock = systemClock
  const all: Anchoring[] = []
  if (witnesses.length > 0) {
    const clients = witnesses.map(
      ({ vkey, url, ...network }) =>
        new Witness(vkey, senderTo(`${url.replace(/\/+$/, '')}/add-checkpoint`, network, base))
    )
    const witnessing = new Witnessing({ ...options, clock, witnesses: clients, quorum })
    all.push({ name: 'witnesses', step: () => witnessing.step(), close: () => witnessing.close() })
  }
  if (timestamps !== undefined) {
    const { url, everyHours, ...network } = timestamps
    const asked = { authority: new URL(url).host, sender: senderTo(url, network, base) }
    const stamping = new Timestamping({
      ...options,
      ...asked,
      clock,
      randomBytes,
      everyMs: everyHours * HOUR_MS
    })
    all.push({ name: 'timestamps', step: () => stamping.step(), close: () => stamping.close() })
  }
  return all
}

/** @throws Error when the file of the authority can't be read */
function senderTo(
  url: string,
  { privateNetwork, caFile }: { readonly privateNetwork: boolean; readonly caFile?: string },
  base: string
): AnchorSender {
  const tls = caFile === undefined ? undefined : { ca: readFileSync(resolve(base, caFile), 'utf8') }
  return new MessageSender('audit', url, TIMEOUTS, { privateNetwork, tls })
}
