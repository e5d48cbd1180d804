import type { PublicError } from '../../errors.ts'

/** OpenAI's error shape. Both SDK generations need the `error` key; `type` follows OpenAI's words for the status. */
export function openaiErrorBody(error: PublicError): string {
  return JSON.stringify({
    error: { message: error.message, type: typeOf(error.statusCode), param: null, code: error.code }
  })
}

function typeOf(status: number): string {
  if (status === 401) return 'authentication_error'
  if (status === 403) return 'permission_error'
  if (status === 429) return 'rate_limit_error'
  return status >= 500 && status !== 501 ? 'server_error' : 'invalid_request_error'
}
