/**
 * Texts for the speed of scanning, made from a seed: mails, source code and JSON as a gateway sees them. All names,
 * numbers and keys are made up; check digits are right where a recognizer asks for them.
 */

/** Deterministic random numbers (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

type Random = () => number

function pick<T>(random: Random, list: readonly T[]): T {
  const chosen = list[Math.floor(random() * list.length)]
  if (chosen === undefined) throw new RangeError('empty list')
  return chosen
}

function digits(random: Random, count: number): string {
  let text = String(1 + Math.floor(random() * 9))
  while (text.length < count) text += Math.floor(random() * 10)
  return text
}

const firstNames = [
  'Anna',
  'Jürgen',
  'Mehmet',
  'Katarzyna',
  'Wolfgang',
  'Emily',
  'Şeyma',
  'Lukas',
  'Ngozi',
  'Petra'
]
const lastNames = [
  'Mustermann',
  'Öztürk',
  'Kowalczyk',
  'Schmidt-Weber',
  'O’Connor',
  'Nguyen',
  'von Hagen',
  'Bauer',
  'Grünewald'
]

export const ibans = [
  'DE89 3704 0044 0532 0130 00',
  'AT61 1904 3002 3457 3201',
  'CH93 0076 2011 6238 5295 7',
  'DE75512108001245126199'
]
const taxIds = ['26 954 371 827', '86095742719', '36 574 261 809']

const germanSentences = [
  'vielen Dank für Ihre Nachricht vom letzten Dienstag, die wir inzwischen an die zuständige Abteilung weitergeleitet haben.',
  'Leider konnten wir den Vorgang bisher nicht abschließen, weil uns noch einige Unterlagen zu Ihrem Antrag fehlen.',
  'Bitte prüfen Sie, ob die beigefügte Aufstellung der Kosten für das laufende Jahr vollständig ist.',
  'Die Lieferung der bestellten Geräte verzögert sich voraussichtlich um zwei bis drei Wochen.',
  'Unsere Mitarbeiter in der Werkstatt haben die Heizungsanlage gestern überprüft und keinen Fehler gefunden.',
  'Wir schlagen vor, die Besprechung auf Donnerstag um 14:30 Uhr zu verlegen, sofern Ihnen das passt.',
  'Für Rückfragen stehen wir Ihnen selbstverständlich jederzeit gern zur Verfügung.',
  'Der Vertrag verlängert sich automatisch um zwölf Monate, wenn er nicht rechtzeitig gekündigt wird.',
  'Nach Rücksprache mit der Geschäftsleitung können wir Ihnen einen Nachlass von 12,5 % auf den Listenpreis anbieten.'
]

const englishSentences = [
  'thank you for getting back to us so quickly about the delivery that went missing last week.',
  'We have checked the invoice against our records and could not find any difference in the amounts.',
  'Could you please confirm whether the meeting on Thursday at 2:30 pm still works for your colleagues?',
  'The replacement parts are expected to arrive at the warehouse within the next ten working days.',
  'Our engineers looked into the problem with the heating system and suggest replacing the valve.',
  'I would be grateful if you could forward the attached documents to the department in charge.',
  'Unfortunately the discount of 12.5 % can only be granted for orders placed before the end of March.'
]

/** A mail of roughly 2,000 characters with about ten identifiers. */
function germanMail(random: Random): string {
  const first = pick(random, firstNames)
  const last = pick(random, lastNames)
  const sentence = (): string => pick(random, germanSentences)
  return `Sehr geehrte Frau Dr. ${pick(random, lastNames)},

${sentence()} ${sentence()} ${sentence()} ${sentence()} Meine Kundennummer ist ${digits(random, 8)}, die Steuer-ID lautet ${pick(random, taxIds)}.
${sentence()} Bitte überweisen Sie den Betrag von ${digits(random, 3)},${digits(random, 2)} EUR auf das Konto ${pick(random, ibans)}.

${sentence()} ${sentence()} ${sentence()} ${sentence()}

${sentence()} Sie erreichen mich unter 0171 ${digits(random, 7)} oder +49 (0)30 ${digits(random, 6)}-${digits(random, 2)},
gern auch per Mail an ${first.toLowerCase().replace(/[^a-z]/g, '')}.${digits(random, 2)}@beispiel-gmbh.de. Herr ${last} ist ab dem 0${digits(random, 1)}.1${Math.floor(random() * 3)}.2024
wieder im Haus. ${sentence()} ${sentence()}

Mit freundlichen Grüßen
${first} ${last}
Musterstraße ${digits(random, 2)}, 8${digits(random, 4)} München
Tel. 089/${digits(random, 7)}

`
}

