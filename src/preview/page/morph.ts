// A live element and how it is to be: only what differs is replaced, so that whoever reads it keeps the place. Says if anything did.

export function morph(live: Element, fresh: Element): boolean {
  let changed = attributes(live, fresh)
  const before = [...live.childNodes]
  const after = [...fresh.childNodes]
  let head = 0
  while (head < before.length && head < after.length && before[head]!.isEqualNode(after[head]!)) head++
  let tail = 0
  while (
    tail < before.length - head &&
    tail < after.length - head &&
    before[before.length - 1 - tail]!.isEqualNode(after[after.length - 1 - tail]!)
  )
    tail++
  const old = before.slice(head, before.length - tail)
  const next = after.slice(head, after.length - tail)
  if (old.length === 0 && next.length === 0) return changed
  changed = true
  if (old.length === next.length && old.every((node, i) => alike(node, next[i]!))) {
    for (const [i, node] of old.entries()) {
      if (node instanceof live.ownerDocument.defaultView!.Element) morph(node, next[i] as Element)
      else node.nodeValue = next[i]!.nodeValue
    }
    return changed
  }
  const anchor = before[before.length - tail] ?? null
  for (const node of old) node.remove()
  for (const node of next) live.insertBefore(live.ownerDocument.adoptNode(node), anchor)
  return changed
}

const alike = (a: Node, b: Node) => a.nodeType === b.nodeType && a.nodeName === b.nodeName

/** `style` of the live one is ours where the book's has none: it is left alone. */
function attributes(live: Element, fresh: Element): boolean {
  let changed = false
  for (const { name } of [...live.attributes])
    if (name !== 'style' && !fresh.hasAttribute(name)) {
      live.removeAttribute(name)
      changed = true
    }
  for (const { name, value, namespaceURI } of [...fresh.attributes])
    if (live.getAttribute(name) !== value) {
      live.setAttributeNS(namespaceURI, name, value)
      changed = true
    }
  return changed
}
