// The door of the checks that only look: at the Book, at nothing else.
export { type LintMemory, lint } from './lint.js'
