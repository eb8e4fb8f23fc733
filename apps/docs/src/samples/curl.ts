import { algorithm, type Parts, partsOf, type SampleRequest, signedHeaders, variables } from './request.ts';
import { quote } from './shell.ts';

/**
 * The request for curl, in a POSIX shell. A signature is computed there too, with openssl.
 *
 * @throws TypeError if a parameter is not one of the operation, or one of its path is missing.
 */
export function curl(request: SampleRequest): string {
  const parts = partsOf(request);
  if (request.credentials === 'token') {
    const header = `-H "X-Auth-Token: $${variables.token}"`;
    return command(parts, [header], quote(parts.url), quote(parts.body));
  }
  return signed(parts, String(request.parameters.project_id));
}

function command(
  { method, headers, answer, body }: Parts,
  options: string[],
  url: string,
  data: string,
): string {
  const all = [
    // curl knows GET by itself, and POST by the body.
    ...(method === (body ? 'POST' : 'GET') ? [] : [`-X ${method}`]),
    ...options,
    ...headers.map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`),
    ...(body ? [`--data-raw ${data}`] : []),
    // The file keeps the name that the service gives it, and there is none if the service refuses.
    ...(answer === 'file' ? ['-fOJ'] : []),
    url,
  ];
  return `curl ${all.join(' \\\n  ')}`;
}

function signed(parts: Parts, projectId: string): string {
  const { method, host, path, query, origin, body } = parts;
  const options = [
    `-H "X-Project-Id: $project"`,
    `-H "X-Sdk-Date: $date"`,
    `-H "Authorization: ${algorithm} Access=$${variables.ak}, SignedHeaders=$signed, Signature=$signature"`,
  ];
  return `project=${quote(projectId)}
path=${quote(path)}
query=${query ? quote(query) : "''"}
body=${body ? quote(body) : "''"}
date=$(date -u +%Y%m%dT%H%M%SZ)
signed='${signedHeaders}'
sha256() { openssl dgst -sha256 "$@" | sed 's/.* //'; }

request=$(printf '%s\\n' ${method} "$path/" "$query" \\
  ${quote(`host:${host}`)} "x-project-id:$project" "x-sdk-date:$date" '' \\
  "$signed" "$(printf %s "$body" | sha256)")
signature=$(printf '%s\\n%s\\n%s' ${algorithm} "$date" "$(printf %s "$request" | sha256)" |
  sha256 -hmac "$${variables.sk}")

${command(parts, options, `"${origin}$path${query && '?$query'}"`, '"$body"')}`;
}
