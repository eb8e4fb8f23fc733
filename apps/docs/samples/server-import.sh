yesterday=$(node -p 'new Date(Date.now() - 24 * 3600 * 1000).toISOString().slice(0, 10)')

cat > records.jsonl <<END
{"connection_start_time":"${yesterday}T01:02:47Z","user_name":"zhang3","computer_name":"DESK-0042","e2e_rtt":38}
{"connection_start_time":"${yesterday}T01:05:10Z","user_name":"李四","computer_name":"DESK-0107"}
END
connection-records-server import records.jsonl --project 0123456789abcdef0123456789abcdef

# From a pipe, as CSV, with a line that is wrong. It ends with 1 then, and the good lines are in.
connection-records-server import - --project 0123456789abcdef0123456789abcdef <<END || echo "ended with $?"
connection_start_time,user_name
${yesterday}T02:00:00Z,wang5
yesterday,zhao6
END
