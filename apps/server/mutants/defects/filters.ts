// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of sources.
import type { Change, Mutant } from '../mutant.ts';

const file = 'store/condition.ts';

/** The filters that both operations have; an empty one is as good as none. */
const common = ['user_name', 'computer_name', 'terminal_type', 'public_ip', 'enterprise_project_id'];

/** Leaves a filter out, in one of the two operations. */
function ignoring(name: string, operation: 'exportConnectionRecords' | 'listConnectionRecords'): Mutant {
  const own =
    operation === 'exportConnectionRecords'
      ? { from: '...common(projectId, query),\n    ...window', end: ',\n    ...window' }
      : { from: '...common(projectId, query),\n    ...readWindow', end: ',\n    ...readWindow' };
  return {
    defect: `${operation} ignores ${name}`,
    file: 'filters.ts',
    from: own.from,
    to: `...common(projectId, { ...query, ${name}: '' })${own.end}`,
    caught: new RegExp(`^${operation}.*${name}`),
  };
}

/** Leaves a bound of the latency out. */
function unbound(name: string, operation: string): Mutant {
  return {
    defect: `${operation} ignores ${name}`,
    file: 'filters.ts',
    from: `['${name}', query.${name}]`,
    to: `['${name}', undefined]`,
    caught: new RegExp(`^${operation}.*${name}`),
  };
}

const userName = "['user_name = ?', filter.userName]";
const computerName = "['computer_name = ?', filter.computerName]";
const terminalType = '[`${position}(terminal_type_lower, ?) > 0`, filter.terminalType?.toLowerCase()]';
const least = "['e2e_rtt >= ?', filter.minRtt]";
const most = "['e2e_rtt <= ?', filter.maxRtt]";

const inexact: (Pick<Mutant, 'defect' | 'caught' | 'says'> & Pick<Change, 'from' | 'to'>)[] = [
  {
    defect: 'user_name finds every name that it is part of',
    from: userName,
    to: "['instr(user_name, ?) > 0', filter.userName]",
    caught: /user_name/,
  },
  {
    defect: 'user_name finds every name that begins with it',
    from: userName,
    to: "['instr(user_name, ?) = 1', filter.userName]",
    caught: /user_name/,
  },
  {
    defect: 'user_name takes _ and % for any character',
    from: userName,
    to: "['user_name LIKE ?', filter.userName]",
    caught: /user_name/,
  },
  {
    defect: 'user_name takes * for any character',
    from: userName,
    to: "['user_name GLOB ?', filter.userName]",
    caught: /user_name/,
  },
  {
    defect: 'user_name ignores case',
    from: userName,
    to: "['user_name = ? COLLATE NOCASE', filter.userName]",
    caught: /user_name/,
  },
  {
    defect: 'user_name finds the part before the @ alone',
    from: userName,
    to: '["user_name = ? || \'@\' || domain", filter.userName]',
    caught: /user_name/,
  },
  {
    defect: 'computer_name finds every name that begins with it',
    from: computerName,
    to: "['instr(computer_name, ?) = 1', filter.computerName]",
    caught: /computer_name/,
  },
  {
    defect: 'computer_name takes _ for any character',
    from: computerName,
    to: "['computer_name LIKE ?', filter.computerName]",
    caught: /computer_name/,
  },
  {
    defect: 'terminal_type finds the whole name alone',
    from: terminalType,
    to: "['terminal_type_lower = ?', filter.terminalType?.toLowerCase()]",
    caught: /terminal_type/,
  },
  {
    defect: 'terminal_type finds the beginning of a name alone',
    from: terminalType,
    to: "['instr(terminal_type_lower, ?) = 1', filter.terminalType?.toLowerCase()]",
    caught: /terminal_type/,
  },
  {
    defect: 'terminal_type takes _ and % for any character',
    from: terminalType,
    to: "[\"terminal_type LIKE '%' || ? || '%'\", filter.terminalType]",
    caught: /terminal_type/,
  },
  {
    defect: 'public_ip finds every address that begins with it',
    from: "['public_ip = ?', filter.publicIp]",
    to: "['instr(public_ip, ?) = 1', filter.publicIp]",
    caught: /public_ip/,
  },
  {
    defect: 'public_ip looks at the address of the terminal',
    from: "['public_ip = ?', filter.publicIp]",
    to: "['terminal_ip = ?', filter.publicIp]",
    caught: /public_ip/,
  },
  {
    defect: 'enterprise_project_id finds records of no enterprise project as well',
    from: `["coalesce(nullif(enterprise_project_id, ''), '0') = ?", filter.enterpriseProjectId]`,
    to: `['coalesce(enterprise_project_id, ?1) = ?1', undefined], ["(enterprise_project_id = ? OR enterprise_project_id IS NULL)", filter.enterpriseProjectId]`,
    caught: /enterprise_project_id/,
  },
  {
    defect: 'enterprise_project_id 0 finds every record',
    from: `["coalesce(nullif(enterprise_project_id, ''), '0') = ?", filter.enterpriseProjectId]`,
    to: `["enterprise_project_id = ?", filter.enterpriseProjectId === '0' ? undefined : filter.enterpriseProjectId]`,
    caught: /enterprise_project_id/,
  },
  {
    defect: 'domain finds every domain that ends with it',
    from: "['domain = ?', filter.domain]",
    to: '["domain LIKE \'%\' || ?", filter.domain]',
    caught: /domain/,
  },
  {
    defect: 'the least latency leaves itself out',
    from: least,
    to: least.replace('>=', '>'),
    caught: /min_(e2e|network)_rtt/,
  },
  {
    defect: 'the greatest latency leaves itself out',
    from: most,
    to: most.replace('<=', '<'),
    caught: /max_(e2e|network)_rtt/,
  },
  {
    defect: 'the least latency is taken for the greatest, and the other way round',
    from: `${least},\n    ${most}`,
    to: `${least.replace('min', 'max')},\n    ${most.replace('max', 'min')}`,
    caught: /_rtt/,
  },
  {
    defect: 'a latency that was not measured counts as 0',
    from: most,
    to: most.replace('e2e_rtt', 'coalesce(e2e_rtt, 0)'),
    caught: /max_(e2e|network)_rtt/,
  },
  {
    defect: 'the latency of the network is filtered instead of the end-to-end one',
    from: `${least},\n    ${most}`,
    to: `${least},\n    ${most}`.replaceAll('e2e_rtt', 'network_rtt'),
    caught: /e2e_rtt/,
  },
  {
    defect: 'of two filters, the first one counts',
    from: 'const given = parts.filter(',
    to: 'const given = parts.filter((part, at) => part[1] === undefined || at < 3 || parts.slice(3, at).every((before) => before[1] === undefined)).filter(',
    caught: /./,
  },
];

