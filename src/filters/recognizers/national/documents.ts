import * as document from '../validators/document.ts'
import type { NationalNumber } from './number.ts'

/** Passports, identity cards, driving licences and cards of social insurance; most have no check digit and need their name. */
export const documents: readonly NationalNumber[] = [
  {
    id: 'at-passport',
    formats: 'A9999999|A 9999999|AA9999999',
    words: 'Österreichischer_Reisepass Pass-Nummer',
    shape: document.austrianPassport,
    kind: 'passport',
    contextScore: 0.85,
    match: ['Reisepass: U1234567', 'Passnummer: P 7654321'],
    noMatch: ['U1234567', 'Reisepass: 12345678'],
    source: '§ 4 PassG 1992; Council of the EU, PRADO'
  },
  {
    id: 'de-child-benefit',
    formats: '999FK999999|999 FK 999999|999FK 999999',
    words: 'Kindergeldnummer Kindergeld-Nr Kindergeld-Nummer KG-Nr Familienkasse Kindergeld',
    shape: document.childBenefit,
    score: 0.85,
    contextScore: 0.95,
    match: ['Kindergeldnummer: 115FK112233', '115FK112233'],
    noMatch: ['115FX112233', '000FK112233'],
    source: 'Bundesagentur für Arbeit, Familienkasse (Kindergeldnummer)'
  },
  {
    id: 'at-id-card',
    formats: '9999999|AA9999999|PA9999999',
    words: 'Personalausweis Ausweisnummer Ausweis-Nr Personalausweisnummer',
    match: ['Personalausweis: 1234567', 'Ausweisnummer: PA1234567'],
    noMatch: ['1234567'],
    source: '§ 19 PassG 1992; Council of the EU, PRADO'
  },
  {
    id: 'at-driving-licence',
    formats: '99999999|99 999 999',
    words: 'Führerschein Führerscheinnummer Führerschein-Nr Lenkberechtigung Scheckkartenführerschein FS-Nr',
    match: ['Führerscheinnummer: 12345678', 'Lenkberechtigung: 21 123 456'],
    noMatch: ['12345678'],
    source: 'FSG § 13; Council of the EU, PRADO'
  },
  {
    id: 'at-resident-number',
    formats: '999999999999|999 999 999 999',
    words: 'ZMR-Zahl ZMR Melderegister Stammzahl ZMR-Nr',
    match: ['ZMR-Zahl: 000247681888'],
    noMatch: ['000247681888'],
    source: 'MeldeG § 16; E-GovG § 6'
  },
  {
    id: 'ch-passport',
    formats: 'A9999999|AA999999|A9A99999|A9AAA999|A9A99A99',
    words: 'Schweizer_Pass Pass-Nr. passeport_suisse Schweizerpass',
    kind: 'passport',
    shape: document.swissDocument,
    contextScore: 0.85,
    match: ['Pass-Nr: X1234567', 'passeport: S0A00A00'],
    noMatch: ['X1234567'],
    source: 'AwG Art. 1; fedpol; ICAO Doc 9303-4'
  },
  {
    id: 'ch-id-card',
    formats: 'A9999999|A9A99A99|A9AAA999',
    words: 'identité Identitätskarte IDK',
    kind: 'card',
    shape: document.swissDocument,
    match: ['Identitätskarte: E1234567'],
    noMatch: ['E1234567'],
    source: 'AwG Art. 1; fedpol'
  },
  {
    id: 'ch-driving-licence',
    formats: '999999999999|999 999 999 999',
    words:
      'Führerausweis Führerausweisnummer permis_de_conduire FABER FAK Führerausweis-Nr PIN-Nr licenza_di_condurre',
    match: ['Führerausweis: 104567890123'],
    noMatch: ['104567890123'],
    source: 'VZV Art. 24; ASTRA'
  },
  {
    id: 'ch-zemis',
    formats: '99999999.9|999999999|99999999|9999999',
    words: 'ZEMIS ZEMIS-Nr ZEMIS-Nummer SYMIC N-Nummer',
    match: ['ZEMIS-Nr: 01234567.8'],
    noMatch: ['012345678'],
    source: 'ZEMIS-Verordnung; Staatssekretariat für Migration'
  },
  {
    id: 'be-id-card',
    formats: '999-9999999-99',
    words: 'eID identiteitskaart identité identiteitskaartnummer kaartnummer elektronische_identiteitskaart',
    kind: 'card',
    check: document.belgianCard,
    score: 0.6,
    grouped: true,
    separators: '-',
    match: ['eID: 000-0011032-71', '591-1917064-58'],
    noMatch: ['000-0011032-25'],
    source: 'Koninklijk besluit 25 maart 2003; IBZ'
  },
  {
    id: 'fr-passport',
    formats: '99AA99999|99 AA 99999',
    words: 'numéro_de_passeport passeport_n°',
    kind: 'passport',
    match: ['passeport: 14AB12345'],
    noMatch: ['14AB12345', 'passeport: AB1412345'],
    source: 'Décret 2005-1726; Council of the EU, PRADO'
  },
  {
    id: 'fr-id-card',
    formats: '999999999999|XXXXXXXXX|9999 9999 9999',
    words: 'CNI identité numéro_de_CNI nationale_identité',
    kind: 'card',
    shape: document.frenchCard,
    match: ['CNI: 880692310285', 'CNI: X4RTBPFW4'],
    noMatch: ['880692310285'],
    source: 'Décret 55-1397; Council of the EU, PRADO'
  },
  {
    id: 'fr-driving-licence',
    formats: '999999999999|99AA99999|9999 9999 9999',
    words: 'permis_de_conduire numéro_de_permis permis_n° NEPH',
    kind: 'licence',
    match: ['permis de conduire: 911091204025', 'permis de conduire: 13AA00002'],
    noMatch: ['911091204025'],
    source: 'Code de la route R221-1; Council of the EU, PRADO'
  },
  {
    id: 'es-passport',
    formats: 'AAA999999|AA999999|AAA999999A',
    words: 'pasaporte número_de_pasaporte pasaporte_n.º',
    kind: 'passport',
    match: ['pasaporte: AAA123456'],
    noMatch: ['AAA123456', 'pasaporte: AAAA12345'],
    source: 'Real Decreto 896/2003; Council of the EU, PRADO'
  },
  {
    id: 'es-social-security',
    formats: '99 99999999 99|99 9999999999|999999999999',
    words:
      'NUSS NSS número_de_la_seguridad_social seguridad_social número_de_afiliación N.º_SS NASS nass nº_afiliación',
    check: document.spanishInsurance,
    match: ['NUSS: 28 12345678 40'],
    noMatch: ['281234567840'],
    source: 'Tesorería General de la Seguridad Social'
  },
  {
    // As clinics write it down: behind its name whatever its check digits say.
    id: 'es-social-security-named',
    type: 'ES_SOCIAL_SECURITY',
    formats: '99 99999999 99|99 9999999 99|99 9999999999|99-99999999-99',
    words: 'NUSS NSS NASS número_de_afiliación N.º_SS',
    match: ['NASS: 47 37584930 84'],
    noMatch: ['47 37584930 84'],
    source: 'Tesorería General de la Seguridad Social'
  },
  {
    id: 'it-passport',
    formats: 'AA9999999|AA 9999999',
    words: 'passaporto numero_passaporto',
    kind: 'passport',
    match: ['passaporto: AA1234567'],
    noMatch: ['AA1234567'],
    source: 'Polizia di Stato; Council of the EU, PRADO'
  },
  {
    id: 'it-id-card',
    formats: 'AA9999999|AA 9999999|AA99999AA|9999999AA',
    words: 'identità CIE documento_di_identità carta_identità',
    kind: 'card',
    match: ['carta d’identità: CA00000AA', 'CIE: AA1234567'],
    noMatch: ['CA00000AA'],
    source: 'Ministero dell’Interno, CIE'
  },
  {
    id: 'it-driving-licence',
    formats: 'AA9999999A|U1XXXXXXXA|U1X999X99A',
    words: 'patente patente_di_guida numero_patente',
    kind: 'licence',
    shape: document.hasDigits,
    match: ['patente: U1K711J11M', 'patente: MI1234567X'],
    noMatch: ['U1K711J11M'],
    source: 'Codice della strada; Motorizzazione Civile'
  },
  {
    id: 'nl-id-card',
    type: 'NL_DOCUMENT',
    formats: 'AAXXXXXX9|AA99999X9',
    words: 'identiteitskaart paspoort paspoortnummer documentnummer identiteitsbewijs ID-kaart',
    kind: 'passport',
    shape: document.hasDigits,
    match: ['identiteitskaart: XR1001R58', 'paspoort: NSP4RFC28'],
    noMatch: ['XR1001R58', 'paspoort: 581001RXR'],
    source: 'Paspoortuitvoeringsregeling; RVIG'
  },
  {
    id: 'nl-education-number',
    formats: '999999999|9999.99.999',
    words: 'onderwijsnummer PGN leerlingnummer',
    check: document.dutchPupil,
    match: ['onderwijsnummer: 1012.22.331'],
    noMatch: ['onderwijsnummer: 1012.22.332'],
    source: 'Wet op het onderwijstoezicht; DUO'
  }
]
