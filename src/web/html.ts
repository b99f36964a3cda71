// XHTML of ours goes in, the same as HTML comes out: what only reading systems of EPUB know is left out, and a page of its own begins
// with a heading of the first level.
//
// What our writers make is well formed, every `<` and `>` in its text a reference: so tags are what stands between the two.

/** `raise`: by so many levels headings are raised. */
export function toHtml(xhtml: string, raise = 0): string {
  return xhtml.replace(/<[^>]*>/g, (tag) => {
    const plain = tag.replace(/ (?:epub:type|xml:lang)="[^"]*"/g, '').replace(/\/>$/, '>')
    return raise === 0 ? plain : plain.replace(/^(<\/?h)([1-6])\b/, (_, h, n) => h + Math.max(1, Number(n) - raise))
  })
}

/**
 * The numbers of printed pages stand in the margin: as text, since what parts text may have no name in HTML. To be done when letters have
 * been counted.
 */
export function withFolios(html: string): string {
  return html.replace(
    /<(span|div) id="([^"]*)" role="doc-pagebreak" aria-label="([^"]*)"><\/\1>/g,
    '<$1 id="$2" class="folio" role="doc-pagebreak">$3</$1>',
  )
}