/** Filters that are ignored, or find more or fewer records than they should. */
export const filterDefects: readonly Mutant[] = [
  ...common.map((name) => ignoring(name, 'exportConnectionRecords')),
  ...common.map((name) => ignoring(name, 'listConnectionRecords')),
  {
    defect: 'exportConnectionRecords ignores domain',
    file: 'filters.ts',
    from: '...(query.domain && { domain: query.domain }),',
    to: '',
    caught: /^exportConn.*domain/,
  },
  unbound('min_e2e_rtt', 'exportConnectionRecords'),
  unbound('max_e2e_rtt', 'exportConnectionRecords'),
  unbound('min_network_rtt', 'listConnectionRecords'),
  unbound('max_network_rtt', 'listConnectionRecords'),
  ...inexact.map((change) => ({ file, ...change })),
  {
    defect: 'a least latency above the greatest is not refused',
    file: 'filters.ts',
    from: 'minRtt > maxRtt) {',
    to: 'minRtt > maxRtt && false) {',
    caught: /_rtt/,
  },
  {
    defect: 'computer_name and public_ip together are computer_name alone',
    file: 'filters.ts',
    from: '...(query.public_ip && {',
    to: '...(query.public_ip && !query.computer_name && {',
    caught: /two filters|together/,
    says: /computer_name=.*public_ip=/,
  },
  {
    defect: 'the list of records ignores min_network_rtt where terminal_type is given',
    file: 'filters.ts',
    from: "['min_network_rtt', query.min_network_rtt]",
    to: "['min_network_rtt', query.terminal_type ? undefined : query.min_network_rtt]",
    caught: /^listConn.*(two filters|together)/,
    says: /terminal_type=.*min_network_rtt=/,
  },
  {
    defect: 'a greatest latency of 0 is as good as none',
    file: 'filters.ts',
    from: '...(maxRtt !== undefined && { maxRtt })',
    to: '...(maxRtt && { maxRtt })',
    caught: /rtt=0/,
  },
  {
    defect: 'a user name of Chinese characters is garbled',
    file: 'filters.ts',
    from: 'userName: query.user_name',
    to: "userName: Buffer.from(query.user_name, 'latin1').toString()",
    caught: /user_name/,
  },
  {
    defect: 'a user name is decoded twice',
    file: 'filters.ts',
    from: 'userName: query.user_name',
    to: 'userName: decodeURIComponent(query.user_name)',
    caught: /user_name/,
  },
];
