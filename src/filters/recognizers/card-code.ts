import { type Recognizer, words } from '../recognizer.ts'
import { phraseList } from './word-list.ts'

const code =
  /(?:[ \t]?(?:code|nr\.?|number|nummer))?["']?[ \t]{0,2}(?:[:=]|is|ist|lautet)?[ \t]{0,2}["']?(\d{3,4})(?![\p{L}\d]|[ \t]?%|[.,:/-]\d)/iuy

/** The three or four digits that prove the card at hand, behind the words that name them. */
export const cardCode: Recognizer = {
  id: 'card-code',
  types: ['CARD_CODE'],
  anchors: words(
    ...phraseList(
      'cvv cvv2 cvc cvc2 cid_code card_security_code card_verification kartenprüfnummer kartenprüfziffer'
    )
  ),
  recognize: (scan, _start, end) => {
    code.lastIndex = end
    const digits = code.exec(scan.text)?.[1]
    if (digits !== undefined) scan.report(code.lastIndex - digits.length, code.lastIndex, 'CARD_CODE', 0.85)
  },
  examples: {
    match: [
      { text: 'exp 09/27 cvv 123', found: '123' },
      { text: 'Kartenprüfnummer: 4711', found: '4711' },
      { text: '{"cvc": "998"}', found: '998' }
    ],
    noMatch: ['CVC 12.5', 'cvv', 'CVV fehlt 123', 'CVV 12345', 'Kartenprüfnummer 100 %']
  },
  source: 'PCI DSS v4.0.1 §3.3.1.2 (card verification code)'
}
