// How often and from which seed properties are tried: the same in every run, unless the environment asks for more or others
// (OCTAVO_RUNS=100000 OCTAVO_SEED=7).
export function runs(usual: number): { numRuns: number; seed: number } {
  const { OCTAVO_RUNS, OCTAVO_SEED } = process.env
  return { numRuns: OCTAVO_RUNS === undefined ? usual : Number(OCTAVO_RUNS), seed: Number(OCTAVO_SEED ?? 1936) }
}
