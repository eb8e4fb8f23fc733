import { partsOf, regionOf, type SampleRequest, variables } from './request.ts';
import { quote } from './shell.ts';

/** The words of the command for each operation. */
const commands: Record<SampleRequest['operationId'], string> = {
  exportConnectionRecords: 'export',
  listExportTasks: 'tasks list',
  downloadExportFile: 'tasks download',
  deleteExportTasks: 'tasks delete',
  listConnectionRecords: 'records list',
};

/** The option of the command for each parameter of a query that it has one for. */
const options: Record<string, string> = {
  start_time: '--from',
  end_time: '--to',
  user_name: '--user',
  computer_name: '--computer',
  terminal_type: '--terminal',
  public_ip: '--public-ip',
  enterprise_project_id: '--enterprise-project',
  domain: '--domain',
  language: '--language',
  min_e2e_rtt: '--min-rtt',
  max_e2e_rtt: '--max-rtt',
  min_network_rtt: '--min-rtt',
  max_network_rtt: '--max-rtt',
  status: '--status',
  limit: '--limit',
};

/**
 * The request for the command `connection-records`; undefined if it has no option for what is asked. Of an export the command does the
 * whole job, and of a list it turns the pages by itself.
 *
 * @throws TypeError if a parameter is not one of the operation, or one of its path is missing.
 */
export function cli(request: SampleRequest): string | undefined {
  const { given } = partsOf(request);
  const asked = given.filter(
    ({ name, ...parameter }) => parameter.in !== 'path' && parameter.value !== parameter.default,
  );
  if (asked.some(({ name }) => !options[name])) return undefined;
  const region = regionOf(request.baseUrl);
  const words = [
    ...given
      .filter(({ in: place, name }) => place === 'path' && name !== 'project_id')
      .map(({ value }) => quote(String(value))),
    ...Object.values(request.body ?? {})
      .flat()
      .map((value) => quote(String(value))),
    `--project-id ${quote(String(request.parameters.project_id))}`,
    region ? `--region ${quote(region)}` : `--base-url ${quote(request.baseUrl)}`,
    ...asked.map(({ name, value }) => `${options[name]} ${quote(String(value))}`),
  ];
  const needs = request.credentials === 'token' ? variables.token : `${variables.ak} and ${variables.sk}`;
  return `# reads ${needs}\n${[`connection-records ${commands[request.operationId]}`, ...words].join(' \\\n  ')}`;
}
