import { type Recognizer, words } from '../recognizer.ts'
import { ALNUM, BLANK, DIGIT, is, LETTER, NEWLINE, UPPER } from '../scanner/chars.ts'
import type { Scan } from '../scanner/scan.ts'
import { phraseList } from './word-list.ts'

/** Longest number, separators included. */
const MAX_LENGTH = 32
const MAX_LETTERS = 8
/** Between the word and its number. */
const MAX_GAP = 28

/** One kind of number that companies and offices give to persons, known only by the word before it. */
interface KeyedNumber {
  readonly id: string
  readonly type: string
  readonly words: string
  readonly example: string
  readonly found: string
  /** Fewest digits; where the words stand before other numbers too. */
  readonly least?: number
  /** The words name the person: the number stands right behind, its digits in one piece. */
  readonly isNear?: true
}

const kinds: readonly KeyedNumber[] = [
  {
    id: 'account-number',
    type: 'ACCOUNT_NUMBER',
    words: `kontonummer konto-nr kontonr konto_nr. kto.-nr kto-nr ktonr kto konto account account_number account_no account_no. bank_account
      bank_account_number mietkautionskonto kautionskonto girokonto sparkonto tagesgeldkonto treuhandkonto spendenkonto gemeinschaftskonto lohnkonto acct acc acct_no acct_number acc_no numéro_de_compte número_de_cuenta numero_di_conto rekeningnummer numer_konta sort_code sort-code sortcode a/c a/c_no`,
    example: 'Konto-Nr. 0123456789, BLZ 640 500 00',
    found: '0123456789',
    least: 5
  },
  {
    id: 'customer-number',
    type: 'CUSTOMER_NUMBER',
    words: `kundennummer kunden_nr kd. kd.-nr kd_nr kd.nr kunden-id kundenkonto kundenkontonummer customer_number customer_no customer_id client_id
      client_number mitgliedsnummer mitglieds-nr mitglied_nr member_id membership_number abonummer numéro_client
      numero_de_cliente codice_cliente klantnummer numer_klienta benutzernummer debitorennummer kundenreferenz mieternummer mieter-nr mieter-id mandanten-id mandanten-nr mandantenid`,
    example: 'Meine Kundennummer lautet 4711-0815.',
    found: '4711-0815'
  },
  {
    id: 'customer-word',
    type: 'CUSTOMER_NUMBER',
    words: 'kunde kundin mandant mandantin mieter mieterin debitor',
    example: 'Kunde 8812234 meldet einen Ausfall',
    found: '8812234',
    least: 5,
    isNear: true
  },
  {
    id: 'contract-number',
    type: 'CONTRACT_NUMBER',
    words: `vertragsnummer vertrags-nr vertragsnr vertragskonto vertragskontonummer vertrags-id policennummer policen-nr police versicherungsscheinnummer
      versicherungsschein-nr versicherungsscheinnr vs-nr darlehensnummer darlehens-nr kreditnummer contract_number contract_no contract_id policy_number
      policy_no agreement_number loan_number numéro_de_contrat zählernummer zähler-nr marktlokation bausparnummer depotnummer bg-nummer bedarfsgemeinschaftsnummer zählpunkt zählpunktnummer messlokation kassenzeichen_der_gez beitragsnummer mandatsreferenz polisnummer polisnr`,
    example: 'Versicherungsschein-Nr.: LV 12.345.678-9',
    found: 'LV 12.345.678-9'
  },
  {
    id: 'meter-number',
    type: 'CONTRACT_NUMBER',
    words:
      'zähler stromzähler gaszähler wasserzähler wärmezähler zählerkennung zähler-id geräte-id_des_zählers meter_id meter_serial_number',
    example: 'Zähler 1ESY1160234567, Stand 4711',
    found: '1ESY1160234567',
    least: 7
  },
  {
    id: 'invoice-number',
    type: 'INVOICE_NUMBER',
    words: `rechnungsnummer rechnungs-nr rechnungsnr rechnung_nr re.-nr belegnummer beleg-nr gutschriftnummer mahnungsnummer invoice_number invoice_no
      invoice_id numéro_de_facture factuurnummer quittungsnummer`,
    example: 'Rechnungsnummer RE-2024-00123',
    found: 'RE-2024-00123'
  },
  {
    id: 'patient-number',
    type: 'PATIENT_NUMBER',
    words: `patientennummer patienten-nr patientennr patienten-id pat.-nr pat-id fallnummer fall-nr fallnr aufnahmenummer patient_number patient_id
      patient_no medical_record_number mrn case_id histologie-nr befundnummer befund-nr einsendenummer journalnummer nhc cipa número_de_historia historia_clínica n.º_de_historia numer_pacjenta ipp`,
    example: 'Pat.-Nr. 0012345, Station 4',
    found: '0012345'
  },
  {
    id: 'insurance-number',
    type: 'INSURANCE_NUMBER',
    words: `versicherungsnummer vers.-nr versnr versicherungs-nr versichertennummer versicherten-nr mitgliedsnummer_der_krankenkasse schadennummer schaden-nr schadensnummer
      insurance_number insurance_no insurance_id claim_number claim_no`,
    example: 'Schadennummer: KH 24-0012345',
    found: 'KH 24-0012345'
  },
  {
    id: 'file-number',
    type: 'CASE_NUMBER',
    words: `azr-nummer azr-nr vorgangsnummer vorgangs-nr vorgangsnr antragsnummer antrags-nr bearbeitungsnummer bafög-nr förderungsnummer förder-nr tagebuchnummer mandantennummer akten-nr
      aktennummer sygn._akt sygnatura_akt número_de_expediente numéro_de_dossier`,
    example: 'Vorgangs-Nr. 01776324221',
    found: '01776324221'
  },
  {
    id: 'staff-number',
    type: 'STAFF_NUMBER',
    words: `zugangskarte zutrittskarte transponder transpondernummer personalnummer personal-nr persnr pers.-nr pers.nr pers-nr matricule numéro_matricule ma-nr mitarbeiternummer mitarbeiter-nr mitarbeiter-id dienstnummer matrikelnummer matrikel-nr matr.-nr schülernummer
      employee_number employee_id employee_no emp._no emp_no emp._id emp_id badge badge_id badge_no staff_id staff_number student_id student_number matriculation_number immatrikulationsnummer`,
    example: 'Matrikelnummer 6716966',
    found: '6716966'
  }
]

