// In: a place in a file. Out: the author's editor, opened there.
import type { OpenEditor } from './options.js'

/** Whatever editor runs on this machine, or `LAUNCH_EDITOR`, `VISUAL` or `EDITOR`. Why it cannot be opened, if it cannot. */
export async function launch(path: string, line: number, column: number): Promise<string | undefined> {
  const { default: launchEditor } = await import('launch-editor')
  return new Promise((done) => {
    launchEditor(`${path}:${line}:${column}`, (_file, why) => done(why ?? NONE))
    // It says nothing when all is well.
    setTimeout(() => done(undefined), 150).unref()
  })
}

const NONE = 'no editor was found: start yours, or name it in the environment: EDITOR'

export async function openWith(
  editor: OpenEditor | undefined,
  path: string,
  line: number,
  column: number,
): Promise<string | undefined> {
  if (editor === undefined) return launch(path, line, column)
  editor(path, line, column)
  return undefined
}
