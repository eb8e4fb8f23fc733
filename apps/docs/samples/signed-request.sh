ak=SANDBOX-ACCESS-KEY
sk=sandbox-secret-key
api=http://127.0.0.1:4020
host=${api#http://}
path=/v2/0123456789abcdef0123456789abcdef/export-tasks
query='limit=1&offset=0' # sorted by name, encoded
date=$(date -u +%Y%m%dT%H%M%SZ)
hash() { openssl dgst -sha256 -r | cut -d ' ' -f 1; }

# Line by line: method, path with a slash at its end, query, headers,
# an empty line, the names of the headers, the hash of the body.
canonical="GET
$path/
$query
host:$host
x-sdk-date:$date

host;x-sdk-date
$(printf '' | hash)"

to_sign="SDK-HMAC-SHA256
$date
$(printf %s "$canonical" | hash)"

signature=$(printf %s "$to_sign" | openssl dgst -sha256 -hmac "$sk" -r | cut -d ' ' -f 1)

proof="Access=$ak, SignedHeaders=host;x-sdk-date, Signature=$signature"
curl --silent --show-error --fail "$api$path?$query" \
  -H "X-Sdk-Date: $date" -H "Authorization: SDK-HMAC-SHA256 $proof"
