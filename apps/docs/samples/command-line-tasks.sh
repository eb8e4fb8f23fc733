task=$(connection-records export --from 7d --out week.xlsx --json | sed -E 's/.*"taskId":"([^"]*)".*/\1/')
connection-records tasks list --status SUCCESS
connection-records tasks download "$task" --out again.xlsx
connection-records tasks delete "$task"
