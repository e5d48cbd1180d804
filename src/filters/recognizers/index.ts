import type { Recognizer } from '../recognizer.ts'
import { addressRecognizers } from './address/index.ts'
import { age } from './birth/age.ts'
import { birthDate } from './birth/birth-date.ts'
import { relativeAge } from './birth/relative-age.ts'
import { cardCode } from './card-code.ts'
import { card } from './card.ts'
import { germanRecognizers } from './de/index.ts'
import { iccid, imei, imsi, meid } from './device.ts'
import { documentNumber } from './document-number.ts'
import { doorCode } from './door-code.ts'
import { email } from './email.ts'
import { emailSpelled } from './email-spelled.ts'
import { energyCode } from './energy-code.ts'
import { bic, lei, paymentReference, wallet } from './finance.ts'
import { gps } from './gps.ts'
import { homeFolder, remoteLogin } from './login-name.ts'
import { iban } from './iban.ts'
import { ip } from './ip.ts'
import { keyedNumbers } from './keyed-number.ts'
import { licencePlate } from './licence-plate.ts'
import { mac } from './mac.ts'
import { nationalNumbers } from './national/index.ts'
import { vatIds } from './national/vat-id.ts'
import { password } from './password.ts'
import { personAttendance } from './person/attendance.ts'
import { personChat } from './person/chat.ts'
import { personClosing, personFarewell } from './person/closing.ts'
import { personField } from './person/field.ts'
import { personGreeting } from './person/greeting.ts'
import { personIntroduction } from './person/introduction.ts'
import { personLawsuit } from './person/lawsuit.ts'
import { personMailbox } from './person/mailbox.ts'
import { personMention } from './person/mention.ts'
import { personRelative } from './person/relative.ts'
import { personShortForm } from './person/short-form.ts'
import { personTitle } from './person/title.ts'
import { taggedName } from './person/tagged.ts'
import { phone } from './phone.ts'
import { phoneExtension } from './phone-extension.ts'
import { privateKey } from './private-key.ts'
import { commandLine } from './secrets/command-line.ts'
import { cookie } from './secrets/cookie.ts'
import { httpAuth } from './secrets/http-auth.ts'
import { jwk } from './secrets/jwk.ts'
import { jwt } from './secrets/jwt.ts'
import { keyData } from './secrets/key-data.ts'
import { kubernetesSecret } from './secrets/kubernetes-secret.ts'
import { loginPair } from './secrets/login-pair.ts'
import { namedSecret } from './secrets/named-secret.ts'
import { passwordFile } from './secrets/password-file.ts'
import { socialProfile } from './social-profile.ts'
import { totp } from './secrets/totp.ts'
import { secretRecognizers } from './secrets/index.ts'
import { vendorKey } from './secrets/vendor-key.ts'
import { wifiCode } from './secrets/wifi.ts'
import { userName } from './user-name.ts'
import { vehicleId } from './vehicle.ts'
import { urlCredentials } from './url-credentials.ts'

/** Every recognizer there is. Adding one: its file, and one line here; the suites run over this list. */
export const allRecognizers: readonly Recognizer[] = [
  bic,
  card,
  cardCode,
  commandLine,
  cookie,
  documentNumber,
  doorCode,
  email,
  emailSpelled,
  energyCode,
  ...addressRecognizers,
  age,
  birthDate,
  relativeAge,
  gps,
  homeFolder,
  httpAuth,
  iban,
  iccid,
  imei,
  imsi,
  meid,
  paymentReference,
  ip,
  jwk,
  jwt,
  keyData,
  kubernetesSecret,
  lei,
  licencePlate,
  loginPair,
  mac,
  namedSecret,
  password,
  passwordFile,
  personAttendance,
  personChat,
  personClosing,
  personFarewell,
  personField,
  personGreeting,
  personIntroduction,
  personLawsuit,
  personMailbox,
  personMention,
  personRelative,
  personTitle,
  phone,
  phoneExtension,
  privateKey,
  remoteLogin,
  socialProfile,
  totp,
  taggedName,
  personShortForm,
  urlCredentials,
  vehicleId,
  vendorKey,
  userName,
  wallet,
  wifiCode,
  ...germanRecognizers,
  ...keyedNumbers,
  ...nationalNumbers,
  ...vatIds,
  // Last, since they have no context words: sets of recognizers are as long as the last that has some.
  ...secretRecognizers
]
