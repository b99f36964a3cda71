// A document's text as one string, and where in its nodes an offset lies. UTF-16 units of `body.textContent`.

const TEXT = 4 | 8 // NodeFilter.SHOW_TEXT and SHOW_CDATA_SECTION

function walker(body: Element): TreeWalker {
  return body.ownerDocument.createTreeWalker(body, TEXT)
}

/** `undefined` if the text is shorter. */
export function rangeOf(body: Element, from: number, to: number): Range | undefined {
  const range = body.ownerDocument.createRange()
  const walk = walker(body)
  let at = 0
  let begun = false
  for (let node = walk.nextNode(); node !== null; node = walk.nextNode()) {
    const length = node.nodeValue!.length
    if (!begun && from < at + length) {
      range.setStart(node, from - at)
      begun = true
    }
    if (begun && to <= at + length) {
      range.setEnd(node, to - at)
      return range
    }
    at += length
  }
  return undefined
}

/** The offset of a place in a node; that of an element is where its child of this number begins. */
export function offsetOf(body: Element, node: Node, offset: number): number {
  const range = body.ownerDocument.createRange()
  range.setStart(body, 0)
  range.setEnd(node, offset)
  // Like textContent, and not like a selection: what is hidden counts too.
  return range.toString().length
}

/** Every place where the words stand, capitals or not; at most so many. */
export function everywhere(body: Element, words: string, most: number): Range[] {
  const text = (body.textContent ?? '').toLowerCase()
  const wanted = words.toLowerCase()
  const found: Range[] = []
  for (let at = text.indexOf(wanted); at >= 0 && found.length < most; at = text.indexOf(wanted, at + wanted.length)) {
    const range = rangeOf(body, at, at + wanted.length)
    if (range !== undefined) found.push(range)
  }
  return found
}
