// An XML document in; its first fault out, or undefined: tags that close each other, attributes that are there once,
// ids that are there once, no stray ampersand or angle bracket.

const TAG = /<(\/?)([A-Za-z][\w:.-]*)((?:\s+[\w:.-]+="[^"<]*")*)\s*(\/?)>/y

export function faultOf(xml: string): string | undefined {
  const ids = new Set<string>()
  const open: string[] = []
  const head = /^(?:<\?xml version="1\.0" encoding="UTF-8"\?>\n(?!<!)|<!DOCTYPE html>\n(?=<html ))/.exec(xml)
  if (head === null) return 'neither an XML declaration nor the document type of XHTML'
  let at = head[0].length
  while (at < xml.length) {
    const next = xml.indexOf('<', at)
    const text = xml.slice(at, next < 0 ? undefined : next)
    if (/&(?!(?:amp|lt|gt|quot);)/.test(text)) return `a stray ampersand: ${text.slice(0, 40)}`
    if (text.includes('>')) return `a stray bracket: ${text.slice(0, 40)}`
    if (open.length === 0 && text.trim() !== '') return 'text outside the root'
    if (next < 0) break
    TAG.lastIndex = next
    const tag = TAG.exec(xml)
    if (tag === null) return `no tag: ${xml.slice(next, next + 60)}`
    const [whole, close, name, attributes, alone] = tag
    const names = [...attributes!.matchAll(/\s([\w:.-]+)="([^"]*)"/g)]
    if (new Set(names.map((each) => each[1])).size !== names.length) return `an attribute twice: ${whole}`
    for (const [, attribute, value] of names) {
      if (/&(?!(?:amp|lt|gt|quot);)/.test(value!)) return `a stray ampersand: ${whole}`
      if (attribute !== 'id') continue
      if (ids.has(value!)) return `the id ${value} twice`
      ids.add(value!)
    }
    if (close === '/') {
      const last = open.pop()
      if (last !== name) return `</${name}> closes <${last}>`
    } else if (alone !== '/') open.push(name!)
    at = next + whole.length
  }
  return open.length === 0 ? undefined : `<${open.at(-1)}> is never closed`
}
