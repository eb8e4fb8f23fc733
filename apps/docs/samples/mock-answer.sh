curl -H 'X-Auth-Token: any' -H 'Prefer: example=exportFailed' \
  'http://127.0.0.1:4010/v2/0123456789abcdef0123456789abcdef/export-tasks'
