api=http://127.0.0.1:4020
project=0123456789abcdef0123456789abcdef
get() { curl --silent --show-error --fail -H 'X-Auth-Token: sandbox-token' "$@"; }
field() { sed -E "s/.*\"$1\":\"([^\"]*)\".*/\1/"; }

# 1. Start: say which records. The answer is the id of a task.
export="$api/v3/$project/desktops/connections/export"
task=$(get "$export?terminal_type=Windows&language=en_US" | field task_id)

# 2. Ask, every few seconds, until the task is no longer CREATING.
status=CREATING
while [ "$status" = CREATING ]; do
  status=$(get "$api/v2/$project/export-tasks?task_id=$task" | field status)
  [ "$status" != CREATING ] || sleep 2
done
echo "The task is $status"

# 3. Download: the file gets the name that the service gives it.
get --remote-name --remote-header-name "$api/v2/$project/export-tasks/$task/download"
ls connection-records-2*
