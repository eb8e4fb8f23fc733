npx -y pnpm@12 start
