import { type Recognizer, words } from '../recognizer.ts'
import { ALNUM, BLANK, is } from '../scanner/chars.ts'
import { mod97 } from './validators/iso7064.ts'
import { isBase58Address, isBech32Address } from './validators/wallet.ts'
import { phraseList } from './word-list.ts'

/** One character at a time: groups of one to four could be told apart in 4^21 ways. */
const referencePattern = /RF\d{2}(?:[ -]?[0-9A-Z]){1,21}(?![0-9A-Za-z])/iy

/** BIC: bank, country, place, branch. Letters alone look like words, so only behind its name. */
const bicPattern = /[A-Z]{6}[A-Z2-9][A-NP-Z0-9](?:[A-Z0-9]{3})?(?![A-Za-z0-9])/y

/** ISO 3166-1, and Kosovo's code. */
const countries = new Set(
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW'.split(
    ' '
  )
)

export const bic: Recognizer = {
  id: 'bic',
  types: ['BIC'],
  anchors: words(...phraseList('bic swift swift-code bic/swift swift/bic bic-code')),
  recognize: (scan, _start, end) => {
    const { text } = scan
    for (let at = end; at < end + 24; at++) {
      if (!is(text.charCodeAt(at), ALNUM) || is(text.charCodeAt(at - 1), ALNUM)) continue
      bicPattern.lastIndex = at
      if (bicPattern.test(text) && countries.has(text.slice(at + 4, at + 6))) {
        scan.report(at, bicPattern.lastIndex, 'BIC', 0.9)
        return
      }
    }
  },
  examples: {
    match: [
      { text: 'BIC: COBADEFFXXX', found: 'COBADEFFXXX' },
      { text: 'SWIFT-Code DEUTDEFF', found: 'DEUTDEFF' }
    ],
    noMatch: ['BIC unbekannt', 'COBADEFF', 'BIC: cobadeff', 'BIC: MULTIPLE']
  },
  source: 'ISO 9362'
}

/** LEI: twenty characters, check digits MOD 97-10. */
export const lei: Recognizer = {
  id: 'lei',
  types: ['LEI'],
  context: ['LEI', 'legal entity identifier', 'LEI-Code'],
  forms: [
    {
      mask: 'XXXXXXXXXXXXXXXXXX99',
      separators: '',
      check: codes => isCode(codes) && mod97(codes, 0, 20),
      score: 0.9,
      upperCase: true
    }
  ],
  examples: {
    match: ['0YPKKE5F0QW6RC51HE09', { text: 'LEI 1YTX3EVB2EG3PFFYOI09', found: '1YTX3EVB2EG3PFFYOI09' }],
    noMatch: ['0YPKKE5F0QW6RC51HE08', '12345678901234567890']
  },
  source: 'ISO 17442'
}

/** Letters and digits both: twenty digits are some other number. */
function isCode(codes: Uint8Array): boolean {
  let letters = 0
  for (let i = 0; i < 18; i++) if ((codes[i] ?? 0) > 0x39) letters++
  return letters > 2
}

const walletPattern =
  /(?:0x[0-9a-fA-F]{40}|bc1[ac-hj-np-z02-9]{25,59}|BC1[AC-HJ-NP-Z02-9]{25,59}|[13][1-9A-HJ-NP-Za-km-z]{25,34}|r[1-9A-HJ-NP-Za-km-z]{24,34}|T[1-9A-HJ-NP-Za-km-z]{33}|4[0-9AB][1-9A-HJ-NP-Za-km-z]{93}|ltc1[ac-hj-np-z02-9]{25,59}|[LM][1-9A-HJ-NP-Za-km-z]{26,33}|D[5-9A-HJ-NP-U][1-9A-HJ-NP-Za-km-z]{32}|addr1[ac-hj-np-z02-9]{50,100})(?![A-Za-z0-9])/y

