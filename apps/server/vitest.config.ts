import { defineConfig } from 'vitest/config';

export default defineConfig({ test: { globalSetup: './src/store/postgres/setup.testing.ts' } });
