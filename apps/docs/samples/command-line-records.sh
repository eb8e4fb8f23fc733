connection-records records list --limit 3
