import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Whole books are built and read back; a machine may be slow or busy. No test asserts a time.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
  // What esbuild puts in when it bundles.
  define: { OCTAVO_VERSION: JSON.stringify('0.0.0-test') },
})
