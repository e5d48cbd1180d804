import type { SealedPersonal } from '../audit/event/builder.ts'
import type { ActorKeys } from '../audit/personal.ts'
import type { HmacKey } from '../core/hmac.ts'
import { errors } from '../errors.ts'
import type { Caller } from '../governance.ts'
import { conversationHeader } from './scope.ts'

/** How an app names the person it calls for: an id of its own, any text. It never leaves, and no record holds it. */
export const actorHeader = 'x-schleuse-actor'

/**
 * Keyed reference to a person of an app, as personal parts hold it.
 * @param name what the app calls the person; attacker-controlled
 */
export function actorRef(secret: HmacKey, appId: string, name: string): string {
  return `a_${secret.hex(`actor\0${appId}\0${name}`).slice(0, 32)}`
}

/**
 * Makes the personal part of a caller's records: who asked, in which conversation. Undefined when no person is named.
 * @param named what the request itself calls the person, where the app says nothing in the header; attacker-controlled, and
 *   good for nothing but being found again
 */
export type SealActor = (caller: Caller, named?: string) => SealedPersonal | undefined

/** @returns throws errors.RecordFailed when the key of a new person can't be kept */
export function createSealActor(secret: HmacKey, keys: ActorKeys): SealActor {
  return ({ app, headers }, named = '') => {
    const name = headerText(headers[actorHeader]) || named.trim()
    if (name === '') return undefined
    const conversation = headerText(headers[conversationHeader])
    const part =
      conversation === ''
        ? {}
        : { conversation: `c_${secret.hex(`conversation\0${app.id}\0${conversation}`).slice(0, 32)}` }
    try {
      return keys.seal({ actor: actorRef(secret, app.id, name), ...part })
    } catch (cause) {
      throw new errors.RecordFailed({ cause })
    }
  }
}

/** Node reads header bytes as Latin-1; what is UTF-8 is meant as that, so that every client and the command line name the same. */
function headerText(value: string | string[] | undefined): string {
  const text = typeof value === 'string' ? value.trim() : ''
  const utf8 = Buffer.from(text, 'latin1').toString('utf8')
  return utf8.includes('\ufffd') ? text : utf8
}
