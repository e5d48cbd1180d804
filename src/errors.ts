import createError from '@fastify/error'

/**
 * Every error Schleuse answers with: a stable code, an HTTP status, a message that names the way out.
 *
 * Messages never quote text of a request or answer: `%s` takes JSON pointers without caller-chosen keys, limits,
 * entity types and configured ids only. Codes are never reused.
 * Statuses follow what SDKs do with them: a decision is 400, 403, 404, 413, 415, 422 or 501 (never retried), overload
 * is 503 with `retry-after` (retried), an upstream fault is 502 or 504.
 */
const e = createError

export const errors = {
  // request body
  BodyTooLarge: e(
    'SCHLEUSE_BODY_TOO_LARGE',
    'The request body is larger than %s bytes. Send less, or raise limits.maxBodyBytes.',
    413
  ),
  BodyNotJson: e(
    'SCHLEUSE_BODY_NOT_JSON',
    'The request body is not valid JSON (RFC 8259) at byte offset %s: %s.',
    400
  ),
  BodyNotUtf8: e(
    'SCHLEUSE_BODY_NOT_UTF8',
    'The request body is not valid UTF-8. Encode it as UTF-8 without a byte order mark.',
    400
  ),
  BodyNotObject: e('SCHLEUSE_BODY_NOT_OBJECT', 'The request body must be one JSON object.', 400),
  BodyEncoded: e(
    'SCHLEUSE_BODY_ENCODED',
    'Compressed request bodies are not accepted. Send the body without content-encoding.',
    415
  ),
  BodyMediaType: e(
    'SCHLEUSE_BODY_MEDIA_TYPE',
    'This endpoint does not take this content-type. Send application/json, or multipart/form-data where files are taken.',
    415
  ),
  BodyNotForm: e(
    'SCHLEUSE_BODY_NOT_FORM',
    'The request body is no multipart/form-data (RFC 7578) that all readers take alike: %s.',
    400
  ),
  UploadTooLarge: e(
    'SCHLEUSE_UPLOAD_TOO_LARGE',
    'The form is larger than %s bytes. Send a smaller file, or raise limits.maxUploadBytes.',
    413
  ),
  FileUnitTooLarge: e(
    'SCHLEUSE_FILE_UNIT_TOO_LARGE',
    'One line, record or element of the file, or a file that has none, is longer than %s characters. Split it, or raise limits.maxBodyBytes.',
    413
  ),
  FileTooManyValues: e(
    'SCHLEUSE_FILE_TOO_MANY_VALUES',
    'The file holds more than %s different values to replace. Split it.',
    413
  ),
  FileTooManyRequests: e(
    'SCHLEUSE_FILE_TOO_MANY_REQUESTS',
    'The file has more than %s requests, or they name more than 500 stored objects. Split it.',
    413
  ),
  LineNotRequest: e(
    'SCHLEUSE_LINE_NOT_REQUEST',
    'Line %s of the batch is no request: each needs custom_id, method POST, url and body.',
    400
  ),
  LineNotCovered: e(
    'SCHLEUSE_LINE_NOT_COVERED',
    'Line %s of the batch is for an endpoint that batches do not cover. GET /v1/coverage lists what is covered.',
    501
  ),
  DuplicateKey: e(
    'SCHLEUSE_DUPLICATE_KEY',
    'The JSON object at %s has the same key twice. Readers disagree on which one counts; send each key once.',
    400
  ),
  JsonTooDeep: e('SCHLEUSE_JSON_TOO_DEEP', 'The JSON is nested deeper than %s levels. Flatten it.', 400),
  JsonTooManyLeaves: e(
    'SCHLEUSE_JSON_TOO_MANY_LEAVES',
    'The JSON has more than %s strings, numbers and keys. Split the request.',
    400
  ),
  FieldMissing: e(
    'SCHLEUSE_FIELD_MISSING',
    'The field %s is missing or of the wrong type. It must be %s.',
    400
  ),

  // caller
  CallerNotLoopback: e(
    'SCHLEUSE_CALLER_NOT_LOOPBACK',
    'Without configured apps the gateway serves this machine only. Call it on a loopback address, or configure apps.',
    403
  ),
  HostNotAllowed: e(
    'SCHLEUSE_HOST_NOT_ALLOWED',
    'Without configured apps the Host header must name a loopback address.',
    403
  ),
  AppKeyInvalid: e(
    'SCHLEUSE_APP_KEY_INVALID',
    'The app key is missing or unknown. Send the key of a configured app as API key of your SDK, or in the header x-schleuse-key.',
    401
  ),
  AdminKeyInvalid: e(
    'SCHLEUSE_ADMIN_KEY_INVALID',
    'This takes an operator key. Send one of those under admin.keys in the config in the header x-schleuse-key.',
    401
  ),
  ChangeNotHeld: e(
    'SCHLEUSE_CHANGE_NOT_HELD',
    'No change of this name waits for approval. POST /admin/reload says which one does; files may have changed since.',
    409
  ),
  ApproverNotAnother: e(
    'SCHLEUSE_APPROVER_NOT_ANOTHER',
    'A change is asked for with one operator key (POST /admin/reload) and approved with another. Ask a second operator.',
    403
  ),
  AppKeyExpired: e(
    'SCHLEUSE_APP_KEY_EXPIRED',
    'The app key has expired or was revoked. Ask the operator for a new one (schleuse apps key create).',
    401
  ),
  ModelNotAllowed: e(
    'SCHLEUSE_MODEL_NOT_ALLOWED',
    'This app may not use this model. GET /v1/models lists those it may; the operator sets them under apps[].models.',
    403
  ),

  // endpoint and model
  EndpointNotCovered: e(
    'SCHLEUSE_ENDPOINT_NOT_COVERED',
    'This endpoint is not covered yet, so nothing of the request was sent on. GET /v1/coverage lists what is.',
    501
  ),
  ModelNotFound: e(
    'SCHLEUSE_MODEL_NOT_FOUND',
    'No configured provider serves this model. GET /v1/models lists the models; add one under providers in the config.',
    404
  ),
  ModelMalformed: e(
    'SCHLEUSE_MODEL_MALFORMED',
    'The model name must be 1 to 128 characters of A-Z, a-z, 0-9 and . _ : / @ -',
    400
  ),
  QueryRefused: e(
    'SCHLEUSE_QUERY_REFUSED',
    'The query of the URL holds a parameter that this endpoint does not take, or a value of another form. Leave it out.',
    400
  ),
  IdMalformed: e(
    'SCHLEUSE_ID_MALFORMED',
    'An id in the path must be 1 to 128 characters of A-Z, a-z, 0-9, _ and -',
    400
  ),
  StateUnknown: e(
    'SCHLEUSE_STATE_UNKNOWN',
    'The gateway knows no stored object of this id: it expired, was deleted or erased, or belongs to another app. Send the conversation itself instead.',
    404
  ),
  StateElsewhere: e(
    'SCHLEUSE_STATE_ELSEWHERE',
    'The stored object this request names lies with the provider %s, which does not serve this model. Use a model of that provider, or send the conversation itself.',
    422
  ),
  ProviderUnclear: e(
    'SCHLEUSE_PROVIDER_UNCLEAR',
    'This request names no model, and several providers could take it. Name a model of the right one in the header x-schleuse-model.',
    400
  ),
  CredentialMissing: e(
    'SCHLEUSE_CREDENTIAL_MISSING',
    'The provider %s is in passthrough mode and needs your own API key. Send it in the authorization header.',
    401
  ),

  // policy
  PolicyBlocked: e(
    'SCHLEUSE_POLICY_BLOCKED',
    'Policy blocks %s in a request. Remove it, or change the operator for this type in the policy.',
    403
  ),
  PurposeIncomplete: e(
    'SCHLEUSE_PURPOSE_INCOMPLETE',
    "The policy is strict and the app's purpose record lacks %s. The operator must add it under apps[].purpose in the config.",
    403
  ),
  SpecialCategory: e(
    'SCHLEUSE_SPECIAL_CATEGORY',
    'Policy blocks texts that probably hold special categories of personal data (%s). Leave such details out, or set flags.%s: allow in the policy.',
    403
  ),
  FixedFinding: e(
    'SCHLEUSE_FIXED_FIELD_FINDING',
    'The field %s holds %s and can\'t be altered without breaking the request. Remove it there, or set the operator "keep" for this type.',
    422
  ),
  OpaqueRefused: e(
    'SCHLEUSE_OPAQUE_REFUSED',
    "The part %s is %s, which can't be read for personal data, and policy masks personal data. Leave it out, or set opaque.%s: allow in the policy.",
    422
  ),
  ProviderToolsRefused: e(
    'SCHLEUSE_PROVIDER_TOOLS_REFUSED',
    'The field %s lets the provider run tools that send text to further parties. Leave it out, or set providerTools: allow in the policy.',
    403
  ),
  StopCollides: e(
    'SCHLEUSE_STOP_COLLIDES',
    'A stop string would fire inside pseudonyms. Use a longer or different stop string.',
    422
  ),
  PlaceRefused: e(
    'SCHLEUSE_PLACE_REFUSED',
    'No deployment of this model may receive this request. %s. Allowed would be %s.',
    403
  ),
  DetectorPlaceRefused: e(
    'SCHLEUSE_DETECTOR_PLACE_REFUSED',
    'Policy does not let clear text go to the detector %s in %s. Run it in an allowed place, or take it out of detectors in the config.',
    403
  ),
  PseudonymCollision: e(
    'SCHLEUSE_PSEUDONYM_COLLISION',
    'Too many different values in one request to give each its own pseudonym. Split the request.',
    422
  ),
  AnswerBlocked: e(
    'SCHLEUSE_ANSWER_BLOCKED',
    "The model's answer holds %s of its own making and policy blocks that.",
    403
  ),

  // audit trail
  AuditQueryInvalid: e(
    'SCHLEUSE_AUDIT_QUERY_INVALID',
    'The parameter %s must be %s. GET /audit/openapi.json describes all of them.',
    400
  ),
  AuditCursorInvalid: e(
    'SCHLEUSE_AUDIT_CURSOR_INVALID',
    'The cursor does not belong to this question, or the index was rebuilt since. Ask for the first page again.',
    400
  ),
  AuditExportUnknown: e(
    'SCHLEUSE_AUDIT_EXPORT_UNKNOWN',
    'There is no such record. GET /audit/exports lists what can be exported.',
    404
  ),
  RegisterUnreadable: e(
    'SCHLEUSE_REGISTER_UNREADABLE',
    'The register that records.register names can not be read: %s. Give a zip of plain CSV, an xlsx or a folder of CSV files.',
    409
  ),
  RegisterIncomplete: e(
    'SCHLEUSE_REGISTER_INCOMPLETE',
    'The package is named after the LEI and country of who keeps the register: fill in organisation.lei and organisation.country in the file of records, or B_01.01 in the register.',
    409
  ),
  AuditEventUnknown: e(
    'SCHLEUSE_AUDIT_EVENT_UNKNOWN',
    'No event with this id is in the index. It may not be indexed yet, or its retention time is over.',
    404
  ),
  AuditTokenInvalid: e(
    'SCHLEUSE_AUDIT_TOKEN_INVALID',
    'The audit trail needs a token of an auditor: authorization: Bearer … (schleuse audit token create).',
    401
  ),
  AuditRoleMissing: e(
    'SCHLEUSE_AUDIT_ROLE_MISSING',
    'The token is valid but does not carry the role that audit.oidc names in the config.',
    403
  ),
  AuditProofUnavailable: e(
    'SCHLEUSE_AUDIT_PROOF_UNAVAILABLE',
    'The log of this event is not on this machine, so it has no proof here. Ask the gateway that wrote it, or use schleuse audit prove on a copy of its log.',
    404
  ),
  AuditBusy: e(
    'SCHLEUSE_AUDIT_BUSY',
    'As many exports as are allowed (%s) are under way. Try again when one has ended.',
    503
  ),
  AuditIndexUnavailable: e(
    'SCHLEUSE_AUDIT_INDEX_UNAVAILABLE',
    'The audit index does not answer. The record itself is not affected; the operator must check the index.',
    503
  ),

  // limits: the headers of a 429 say when it is worth another try
  RateExceeded: e(
    'SCHLEUSE_RATE_EXCEEDED',
    'This app, or this key, has sent as many requests as it may in a minute. Try again in %s s; the operator sets apps[].limits.',
    429
  ),
  StreamsExceeded: e(
    'SCHLEUSE_STREAMS_EXCEEDED',
    'This app has as many streams under way as it may. Try again when one has ended; the operator sets apps[].limits.',
    429
  ),
  BudgetExceeded: e(
    'SCHLEUSE_BUDGET_EXCEEDED',
    'The budget of this app (%s) is used up for this day or month. The operator sets apps[].limits.',
    429
  ),
  PriceUnknown: e(
    'SCHLEUSE_PRICE_UNKNOWN',
    'The app has a budget in %s and no price in it is known for this model. The operator adds one under prices in the config.',
    403
  ),
  LimitsUnavailable: e(
    'SCHLEUSE_LIMITS_UNAVAILABLE',
    'The counters of limits can not be reached, so nothing was sent on. Try again shortly.',
    503
  ),

  // faults: fail closed
  ScanFailed: e(
    'SCHLEUSE_SCAN_FAILED',
    'The request could not be scanned, so nothing of it was sent on. This is a fault of the gateway; report it with the request id.',
    500
  ),
  DetectorFailed: e(
    'SCHLEUSE_DETECTOR_FAILED',
    'The detector %s failed, took too long or has too much to do, so nothing was sent on. Try again shortly, or send less text at once.',
    503
  ),
  RecordFailed: e(
    'SCHLEUSE_RECORD_FAILED',
    'The audit record could not be written, so nothing was sent on. The operator must check the data directory.',
    503
  ),
  ClockBehind: e(
    'SCHLEUSE_CLOCK_BEHIND',
    'The clock of the gateway went back behind its own audit records, so nothing was sent on. The operator must set it right; traffic goes on when it has caught up.',
    503
  ),
  VaultUnavailable: e(
    'SCHLEUSE_VAULT_UNAVAILABLE',
    'The vault that keeps stored conversations can not be reached, and this request needs it. Nothing was sent on; try again shortly.',
    503
  ),
  Overloaded: e(
    'SCHLEUSE_OVERLOADED',
    'The gateway holds as many bytes as it may (%s). Try again shortly.',
    503
  ),
  ShuttingDown: e('SCHLEUSE_SHUTTING_DOWN', 'The gateway is shutting down. Try again shortly.', 503),
  ClientAborted: e('SCHLEUSE_CLIENT_ABORTED', 'The client closed the connection.', 499),
  Internal: e(
    'SCHLEUSE_INTERNAL',
    'The gateway failed and sent nothing on. Report it with the request id.',
    500
  ),

  // upstream
  UpstreamConnect: e(
    'SCHLEUSE_UPSTREAM_CONNECT',
    'The provider %s could not be reached. Check its base URL and the network.',
    502
  ),
  UpstreamAddress: e(
    'SCHLEUSE_UPSTREAM_ADDRESS',
    'The host of the provider %s resolves to an address it may not have. Correct its base URL, or set privateNetwork: true if it stands in your own network.',
    502
  ),
  UpstreamCredential: e(
    'SCHLEUSE_UPSTREAM_CREDENTIAL',
    "The provider %s refused the gateway's own credential. The operator must check it.",
    502
  ),
  CredentialUnavailable: e(
    'SCHLEUSE_CREDENTIAL_UNAVAILABLE',
    "The gateway's own credential for the provider %s could not be read. The operator must check its file or command.",
    502
  ),
  DeploymentsUnavailable: e(
    'SCHLEUSE_DEPLOYMENTS_UNAVAILABLE',
    'Every deployment that may receive this request is busy or failing now (%s). Try again shortly.',
    503
  ),
  UpstreamTimeout: e(
    'SCHLEUSE_UPSTREAM_TIMEOUT',
    'The provider %s did not answer in time (%s phase). Raise timeouts in the config if it needs longer.',
    504
  ),
  UpstreamBroken: e('SCHLEUSE_UPSTREAM_BROKEN', 'The provider %s broke off its answer.', 502),
  UpstreamRedirect: e(
    'SCHLEUSE_UPSTREAM_REDIRECT',
    'The provider %s answered with a redirect, which is never followed. Correct its base URL.',
    502
  ),
  UpstreamEncoding: e(
    'SCHLEUSE_UPSTREAM_ENCODING',
    "The provider %s answered in an encoding that can't be read.",
    502
  ),
  UpstreamNotJson: e(
    'SCHLEUSE_UPSTREAM_NOT_JSON',
    "The provider %s answered with a body that can't be read as JSON, so it was not passed on.",
    502
  ),
  UpstreamTooLarge: e(
    'SCHLEUSE_UPSTREAM_TOO_LARGE',
    "The provider's answer is larger than %s bytes. Raise limits.maxAnswerBytes.",
    502
  )
} as const

/** The part of an error that callers and records may see. */
export interface PublicError {
  readonly code: string
  readonly statusCode: number
  readonly message: string
  /** For the answer, beside those that every error has. */
  readonly headers?: Readonly<Record<string, string>>
}

/** True for errors of this catalogue: their message may be shown. Everything else is answered as `Internal`. */
export function isPublicError(error: unknown): error is PublicError {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    error.code.startsWith('SCHLEUSE_') &&
    'statusCode' in error &&
    typeof error.statusCode === 'number'
  )
}

/** What may be shown of an error. */
export function publicOf(error: unknown): PublicError {
  if (isPublicError(error)) return { code: error.code, message: error.message, statusCode: error.statusCode }
  const { code, message } = new errors.Internal()
  return { code, message, statusCode: 500 }
}
