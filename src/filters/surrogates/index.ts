import { address } from './address.ts'
import { card } from './card.ts'
import { date } from './date.ts'
import { email } from './email.ts'
import { iban } from './iban.ts'
import type { SurrogateMaker } from './maker.ts'
import { ip, mac } from './network.ts'
import { phone } from './phone.ts'

/** Forms with a rule of their own; persons are in names.ts, all other numbers keep their shape (shape.ts). */
export const makers: readonly SurrogateMaker[] = [email, iban, card, phone, ip, mac, date, address]
