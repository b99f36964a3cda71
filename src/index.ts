// The library: `import { build, check, createBuilder, outline, preview, publish, themes, verify, watch, work } from 'octavo'`. No printing, no exit.

export type {
  Builder,
  BuildOptions,
  BuildResult,
  BuiltFile,
  CheckOptions,
  CheckResult,
  Diagnostic,
  EditionName,
  Files,
  Limits,
  OutlineResult,
  Progress,
  Severity,
  Stage,
} from './build.js'
export { build, check, createBuilder, outline, themes } from './build.js'
export type { Preview, PreviewOptions, Watch, WatchOptions } from './preview.js'
export { preview, watch } from './preview.js'
export type { PublishOptions, PublishResult, VerifyOptions, VerifyResult, WorkOptions } from './publish/index.js'
export { publish, verify, work } from './publish/index.js'
