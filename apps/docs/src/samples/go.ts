import { algorithm, type Parts, partsOf, type SampleRequest, signedHeaders, variables } from './request.ts';

/**
 * The request as a program of Go, with nothing but its standard library.
 *
 * @throws TypeError if a parameter is not one of the operation, or one of its path is missing.
 */
export function go(request: SampleRequest): string {
  const parts = partsOf(request);
  const isSigned = request.credentials === 'signature';
  const projectId = String(request.parameters.project_id);
  const packages = [
    'io',
    'net/http',
    'os',
    ...(isSigned ? signing : []),
    ...(parts.answer === 'file' ? filing : []),
  ];
  if (isSigned || parts.body) packages.push('strings');
  if (isSigned || parts.answer === 'file') packages.push('fmt');
  const helper = isSigned
    ? `\nfunc sha256Hex(data string) string {\n\treturn fmt.Sprintf("%x", sha256.Sum256([]byte(data)))\n}\n`
    : '';
  return `package main

import (
${packages
  .sort()
  .map((name) => `\t"${name}"\n`)
  .join('')})
${helper}
func main() {
${(isSigned ? signed(parts, projectId) : withToken(parts)).map((line) => (line ? `\t${line}\n` : '\n')).join('')}${read(parts)}}`;
}

const signing = ['crypto/hmac', 'crypto/sha256', 'time'];
const filing = ['mime', 'path/filepath'];

/** A text as Go writes it: what JSON escapes, Go does. JSON itself is easier to read between back quotes. */
const text = (value: string) =>
  value.includes('"') && !value.includes('`') ? `\`${value}\`` : JSON.stringify(value);

const own = ({ headers }: Parts) =>
  headers.map(([name, value]) => `request.Header.Set(${text(name)}, ${text(value)})`);

function withToken(parts: Parts): string[] {
  const { method, url, body } = parts;
  return [
    `request, err := http.NewRequest("${method}", ${text(url)}, ${body ? `strings.NewReader(${text(body)})` : 'nil'})`,
    ...failing,
    `request.Header.Set("X-Auth-Token", os.Getenv("${variables.token}"))`,
    ...own(parts),
  ];
}

function signed(parts: Parts, projectId: string): string[] {
  const { method, origin, host, path, query, body } = parts;
  return [
    `host, project := ${text(host)}, ${text(projectId)}`,
    `path := ${text(path)}`,
    `query := ${text(query)}`,
    `body := ${text(body)}`,
    'date := time.Now().UTC().Format("20060102T150405Z")',
    'canonical := strings.Join([]string{',
    `\t"${method}", path + "/", query,`,
    '\t"host:" + host, "x-project-id:" + project, "x-sdk-date:" + date, "",',
    `\t"${signedHeaders}", sha256Hex(body),`,
    '}, "\\n")',
    `mac := hmac.New(sha256.New, []byte(os.Getenv("${variables.sk}")))`,
    `mac.Write([]byte("${algorithm}\\n" + date + "\\n" + sha256Hex(canonical)))`,
    `authorization := fmt.Sprintf("${algorithm} Access=%s, SignedHeaders=${signedHeaders}, Signature=%x",`,
    `\tos.Getenv("${variables.ak}"), mac.Sum(nil))`,
    '',
    `request, err := http.NewRequest("${method}", ${text(origin)}+path${query ? '+"?"+query' : ''}, strings.NewReader(body))`,
    ...failing,
    'request.Header.Set("X-Project-Id", project)',
    'request.Header.Set("X-Sdk-Date", date)',
    'request.Header.Set("Authorization", authorization)',
    ...own(parts),
  ];
}

const failing = ['if err != nil {', '\tpanic(err)', '}'];

const read = ({ answer }: Parts) =>
  [
    'response, err := http.DefaultClient.Do(request)',
    ...failing,
    'defer response.Body.Close()',
    'if response.StatusCode >= 300 {',
    '\tio.Copy(os.Stderr, response.Body)',
    '\tos.Exit(1)',
    '}',
    ...(answer === 'file'
      ? [
          '_, disposition, _ := mime.ParseMediaType(response.Header.Get("Content-Disposition"))',
          'file, err := os.Create(filepath.Base(disposition["filename"]))',
          ...failing,
          'io.Copy(file, response.Body)',
          'fmt.Println(file.Name())',
        ]
      : ['io.Copy(os.Stdout, response.Body)']),
  ]
    .map((line) => `\t${line}\n`)
    .join('');