/** As it stands, abbreviated, and as names in code join it: `Beitrags-Nr`, `customerId`. */
function spellings(list: string): ReadonlySet<string> {
  const phrases = phraseList(list).flatMap(phrase =>
    /[^ _]nummer$/.test(phrase) ? [phrase, phrase.replace(/-?nummer$/, '-nr')] : phrase
  )
  return new Set(phrases.flatMap(word => [word, word.replace(/(\p{L})[-_ ](?=\p{L})/gu, '$1')]))
}

/** Customer, contract, invoice, patient, insurance and staff numbers. */
export const keyedNumbers: readonly Recognizer[] = kinds.map(kind => ({
  id: kind.id,
  types: [kind.type],
  anchors: words(...spellings(kind.words)),
  recognize: (scan, _start, end) => {
    recognize(scan, end, kind)
  },
  examples: {
    match: [{ text: kind.example, found: kind.found }],
    noMatch: [`${kind.example.split(/[\d:]/, 1)[0] ?? ''}folgt`, kind.found.replace(/\D/g, '').slice(0, 4)]
  },
  source: 'Own rule: numbers behind the words that name them'
}))

const near = /[ \t]{1,2}(?:Nr\.?[ \t]|#|\()?(?=\d{5,12}(?![\p{L}\d]|[.,:/-]\d|[ \t](?:\d|€|EUR|Euro)))/uy

function recognize(scan: Scan, end: number, { type, least = 3, isNear }: KeyedNumber): void {
  const { text } = scan
  const start = isNear === true ? nearStart(text, end) : valueStart(text, end)
  if (start === 0 || scan.isCovered(start)) return
  let at = start
  let digits = 0
  let letters = 0
  let last = start
  while (at - start < MAX_LENGTH) {
    const code = text.charCodeAt(at)
    if (is(code, DIGIT)) digits++
    else if (is(code, ALNUM)) letters++
    if (is(code, ALNUM)) last = ++at
    else if (joins(text, at)) at++
    else break
  }
  // More letters than any numbering has: an identifier of a program.
  if (digits < least || letters > MAX_LETTERS || isSentence(text, start)) return
  if (!is(text.charCodeAt(last), LETTER | DIGIT)) scan.report(start, last, type, 0.8)
}

function nearStart(text: string, from: number): number {
  near.lastIndex = from
  return near.test(text) ? near.lastIndex : 0
}

/** A word of the sentence, not the letters some numbers begin with: `police received 335`. */
function isSentence(text: string, start: number): boolean {
  let at = start
  while (is(text.charCodeAt(at), LETTER)) at++
  return at - start > 3 && is(text.charCodeAt(at), BLANK) && !is(text.charCodeAt(start), UPPER)
}

const filler = /(?:ist|lautet|lauten|is|Nr|nr|No|no|der|die|mit|von|meine|Ihre|unter)(?![A-Za-z0-9-])/y

/** Words between the name and a colon: `Vertragsnummer steht oben rechts: 7002/44518`. */
const remark = /[ \t](?:\p{L}{1,16}[ \t]){0,4}\p{L}{1,16}:[ \t]{1,3}(?=[A-Z]{0,3}[-\d])/uy

/** Where the number starts behind blanks, `Nr.`, `lautet`, `:`, `#`; 0 when something else comes first. */
function valueStart(text: string, from: number): number {
  let at = tagsEnd(text, from)
  const end = at
  while (at - end < MAX_GAP) {
    const code = text.charCodeAt(at)
    if (is(code, DIGIT)) return at
    if (is(code, ALNUM)) {
      filler.lastIndex = at
      if (!filler.test(text)) return behindRemark(text, end) || at
      at = filler.lastIndex
    } else if (is(code, BLANK) || '.:#=-"\'()|;'.includes(text.charAt(at))) at++
    else if (code === 0x2c && text.charCodeAt(at - 1) === 0x22 && text.charCodeAt(at + 1) === 0x22) at++
    else if (is(code, NEWLINE) && text.charCodeAt(at - 1) !== 0x0a) at++
    else return 0
  }
  return 0
}

function behindRemark(text: string, from: number): number {
  remark.lastIndex = from
  return remark.test(text) ? remark.lastIndex : 0
}

const tags = />|(?:<\/?[a-z][^<>]{0,40}>\s{0,8}){1,4}/iy

/** Behind the end of the element the word names or stands in, and the beginning of the next: `</td><td>`. */
function tagsEnd(text: string, from: number): number {
  tags.lastIndex = from
  return tags.test(text) ? tags.lastIndex : from
}

/** A separator inside the number: one dot, dash, slash or blank with a digit or a short upper-case group behind it. */
function joins(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  const next = text.charCodeAt(at + 1)
  // Offices for work join two numbers with two slashes.
  if (code === 0x2f && next === 0x2f) return is(text.charCodeAt(at + 2), DIGIT)
  if (code === 0x2f && text.charCodeAt(at - 1) === 0x2f) return true
  if (code === 0x2d || code === 0x2f || code === 0x2e || code === 0x5f) return is(next, ALNUM)
  return is(code, BLANK) && is(next, DIGIT)
}
