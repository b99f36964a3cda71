// What the tests know of sbom.js.
export function billOf(root: string, paths: readonly string[]): string
