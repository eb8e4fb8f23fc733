import { algorithm, type Parts, partsOf, type SampleRequest, signedHeaders, variables } from './request.ts';

/**
 * The request as a program of Python 3.8 or newer, with nothing but its standard library.
 *
 * @throws TypeError if a parameter is not one of the operation, or one of its path is missing.
 */
export function python(request: SampleRequest): string {
  const parts = partsOf(request);
  return request.credentials === 'token'
    ? withToken(parts)
    : signed(parts, String(request.parameters.project_id));
}

/** A text as Python writes it: what JSON escapes, Python does. JSON itself is easier to read between single quotes. */
const text = (value: string) =>
  value.includes('"') && !/['\\]/.test(value) ? `'${value}'` : JSON.stringify(value);

const own = ({ headers }: Parts) => headers.map(([name, value]) => `${text(name)}: ${text(value)},`);

function withToken(parts: Parts): string {
  const { method, url, body, answer } = parts;
  const headers = [`"X-Auth-Token": os.environ["${variables.token}"],`, ...own(parts)];
  return `import os${answer === 'file' ? ', shutil' : ''}
from urllib.request import Request, urlopen

request = Request(
    ${text(url)},
    method="${method}",
    headers={${block(headers)}},${body && `\n    data=${text(body)}.encode(),`}
)
${read(answer)}`;
}

function signed(parts: Parts, projectId: string): string {
  const { method, origin, host, path, query, body, answer } = parts;
  const headers = ['**signed,', ...own(parts), '"Authorization": authorization,'];
  return `import hashlib, hmac, os${answer === 'file' ? ', shutil' : ''}
from datetime import datetime, timezone
from urllib.request import Request, urlopen

def sha256(data):
    return hashlib.sha256(data.encode()).hexdigest()

path = ${text(path)}
query = ${text(query)}
body = ${text(body)}
date = datetime.now(timezone.utc).strftime("%Y%m%dT%H%M%SZ")
signed = {"host": ${text(host)}, "x-project-id": ${text(projectId)}, "x-sdk-date": date}
lines = [f"{name}:{value}" for name, value in signed.items()]
canonical = "\\n".join(["${method}", path + "/", query, *lines, "", "${signedHeaders}", sha256(body)])
to_sign = "\\n".join(["${algorithm}", date, sha256(canonical)])
signature = hmac.new(os.environ["${variables.sk}"].encode(), to_sign.encode(), "sha256").hexdigest()
authorization = f"${algorithm} Access={os.environ['${variables.ak}']}, SignedHeaders=${signedHeaders}, Signature={signature}"

request = Request(
    ${text(origin)} + path${query && ' + "?" + query'},
    method="${method}",
    headers={${block(headers)}},${body && '\n    data=body.encode(),'}
)
${read(answer)}`;
}

const block = (lines: string[]) => `\n${lines.map((line) => `        ${line}\n`).join('')}    `;

const read = (answer: Parts['answer']) =>
  answer === 'file'
    ? `with urlopen(request) as response:
    name = os.path.basename(response.headers.get_filename("export"))
    with open(name, "wb") as file:
        shutil.copyfileobj(response, file)
print(name)`
    : `with urlopen(request) as response:
    print(response.read().decode())`;
