// In: the name of a package that Octavo does not bring, for what few ask. Out: the package, from beside Octavo or from the working folder.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { error, NOWHERE, type Report } from '../diagnostic.js'

/** What is not installed, and who asked for it. */
export class Missing extends Error {
  constructor(
    readonly packages: string,
    readonly asked: string,
  ) {
    super(`${packages} is not installed`)
  }
}

/** `beside`: loads it from beside Octavo. `packages`: what there is to be installed. Throws `Missing`. */
export async function peer<T>(name: string, beside: () => Promise<T>, packages: string, asked: string): Promise<T> {
  try {
    return await beside()
  } catch (cause) {
    if (!isMissing(cause)) throw cause
  }
  try {
    return createRequire(join(process.cwd(), 'package.json'))(name) as T
  } catch (cause) {
    if (isMissing(cause)) throw new Missing(packages, asked)
    throw cause
  }
}

function isMissing(cause: unknown): boolean {
  return ['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND'].includes(
    String((cause as NodeJS.ErrnoException | undefined)?.code),
  )
}

export function sayMissing({ packages, asked }: Missing, report: Report): void {
  const message = `\`${asked}\` asks for \`${packages}\`, which Octavo does not bring`
  error(report, 'missing-package', NOWHERE, message, `install it: \`npm install ${packages}\``)
}
