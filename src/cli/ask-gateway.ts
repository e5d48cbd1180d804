import type { Report } from './report.ts'

/**
 * Asks the running gateway to do something and record it; prints its answer.
 * @param path of an endpoint for operators
 */
export async function askGateway(
  origin: string,
  path: string,
  adminKey: string | undefined,
  body: object
): Promise<Report> {
  try {
    const response = await fetch(`${origin}${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(adminKey === undefined ? {} : { authorization: `Bearer ${adminKey}` })
      },
      body: JSON.stringify(body)
    })
    return { text: `${await response.text()}\n`, code: response.ok ? 0 : 1 }
  } catch {
    return {
      text: `The gateway at ${origin} can not be reached. It must run: it keeps the record.\n`,
      code: 1
    }
  }
}
