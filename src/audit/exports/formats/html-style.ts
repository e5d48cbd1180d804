import type { Language } from '../export.ts'

/** How pages look on the screen and on paper. Nothing is asked of the network, and no script runs. */

const STYLE = `
body { font: 14px/1.45 system-ui, sans-serif; margin: 2rem; color: #1a1a1a }
h1 { font-size: 1.5rem; margin: 0 0 .5rem } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; break-after: avoid }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: 0 0 1.5rem }
dt { color: #555 } dd { margin: 0 }
table { border-collapse: collapse; width: 100% }
th, td { border: 1px solid #c8c8c8; padding: .3rem .5rem; text-align: left; vertical-align: top; hyphens: auto }
th { background: #f0f0f0 } td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
.day { white-space: nowrap } .long { overflow-wrap: anywhere }
.many { font-size: 11px; line-height: 1.35 } .many th, .many td { padding: .2rem .25rem }
.derived { font-style: italic } .observed { background: #f4f9f4 }
.missing { background: repeating-linear-gradient(45deg, #fff3f0 0 6px, #ffe3dc 6px 12px) }
.card { grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: 0; border: 1px solid #c8c8c8; padding: .3rem; break-inside: avoid }
.card div { padding: .2rem .4rem } .card dt { font-size: .8em } .card dd { min-height: 1.3em; overflow-wrap: break-word }
.wide { overflow-x: auto } .legend { width: auto; margin-bottom: 1rem } .gaps { grid-template-columns: minmax(12rem, max-content) 1fr }
.sources { font-size: .9em; grid-template-columns: max-content 1fr }
@media print { .wide { overflow: visible } body { margin: 0; font-size: 9pt } thead { display: table-header-group } tr, .gaps dd { break-inside: avoid }
  .many { font-size: 6.5pt } .card { grid-template-columns: repeat(5, 1fr); font-size: 8pt } }
`

/** With the name of the page and its number at the foot of each sheet of paper. @param foot plain text */
export function styleOf(foot: string, language: Language): string {
  const quoted = foot.replace(/["\\<>\n]/g, ' ')
  const page = language === 'de' ? 'Seite' : 'Page'
  return `${STYLE}@page { size: A4 landscape; margin: 12mm 12mm 15mm;
  @bottom-left { content: "${quoted}"; font: 8pt sans-serif; color: #555 }
  @bottom-right { content: "${page} " counter(page) " / " counter(pages); font: 8pt sans-serif; color: #555 } }
`
}

/** Joints of long German words in headings, where a line may break. */
const JOINTS =
  /(?<=Anbieter|Anwendungs|Auftrags|Ausstiegs|Bereit|Daten|Datenschutz|Einge|Erken|Folgen|Kate|Kündigungs|Rechts|Transfer|Verarbei|Vertrags|Verantwort|Verfüg|verarbeitungs|folgen|Übermitt|gescheit|Beant|Verein|Antwort|beauf|Risiko|Wiederher|Über)(?=[a-zäöü]{3})/g

/** A heading with soft hyphens. */
export function hyphenated(title: string): string {
  return title.replace(JOINTS, '\u00ad')
}