/** Addresses of crypto wallets: Bitcoin in Bech32 and Ethereum anywhere, others behind a word for them. */
export const wallet: Recognizer = {
  id: 'wallet',
  types: ['CRYPTO_WALLET'],
  anchors: [
    ...words(
      ...phraseList(
        'wallet bitcoin btc eth ethereum xrp ripple tron usdt xmr monero litecoin ltc dogecoin doge cardano ada wallet_address wallet-adresse'
      )
    ),
    { text: 'bc1', wordStart: true, wordEnd: false },
    { text: '0x', wordStart: true, wordEnd: false }
  ],
  recognize: (scan, start, end) => {
    const { text } = scan
    const isPrefix =
      end - start <= 3 &&
      (text.startsWith('0x', start) || text.startsWith('bc1', start) || text.startsWith('BC1', start))
    for (let at = isPrefix ? start : end; at < (isPrefix ? start + 1 : end + 32); at++) {
      if (!is(text.charCodeAt(at), ALNUM) || is(text.charCodeAt(at - 1), ALNUM)) continue
      walletPattern.lastIndex = at
      if (walletPattern.test(text)) {
        if (failsChecksum(text.slice(at, walletPattern.lastIndex))) return
        scan.report(at, walletPattern.lastIndex, 'CRYPTO_WALLET', isPrefix ? 0.92 : 0.85)
        return
      }
      if (is(text.charCodeAt(at - 1), BLANK) && at - end > 24) return
    }
  },
  examples: {
    match: [
      'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq',
      '0x52908400098527886E0F7030069857D2E4169EE7',
      {
        text: 'Bitcoin wallet: 1BoatSLRHtKNngkdXEeobR76b53LETtpyT',
        found: '1BoatSLRHtKNngkdXEeobR76b53LETtpyT'
      },
      { text: 'DOGE DH5yaieqoZN36fDVciNyRueRGvGLR3mr7L', found: 'DH5yaieqoZN36fDVciNyRueRGvGLR3mr7L' },
      {
        text: 'LTC: ltc1qg42tkwuuxefutzxezdkdel39gfstuap288mfea',
        found: 'ltc1qg42tkwuuxefutzxezdkdel39gfstuap288mfea'
      }
    ],
    noMatch: [
      '0x1f',
      'bc12',
      'ADA 2024',
      'LTC Mustermann',
      '1BoatSLRHtKNngkdXEeobR76b53LETtpyT',
      'Bitcoin wallet: 1BoatSLRHtKNngkdXEeobR76b53LETtpyU',
      'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdp'
    ]
  },
  source: 'BIP 173, BIP 350; EIP-55; base58 addresses as the wallets document them'
}

/** Bitcoin, Litecoin, Dogecoin and Tron have a checksum in all their addresses; the others are told by their form alone. */
function failsChecksum(address: string): boolean {
  if (/^(?:bc1|ltc1)/i.test(address)) return !isBech32Address(address)
  return /^[13LMDT]/.test(address) && !isBase58Address(address)
}

/** Creditor reference of a payment: RF, check digits MOD 97-10, up to 21 characters. */
export const paymentReference: Recognizer = {
  id: 'payment-reference',
  types: ['PAYMENT_REFERENCE'],
  context: phraseList(
    'referenz reference zahlungsreferenz creditor_reference verwendungszweck référence referencia riferimento'
  ),
  anchors: [{ text: 'rf', wordStart: true, wordEnd: false }],
  recognize: (scan, start) => {
    referencePattern.lastIndex = start
    const match = referencePattern.exec(scan.text)
    if (match === null) return
    const codes = Buffer.from(match[0].replace(/[ -]/g, '').toUpperCase(), 'latin1')
    // One short text in a hundred fits by chance.
    const least = scan.contextBefore(start) > 0 ? 5 : 8
    if (codes.length < least || codes.length > 25 || !mod97(codes, 4, codes.length)) return
    scan.report(start, referencePattern.lastIndex, 'PAYMENT_REFERENCE', 0.85)
  },
  validates: 'ISO 7064 check digits',
  examples: {
    match: [
      'RF18 5390 0754 7034',
      { text: 'Referenz RF20QQHM7PAW61EOWO.', found: 'RF20QQHM7PAW61EOWO' },
      { text: 'Referenz: RF72YW', found: 'RF72YW' }
    ],
    noMatch: [
      'RF17 5390 0754 7034',
      'RF18',
      'RFC 1234',
      'RF72YW',
      'Referenz: RF73YW',
      `RF18${'A1'.repeat(60)}`
    ]
  },
  source: 'ISO 11649'
}
