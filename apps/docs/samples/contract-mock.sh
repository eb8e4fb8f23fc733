alias connection-records-contract="npx -y pnpm@12 exec node packages/contract/dist/cli.js"
export CONNECTION_RECORDS_AUTH_TOKEN=any

connection-records-contract --base-url http://127.0.0.1:4010 \
  --project-id 0123456789abcdef0123456789abcdef --examples
