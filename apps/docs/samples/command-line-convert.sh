# How many connections yesterday and today, one JSON object a line:
connection-records export --from yesterday --format ndjson --out - | wc -l

# Every connection that waited 200 ms or longer, as CSV, and what a script wants to know of it:
connection-records export --from 30d --min-rtt 200 --out slow.csv --json
