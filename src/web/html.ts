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
