import t from 'tap'
import { buildAnalyzer } from '../../../src/filters/analyzer.ts'

const analyzer = buildAnalyzer()

/** Names as people bear them, chosen by hand, not from the lists the model was trained with. */
const names = new Map(
  Object.entries({
    german:
      'Hannelore Pfannschmidt, Jörg Dobberstein, Kerstin Wulfmeier, Ole Hinrichsen, Friedhelm Kasulke, Mareike Tönnies',
    english:
      'Gareth Pemberton, Heather Ainsworth, Dwayne Kirkpatrick, Tabitha Crowe, Nigel Hathersage, Brooke Delaney',
    turkish: 'Hüseyin Karadağ, Emine Çetinkaya, Burak Yalçın, Gülşen Akbulut, Serkan Demirtaş, Nurcan Topal',
    polish:
      'Zbigniew Wójcicki, Małgorzata Sikorska, Grzegorz Brzęczyszczykiewicz, Halina Pawlak, Jacek Mazurek, Beata Gołąb',
    arabic:
      'Abdelrahman Al-Qaisi, Khadija Benmoussa, Yousef Hamdouni, Rasha Al-Zahrani, Tarek Abboud, Samia Ouali',
    vietnamese: 'Nguyễn Thị Hương, Tran Van Dung, Phạm Quốc Bảo, Le Thi Thu, Hoang Minh Tuan, Võ Thanh Sơn',
    'west-african':
      'Kwabena Asante, Adaeze Okonkwo, Mamadou Diallo, Folasade Adeyemi, Ousmane Sow, Chinonso Eze',
    indian:
      'Srinivas Venkataraman, Deepika Chowdhury, Harjit Dhillon, Lakshmi Narayanan, Faisal Qureshi, Rukmini Bhatt',
    balkan: 'Dragan Stojković, Vesna Jovanović, Goran Petković, Snežana Ilić, Bujar Krasniqi, Mirela Hodžić'
  }).map(([origin, list]) => [origin, list.split(', ')] as const)
)

const sentences = [
  'Gestern hat # angerufen und nach der Rechnung gefragt.',
  'Laut # wurde die Lieferung schon am Montag verschickt.',
  'Die neue Kollegin heißt # und kommt aus der Buchhaltung.',
  'Bitte leite das an # weiter.',
  'Das Angebot von # liegt bei, wir treffen uns morgen.',
  'Last week # told us that the parts had not arrived.',
  'Please ask # whether the contract was signed.',
  'The claim of # was closed after the second call.',
  'I met # at the office and we talked about the budget.',
  '# will join the meeting on Thursday.'
]

/** How apps and people write; each takes a name and says what stands there for it. */
const forms: readonly {
  readonly form: string
  readonly texts: readonly string[]
  readonly as?: (name: string) => string
}[] = [
  { form: 'sentences', texts: sentences },
  {
    form: 'chat in lower case',
    texts: [
      'hallo ich bin # und brauche hilfe bei meiner rechnung',
      'kannst du bitte # anrufen wegen dem termin morgen',
      'hi im # and i need help with my order',
      'can you ask # if the meeting is still on'
    ],
    as: name => name.toLowerCase()
  },
  {
    form: 'capitals',
    texts: ['ANSPRECHPARTNER: #', 'EMPFÄNGER: #', 'CUSTOMER NAME: #', 'SIGNED BY #'],
    as: name => name.toUpperCase()
  },
  {
    form: 'without accents',
    texts: [
      'Gestern hat # angerufen und nach der Rechnung gefragt.',
      'Please ask # whether the contract was signed.'
    ],
    as: withoutAccents
  },
  {
    form: 'signatures and heads',
    texts: [
      'Die Unterlagen liegen bei.\n\nMit freundlichen Grüßen\n#\nLeitung Einkauf',
      'Thanks for the update.\n\nBest regards,\n#\nSales Manager',
      '#\nHauptstraße 12\n30159 Hannover\n\nRechnung Nr. 4711'
    ]
  },
  {
    form: 'tables, CSV, JSON',
    texts: [
      'Name;Ort;Betrag\n#;Bremen;120\n',
      'name,city,amount\n#,London,80\n',
      '| Mitarbeiter | Abteilung |\n|---|---|\n| # | Vertrieb |\n',
      '{"customer": "#", "city": "Leeds", "total": 12}'
    ]
  },
  {
    form: 'comments in code',
    texts: [
      'import { a } from "./a.ts"\n\n// ask # before changing this\nexport function run() {\n  return a()\n}\n',
      'import os\n\n# written by #\ndef main():\n    return os.getcwd()\n'.replace(
        '# written',
        '\u0001 written'
      )
    ]
  }
]

const spelled = new Map(Object.entries({ ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss', ł: 'l', đ: 'd', ı: 'i' }))

function withoutAccents(name: string): string {
  return name
    .replace(/[äöüßłđı]/g, char => spelled.get(char) ?? char)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
}

/** Share of the characters of these names that is found as a person. */
function shareFound(names_: readonly string[], texts: readonly string[]): number {
  let chars = 0
  let found = 0
  for (const name of names_)
    for (const template of texts) {
      const start = template.indexOf('#')
      const text = template.replace('#', name).replace('\u0001', '#')
      chars += name.length
      for (const finding of analyzer.analyze([{ kind: 'text', text, label: '' }])[0] ?? [])
        if (finding.type === 'PERSON')
          found += Math.max(0, Math.min(finding.end, start + name.length) - Math.max(finding.start, start))
    }
  return found / chars
}

for (const { form, texts, as = (name: string) => name } of forms)
  t.test(`${form}: names of every origin are found about as well as those found best`, async t => {
    const shares = [...names].map(([origin, list]) => ({ origin, share: shareFound(list.map(as), texts) }))
    const best = Math.max(...shares.map(({ share }) => share))
    t.ok(best > 0.9, `best ${best}`)
    for (const { origin, share } of shares) t.ok(share >= 0.9 * best, `${origin} ${share.toFixed(3)}`)
  })
