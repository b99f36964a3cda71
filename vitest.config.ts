import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Whole books are built and read back; a machine may be slow or busy. No test asserts a time, and none has a limit of its
    // own: this one only ends what would never end.
    testTimeout: 900_000,
    hookTimeout: 900_000,
    // Where no person looks on, the counts also go where .ci/run finds them.
    reporters: process.env['CI'] ? ['default', ['json', { outputFile: '.judges/tests.json' }]] : ['default'],
  },
  // What esbuild puts in when it bundles.
  define: { OCTAVO_VERSION: JSON.stringify('0.0.0-test') },
})
