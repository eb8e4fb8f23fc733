npx -y pnpm@12 exec node apps/docs/samples/quick-start.ts