function englishMail(random: Random): string {
  const first = pick(random, firstNames)
  const last = pick(random, lastNames)
  const sentence = (): string => pick(random, englishSentences)
  return `Dear Mrs. ${pick(random, lastNames)},

${sentence()} ${sentence()} ${sentence()} ${sentence()} My customer number is ${digits(random, 8)} and the order ${digits(random, 10)} was placed on 2024-0${digits(random, 1)}-1${Math.floor(random() * 9)}.
${sentence()} Please transfer the amount of ${digits(random, 3)}.${digits(random, 2)} EUR to ${pick(random, ibans)}.

${sentence()} ${sentence()} ${sentence()} ${sentence()}

${sentence()} You can reach me at +44 20 7${digits(random, 3)} ${digits(random, 4)} or (415) 555-01${digits(random, 2)},
or by mail to ${first.toLowerCase().replace(/[^a-z]/g, '')}.${digits(random, 2)}@example.com. Mr ${last} will be back in the office next week.
${sentence()} ${sentence()} ${sentence()} The card 4111 1111 1111 1111 has expired.

Best regards,
${first} ${last}
Phone: +1 212-555-0${digits(random, 3)}

`
}

function sourceCode(random: Random): string {
  const name = pick(random, ['order', 'customer', 'invoice', 'session', 'shipment', 'report'])
  const id = digits(random, 4)
  return `export async function load${name}${id}(client: HttpClient, options: LoadOptions = {}): Promise<Result[]> {
  const { limit = ${digits(random, 3)}, offset = 0, retries = 3 } = options
  // Retry with exponential backoff; the service answers 429 when more than 10 requests per second arrive.
  for (let attempt = 0; attempt < retries; attempt++) {
    const response = await client.get(\`/v1/${name}s?limit=\${limit}&offset=\${offset}\`, { timeoutMs: ${digits(random, 4)} })
    if (response.status === 200) return parse${name}(response.body, 0x${digits(random, 6)})
    logger.warn({ attempt, status: response.status, id: '${digits(random, 8)}-${digits(random, 4)}-4a1b-9c2d-${digits(random, 12)}' })
    await delay(2 ** attempt * 100)
  }
  const apiKey = process.env.SERVICE_API_KEY ?? throwMissing('SERVICE_API_KEY')
  throw new LoadError('gave up after ' + retries + ' attempts', { cause: apiKey })
}

`
}

function json(random: Random): string {
  return JSON.stringify({
    id: digits(random, 9),
    createdAt: `2024-0${digits(random, 1)}-1${Math.floor(random() * 9)}T10:15:${digits(random, 2)}Z`,
    customer: {
      name: `${pick(random, firstNames)} ${pick(random, lastNames)}`,
      email: `user${digits(random, 5)}@example.org`,
      phone: `+49 171 ${digits(random, 7)}`,
      iban: pick(random, ibans)
    },
    items: Array.from({ length: 4 }, () => ({
      sku: `AB-${digits(random, 6)}`,
      quantity: Math.floor(random() * 9),
      price: Math.round(random() * 1e5) / 100,
      description: pick(random, germanSentences)
    })),
    ip: `192.168.${Math.floor(random() * 255)}.${Math.floor(random() * 255)}`
  })
}

const makers = { de: germanMail, en: englishMail, code: sourceCode, json } as const

export type TextKind = keyof typeof makers
export const textKinds = Object.keys(makers) as TextKind[]

/** About `length` UTF-16 units of text, always the same for the same arguments. */
export function makeText(kind: TextKind, length: number, seed = 1): string {
  const random = randomOf(seed)
  const parts: string[] = []
  let total = 0
  while (total < length) {
    const part = makers[kind](random)
    parts.push(part)
    total += part.length
  }
  // Through a buffer: a flat string, as JSON.parse makes it, not a rope of parts.
  return Buffer.from(parts.join('').slice(0, length)).toString()
}
