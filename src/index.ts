// The library: `import { build, check, createBuilder } from 'octavo'`. No printing, no exit.

export type {
  Builder,
  BuildOptions,
  BuildResult,
  BuiltFile,
  CheckOptions,
  CheckResult,
  Diagnostic,
  EditionName,
  Limits,
  Severity,
  Stage,
} from './build.js'
export { build, check, createBuilder } from './build.js'
