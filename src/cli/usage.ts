/** Every command, two blanks before it; what is said of it stands further in. */
export const usage = `Usage: schleuse <command>

  serve                       start the gateway (config: SCHLEUSE_CONFIG, else the shipped one)
  scan [options] [FILE ...]   read texts, from stdin without a file, and write findings on stdout, one JSON line per text
      --jsonl                 they hold JSON lines {"id","text","lang"?}; without it, each is one text
      --redact                add the text as a provider would get it
      --explain               add why each finding is one, and the special categories of the text
  apps check                  which apps lack which parts of their purpose record
  apps key create APP [--expires DATE]
                              make a key for an app and show it once; DATE is the first day it no longer opens
  apps key list [APP]         keys with their ids and times, never the keys
  apps key revoke KEY_ID      close a key; a running gateway takes this at once
  audit verify DIR            check an audit trail offline; exit code 1 when something is wrong, 2 when it can't be checked
      --vkey KEY              the gateway's key, or a file with it, from whoever you trust with it
      --witness KEY           a witness that must have cosigned; may be repeated
      --quorum N              so many of the witnesses must have; without it, all
      --tsa FILE              certificates (PEM) of time-stamping authorities or their roots: each time-stamp must be signed by
                              one that leads to them; may be repeated
      --old CHECKPOINT        a file with an older checkpoint; may be repeated
      --expect-size N         at least so many entries
      --actor-keys FILE       tell personal parts that are whole from erased ones: actor-keys.sqlite of the data folder
      --max-age AGE           the newest record may be so old: 30m, 24h, 7d
  audit prove EVENT_ID [--dir DIR] [--out FILE]
                              write a proof that a record stands in the trail, which holds without the trail
  audit check-proof FILE --vkey KEY [--witness KEY]
                              check a proof and show its record, or a bundle (zip) with all its proofs
  audit vkey [--dir DIR]      the public key of the trail, to be handed out; under the name of each log for other software
  audit roster [--dir DIR] [--vkey KEY]
                              the signed list of all logs; exit code 1 when one of them is missing
  audit find --reason REASON [--actor ID] [--app APP] [--case REF]
                              which records a person is in; ID is what x-schleuse-actor said, on stdin when left out
  audit recipients --reason REASON [--actor ID] [--app APP] [--case REF] [--format csv|csv-de|json|html] [--lang de|en]
                              to whom the data of a person went (Art. 15), by name, with place and safeguards
  audit erase --reason REASON [--actor ID] [--app APP] [--case REF]
                              destroy the key of a person: their personal parts are gone, all records and proofs stay. Both ask
                              the running gateway, which records them (SCHLEUSE_ADMIN_KEY, --url)
  audit review REQUEST_ID --result confirmed|changed|rejected [--decision ID] [--case REF]
                              record that a person reviewed an answer (Art. 14, 26 AI Act; Art. 22 GDPR)
  audit breach KIND [--case REF] [--class TYPE] [--count N] [--deployment ID]
                              record what may be a breach: leak_found_later, restore_to_wrong_tenant, key_exposed,
                              log_inconsistent, unexpected_place; both go through the running gateway
  audit hold set ID [--log NAME], hold release ID, hold list      [--reason REASON] [--case REF]
                              keep the content of a log, or of all, beyond its time
  audit check-roi FILE [--json] [--lang de]
                              check a DORA Register of Information (zip of CSV) as the authority would
  audit export                which records there are: transfers, processing, dora-register …
  audit export NAME --from DATE --to DATE [--format csv|csv-de|json|xlsx|html] [--lang de|en] [--out FILE] [--url URL]
                              a record filled by the running gateway; the token of the auditor is in SCHLEUSE_AUDIT_TOKEN
      --demo                  from the sample records that are shipped instead: no gateway is needed
  audit ask                   the ten questions that auditors begin with
  audit ask NAME --from DATE --to DATE [--format csv|…|bundle] [--lang de|en] [--out FILE] [--url URL] [--demo]
                              the answer; as bundle, a zip with events, proofs and instructions, for audit check-proof
  audit token create [--expires DATE]
                              make a token for an auditor and show it once; without DATE it opens for 90 days
  audit token list            tokens with their ids and times, never the tokens
  audit token revoke TOKEN_ID close a token; a running gateway takes this at once
  audit index rebuild         build the audit index anew from the logs, also beside a running gateway
  policy check FILE           check a policy file as a start would, and tell everything that is wrong
  policy test FILE            run the examples of each rule in it
  policy explain FILE [--endpoint NAME]
                              read text on stdin: what the policy does with each finding, and which line says so
  policy simulate FILE [--log DIR]
                              hold the policy against recorded traffic: what it would have masked and blocked, by app
  policy diff OLD NEW         what a new file changes: tightened, loosened; exit code 1 when anything is loosened
  policy schema, config schema
                              the JSON Schema of a policy file, and of the gateway config
  providers [--json]          deployments: where they process and store, contracts, transfer grounds, prices, and what is missing
      --health [--url URL]    how they do, asked of the running gateway (SCHLEUSE_ADMIN_KEY): breaker, failures, pauses, places
  recognizers [--json]        what is looked for under the policy: ids, types, countries, sources, examples
      --policy FILE           under this policy; without it, that of the config
  vault find --reason REASON [--case ID]
                              how many stored conversations know the person or value that stands on stdin
  vault erase --reason REASON [--case ID] [--object ID --app APP]
                              erase what is known of it, or of the conversation of a stored object; both ask the running
                              gateway, which records them (SCHLEUSE_ADMIN_KEY, --url)
  coverage [--readme FILE]    which fields are scanned, opaque and refused, as a Markdown table
`

/**
 * What is said of the commands that begin with these words; of all, when there is none.
 * @param words as typed, without options
 */
export function usageOf(words: readonly string[]): string {
  const [head = '', ...entries] = usage.split(/\n(?= {2}\S)/)
  for (let length = words.length; length > 0; length--) {
    const start = `  ${words.slice(0, length).join(' ')}`
    const found = entries.filter(
      entry => entry.startsWith(start) && /^(?:[\s,]|$)/.test(entry.slice(start.length))
    )
    if (found.length > 0) return `${head.trimEnd()}\n\n${found.join('\n').trimEnd()}\n`
  }
  return usage
}

/** The words before the first option. */
export function commandOf(args: readonly string[]): string[] {
  const option = args.findIndex(arg => arg.startsWith('-'))
  return args.slice(0, option < 0 ? args.length : option)
}
