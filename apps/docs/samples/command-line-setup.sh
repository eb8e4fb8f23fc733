alias connection-records="npx -y pnpm@12 exec node packages/cli/dist/cli.js"
export CONNECTION_RECORDS_BASE_URL=http://127.0.0.1:4020 CONNECTION_RECORDS_AUTH_TOKEN=sandbox-token
export HUAWEICLOUD_SDK_PROJECT_ID=0123456789abcdef0123456789abcdef
connection-records doctor
