import { type Parts, partsOf, regionOf, type SampleRequest, variables } from './request.ts';

/** Where the client has a function that does more than the operation alone, and with which it should be done. */
const functions: Partial<Record<SampleRequest['operationId'], string>> = {
  // Looks for the task if the answer to the start is lost.
  exportConnectionRecords: 'startExport',
  // Goes on where a broken download stopped, and tells name and type of the file.
  downloadExportFile: 'downloadExport',
};

/**
 * The request with `@connection-records/client`, as a module for Node.
 *
 * @throws TypeError if a parameter is not one of the operation, or one of its path is missing.
 */
export function typescript(request: SampleRequest): string {
  const parts = partsOf(request);
  const { operationId, credentials, parameters } = request;
  const better = functions[operationId];
  const withToken = credentials === 'token';
  const projectId = literal(parameters.project_id);

  const client = ['createClient', withToken && 'token', better ?? 'unwrap'];
  const node = [!withToken && 'fromEnvironment', parts.answer === 'file' && 'saveTo'];
  const imports = [
    `import { ${names(client)} } from '@connection-records/client';`,
    ...(node.some(Boolean) ? [`import { ${names(node)} } from '@connection-records/client/node';`] : []),
  ];
  const identity = withToken
    ? `  projectId: ${projectId},\n  credentials: token(process.env.${variables.token} ?? ''),`
    : `  // ${variables.ak} and ${variables.sk}\n  ...fromEnvironment({ projectId: ${projectId} }),`;
  return `${imports.join('\n')}

const client = createClient({
  ${targetOf(request.baseUrl)},
${identity}
});
${unsaid(parts)}${use(request, parts, better)}`;
}

function use({ operationId, body }: SampleRequest, { given, answer }: Parts, better: string | undefined) {
  const query = given.filter((parameter) => parameter.in === 'query');
  const values = [
    ...given
      .filter(({ in: place, name }) => place === 'path' && name !== 'project_id')
      .map(({ value }) => value),
    ...Object.values(body ?? {}),
    ...(query.length ? [Object.fromEntries(query.map(({ name, value }) => [name, value]))] : []),
  ].map(literal);
  const call = better
    ? `await ${better}(${['client', ...values].join(', ')})`
    : `unwrap(await client.operations.${operationId}(${values.join(', ')}))`;
  if (answer === 'file')
    return `const { path, size } = await saveTo(${call}, '.');\nconsole.log(\`\${size} bytes in \${path}\`);`;
  return answer === 'nothing' ? `${call};` : `console.log(${call});`;
}

const unsaid = ({ given }: Parts) => {
  const headers = given.filter((parameter) => parameter.in === 'header').map(({ name }) => name);
  return headers.length ? `// Where it helps, the client itself sends ${headers.join(' and ')}.\n` : '';
};

const targetOf = (baseUrl: string) => {
  const region = regionOf(baseUrl);
  return region ? `region: ${literal(region)}` : `baseUrl: ${literal(baseUrl)}`;
};

const names = (list: (string | false)[]) =>
  list
    .filter((name) => name !== false)
    .sort()
    .join(', ');

/** A value as it is written in TypeScript. */
function literal(value: unknown): string {
  // The house prefers single quotes, where nothing has to be escaped.
  if (typeof value === 'string') return /["'\\\p{Cc}]/u.test(value) ? JSON.stringify(value) : `'${value}'`;
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const fields = Object.entries(value).map(([name, field]) => `${name}: ${literal(field)}`);
  const line = `{ ${fields.join(', ')} }`;
  return line.length <= 60 ? line : `{\n${fields.map((field) => `  ${field},\n`).join('')}}`;
}
