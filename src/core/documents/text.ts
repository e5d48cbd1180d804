import type { DocumentFormat } from './document.ts'

/** Text without a structure that matters here: markup is read as people write it into messages too. */
export const text: DocumentFormat = {
  extensions: ['txt', 'md', 'markdown', 'html', 'htm', 'xml', 'log', 'srt', 'vtt'],
  types: ['text/plain', 'text/markdown', 'text/html', 'text/xml', 'application/xml', 'application/xhtml+xml'],
  open: () => ({ take: () => 'text' })
}
