curl -H 'X-Auth-Token: any' \
  'http://127.0.0.1:4010/v3/0123456789abcdef0123456789abcdef/desktops/connections/export?min_e2e_rtt=20000'
