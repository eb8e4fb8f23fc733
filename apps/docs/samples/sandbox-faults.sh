api=http://127.0.0.1:4020
project=0123456789abcdef0123456789abcdef
get() { curl --silent --show-error -H 'X-Auth-Token: sandbox-token' "$@"; }

# An answer that refuses. Any other request goes on as usual.
get -H 'X-Sandbox-Fault: 503' "$api/v2/$project/export-tasks"
echo

# An export that fails.
get -H 'X-Sandbox-Fault: fail' "$api/v3/$project/desktops/connections/export" > /dev/null
while get "$api/v2/$project/export-tasks" | grep -q CREATING; do sleep 1; done
get "$api/v2/$project/export-tasks?status=FAIL"
