# For a scheduler: last week's file, and a message if there is none.
connection-records export --from 7d --language zh_CN --out "records-$(date +%F).xlsx" --quiet ||
  echo "No records this week: connection-records ended with $?" >&2
