import { type Canary, canaries } from '../../test/support/canaries.ts'

export const planted: readonly Canary[] = canaries(20_261_121)

const value = (kind: string): string => {
  const found = planted.find(canary => canary.kind === kind)?.value
  if (found === undefined) throw new Error(`nothing planted is a ${kind}`)
  return found
}
export const email = value('email')
export const iban = value('iban de')
export const phone = value('phone de')
export const card = value('card')
export const taxId = value('tax id')
const token = value('github token')

export const text = `Bitte an ${email} und ${phone}: Konto ${iban}, Schlüssel "${token}".`
export const argumentsText = JSON.stringify({
  to: email,
  note: `Konto "${iban}"\n`,
  [email]: true,
  card: card.replaceAll(' ', '')
})
