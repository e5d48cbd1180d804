import type { Draw } from './draw.ts'
import type { SurrogateMaker } from './maker.ts'
import { germanSurnames, women } from './name-lists.ts'

/** A mailbox at a domain that can't be registered (RFC 2606 §3). */
export const email: SurrogateMaker = {
  types: ['EMAIL'],
  make: (surface: string, draw: Draw) => {
    if (!/^[^\s@]+@[^\s@]+$/.test(surface)) return null
    const given = draw.of(women.de).toLowerCase()
    const surname = draw.of(germanSurnames).toLowerCase()
    return `${given}.${surname}${draw.digits(3)}@example.${draw.of(['com', 'net', 'org'])}`
  }
}
