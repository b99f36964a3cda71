// The door of the checks that only look: at the Book, at nothing else.
export { lint } from './lint.js'
