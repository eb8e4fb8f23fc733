# The server under test: here the sandbox, which is running already. The suite waits up to 10 seconds for one to answer.
export CONNECTION_RECORDS_BASE_URL=http://127.0.0.1:4020
export CONNECTION_RECORDS_PROJECT_ID=0123456789abcdef0123456789abcdef
export CONNECTION_RECORDS_AUTH_TOKEN=sandbox-token

# The exit code of the suite is that of the step, and results.xml goes to whatever shows test results.
connection-records-contract --without rate-limit --runs 5 --junit results.xml > contract.log
tail -n 1 contract.log
