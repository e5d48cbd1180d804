import t from 'tap'
import { canaries, type Canary, mailWith } from '../support/canaries.ts'
import { type Gateway, localProvider, startGateway } from '../support/gateway.ts'
import { findLeaks } from '../support/leaks.ts'
import { asking, CHUNK_SIZES, MODELS, startSimulatedModel } from './simulated-model.ts'

/** What one case of the matrix is given. */
export interface Situation {
  readonly model: string
  readonly planted: readonly Canary[]
  /** A user message full of planted values, which the model says back. */
  readonly mail: string
  /** A user message that makes the model answer with (or call a tool with) a JSON object of planted values. */
  readonly order: string
  /** The object the order asks for. */
  readonly ordered: { readonly to: string; readonly note: string; readonly tags: readonly string[] }
  /** A value only the app's own tool knows; it enters the conversation as a tool result. */
  readonly toolResult: string
}

export interface Case<Client> {
  readonly name: string
  /** The outcome a program would see, without what differs between any two calls. */
  run(client: Client, situation: Situation): Promise<unknown>
}

let seed = 0

function situation(model: string): Situation {
  const planted = canaries(++seed)
  const value = (kind: string): string => planted.find(canary => canary.kind === kind)?.value ?? ''
  const ordered = {
    to: value('email'),
    note: `Konto ${value('iban de')},\nSchlüssel "${value('github token')}" \\ 😀`,
    tags: [value('phone de'), value('card')]
  }
  const said = mailWith(planted.slice(0, 12), 'en')
  return {
    model,
    planted,
    mail: asking(mailWith(planted), said),
    order: asking('Bitte ausführen.', JSON.stringify(ordered)),
    ordered,
    toolResult: `{"status":"sent","call":"${value('phone de')}","from":"${value('ip address')}","mail":"${value('email')}"}`
  }
}

/**
 * Runs every case against the simulator directly and through the gateway, for every chunk size, and compares what the
 * program sees. Then looks for planted values in all that left the gateway otherwise.
 */
export async function runMatrix<Client>(
  clients: Readonly<Record<string, (baseUrl: string) => Client>>,
  cases: readonly Case<Client>[]
): Promise<void> {
  const model = await startSimulatedModel()
  t.teardown(() => model.stop())
  const gateway: Gateway = await startGateway({ providers: [localProvider(model.tappedPort, MODELS)] })
  t.teardown(() => gateway.stop())
  const planted: Canary[] = []

  for (const [name, create] of Object.entries(clients)) {
    const direct = create(model.directUrl)
    const through = create(gateway.baseUrl)
    for (const one of cases) {
      await t.test(`${name}: ${one.name}`, async t => {
        for (const size of CHUNK_SIZES) {
          const given = situation(`sim-${size}`)
          planted.push(...given.planted)
          const wanted = await one.run(direct, given)
          const value = given.planted[0]?.value ?? ''
          t.match(JSON.stringify(wanted), value, 'the simulator says planted values back')
          t.strictSame(await one.run(through, given), wanted, `chunks of ${size}`)
        }
      })
    }
  }

  await t.test('no planted value left the gateway in any other way', async t => {
    t.ok(model.bytes().length > 0)
    const leaks = findLeaks(planted, { provider: model.bytes(), ...(await gateway.places()) })
    const counted = new Map<string, number>()
    for (const { place, kind, encoding } of leaks) {
      const key = `${kind} in ${place} (${encoding})`
      counted.set(key, (counted.get(key) ?? 0) + 1)
    }
    t.strictSame(Object.fromEntries(counted), {})
  })
}
