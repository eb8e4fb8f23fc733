import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // The tests of this package. The suite that it ships is named *.suite.ts, and is run by them.
    include: ['src/**/*.test.ts'],
    // Most of the time goes by in commands and servers that a test waits for.
    maxWorkers: 2,
    // No test changes a module, so none has to load them all anew.
    pool: 'threads',
    isolate: false,
    // A test here may run the whole suite, on a machine that is busy with others.
    testTimeout: 60_000,
  },
});
