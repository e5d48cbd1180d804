/** A context word for the rules of the corpora, as someone would write it in front of the value. */
const words = new Map<string, string>(
  `
DE_TAX_ID Steuer-ID|DE_SOCIAL_SECURITY Sozialversicherungsnummer|de.idnr Steuer-ID|PHONE Telefon|CREDIT_CARD Kreditkarte|IP IP-Adresse|IBAN IBAN
DE_TAX_NUMBER Steuernummer|de.stnr Steuernummer|DE_VAT_ID USt-IdNr|de.vat USt-IdNr|DE_HEALTH_INSURANCE Versichertennummer|DE_BSNR BSNR|DE_LANR LANR
DE_ID_CARD Personalausweis|DE_PASSPORT Reisepass|DE_FUEHRERSCHEIN Führerschein|DE_KFZ Kennzeichen|de.handelsregisternummer Handelsregister
at.tin Steuernummer|at.vnr Sozialversicherungsnummer|at.businessid Firmenbuchnummer|ch.ssn AHV-Nummer|ch.uid UID|ch.vat MWST-Nr|li.peid PEID
be.nn rijksregisternummer|be.ssn rijksregisternummer|be.bis BIS-nummer|be.vat BTW|be.eid eID|bg.egn ЕГН|bg.pnf ЛНЧ|bg.vat ДДС|cz.rc rodné číslo|cz.dic DIČ|cz.ico IČO
cz.bankaccount účet|ee.ik isikukood|ee.kmkr KMKR|ee.registrikood registrikood|es.nif NIF|es.nie NIE|es.dni DNI|es.cif CIF|es.ccc cuenta|ES_NIF NIF|ES_NIE NIE
ES_PASSPORT pasaporte|fi.hetu henkilötunnus|FI_PERSONAL_IDENTITY_CODE henkilötunnus|fi.alv ALV|fi.ytunnus Y-tunnus|fi.veronumero veronumero|fi.associationid rekisterinumero
fr.nir numéro de sécurité sociale|fr.nif numéro fiscal|fr.siren SIREN|fr.siret SIRET|fr.tva TVA|fr.rcs RCS|gr.amka ΑΜΚΑ|gr.vat ΑΦΜ|hu.anum adószám|ie.pps PPS|ie.vat VAT
it.codicefiscale codice fiscale|it.iva partita IVA|it.aic AIC|IT_FISCAL_CODE codice fiscale|IT_VAT_CODE partita IVA|IT_DRIVER_LICENSE patente|IT_PASSPORT passaporto
IT_IDENTITY_CARD carta d'identità|lt.asmens asmens kodas|lt.pvm PVM|lu.tva TVA|lv.pvn personas kods|nl.bsn BSN|nl.btw BTW|nl.identiteitskaartnummer identiteitskaart
nl.onderwijsnummer onderwijsnummer|pl.pesel PESEL|PL_PESEL PESEL|pl.nip NIP|pl.regon REGON|pt.nif NIF|pt.cc cartão de cidadão|ro.cnp CNP|ro.cf CUI|ro.cui CUI|ro.onrc registrul comerțului
se.personnummer personnummer|SE_PERSONNUMMER personnummer|se.orgnr organisationsnummer|SE_ORGANISATIONSNUMMER organisationsnummer|si.emso EMŠO|si.ddv DDV|si.maticna matična številka
sk.rc rodné číslo|sk.dph IČ DPH|sk.ico IČO|no.fodselsnummer fødselsnummer|no.mva MVA|no.kontonr kontonummer|gb.nhs NHS number|gb.utr UTR|gb.vat VAT|gb.upn UPN|UK_NHS NHS number
UK_NINO national insurance|UK_PASSPORT passport|UK_DRIVING_LICENCE driving licence|UK_VEHICLE_REGISTRATION registration|us.ssn SSN|US_SSN SSN|us.itin ITIN|US_ITIN ITIN|us.ein EIN
us.atin ATIN|us.ptin PTIN|us.tin TIN|us.rtn routing number|ABA_ROUTING routing number|US_PASSPORT passport|US_DRIVER_LICENSE driver license|US_BANK bank account|US_MBI Medicare|US_NPI NPI
imei IMEI|imsi IMSI|lei LEI|bic BIC|iso11649 reference|bitcoin bitcoin|CRYPTO wallet|eu.at_02 creditor id|eu.vat VAT|vatin VAT|MAC MAC|hr.oib OIB|dk.cpr CPR|dk.cvr CVR|mt.vat VAT|ch.esr Referenznummer|es.cups CUPS|es.referenciacatastral referencia catastral|be.ogm_vcs mededeling|hr.oib OIB|is_.kennitala kennitala|is_.vsk VSK|ee.registrikood registrikood|vatin VAT|meid MEID|jp.cn corporate number|il.idnr ID number|CERTIFICATE_NUMBER DEA
TIN:AT Steuernummer|TIN:BE rijksregisternummer|TIN:BG ЕГН|TIN:CY TIN|TIN:CZ rodné číslo|TIN:DE Steuer-ID|TIN:DK CPR|TIN:EE isikukood|TIN:ES NIF|TIN:FI henkilötunnus
TIN:FR numéro fiscal|TIN:GB UTR|TIN:GR ΑΦΜ|TIN:HR OIB|TIN:HU adóazonosító|TIN:IE PPS|TIN:IT codice fiscale|TIN:LT asmens kodas|TIN:LU matricule|TIN:LV personas kods|TIN:MT TIN
TIN:NL BSN|TIN:PL PESEL|TIN:PT NIF|TIN:RO CNP|TIN:SE personnummer|TIN:SI davčna številka|TIN:SK rodné číslo|VAT VAT`
    .split(/[|\n]/)
    .filter(line => line !== '')
    .map(line => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)])
)

/** The rule's own name where no word is written down above: `CUIT` of ar.cuit, `PAN` of IN_PAN. */
export function contextOf(rule: string): string {
  const known = words.get(rule) ?? words.get(rule.split(':')[0] ?? '')
  if (known !== undefined) return known
  return /^[a-z]{2}_?\.|^[A-Z]{2}_/.test(rule)
    ? rule
        .replace(/^[A-Za-z]{2}_?\.?/, '')
        .toUpperCase()
        .replaceAll('_', ' ')
    : ''
}
