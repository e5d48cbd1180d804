import type { Recognizer } from '../../recognizer.ts'
import { deCaseNumber } from './case-number.ts'
import { deCompanyNumber } from './company-number.ts'
import { creditorId } from './creditor-id.ts'
import { deDoctorNumber } from './doctor-number.ts'
import { deDrivingLicence } from './driving-licence.ts'
import { deHealthInsurance } from './health-insurance.ts'
import { deIdCard, dePassport, deResidencePermit } from './identity-document.ts'
import { deLicencePlate } from './licence-plate.ts'
import { deMeteringPoint } from './metering-point.ts'
import { dePracticeNumber } from './practice-number.ts'
import { deRegisterNumber } from './register-number.ts'
import { deRoutingId } from './routing-id.ts'
import { deSocialSecurity } from './social-security.ts'
import { deTaxId } from './tax-id.ts'
import { deTaxNumber } from './tax-number.ts'
import { deVatId } from './vat-id.ts'

/** Identifiers of Germany. */
export const germanRecognizers: readonly Recognizer[] = [
  creditorId,
  deCaseNumber,
  deCompanyNumber,
  deDoctorNumber,
  deDrivingLicence,
  deHealthInsurance,
  deIdCard,
  deLicencePlate,
  deMeteringPoint,
  dePassport,
  dePracticeNumber,
  deRegisterNumber,
  deResidencePermit,
  deRoutingId,
  deSocialSecurity,
  deTaxId,
  deTaxNumber,
  deVatId
]
