// To be written: what a place on a page is in the author's files.
import type { Finding } from './protocol.js'
import type { Shown } from './shown.js'
export function findingPlace(finding: Finding, _shown: Shown): Finding {
  return finding
}
