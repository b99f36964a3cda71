// The library: `import { build, check } from 'octavo'`. No printing, no exit.

export type {
  BuildOptions,
  BuildResult,
  BuiltFile,
  CheckOptions,
  CheckResult,
  Diagnostic,
  EditionName,
  Severity,
  Stage,
} from './build.js'
export { build, check } from './build.js'
