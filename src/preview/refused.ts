// What is thrown where something is asked for that cannot be done; its message says why, and is shown to whoever asked.
export class Refused extends Error {}
