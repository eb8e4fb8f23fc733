npx -y pnpm@12 --filter @connection-records/server... build
alias connection-records-server="npx -y pnpm@12 exec node apps/server/dist/cli.js"

connection-records-server seed --project 0123456789abcdef0123456789abcdef --rows 20000
connection-records-server --sandbox --port 4020 > server.log &

curl --silent --retry 5 --retry-connrefused 'http://127.0.0.1:4020/healthz'
