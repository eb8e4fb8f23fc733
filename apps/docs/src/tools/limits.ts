// The limits of the API, with where each comes from. Numbers that the contract has are read from it.
import contract from '@connection-records/openapi/openapi.json' with { type: 'json' };
import type { Words } from './regions.ts';

/** What a limit is worth. */
export type Basis = 'documented' | 'inferred' | 'unknown';

/** A limit, and who says so. */
export interface Limit {
  of: Words;
  value: Words;
  basis: Basis;
  why: Words;
  source?: string;
}

/** The same text in both languages: a number, a name. */
const same = (text: string): Words => ({ en: text, 'zh-CN': text });
const words = (en: string, chinese: string): Words => ({ en, 'zh-CN': chinese });

interface Schema {
  minimum?: number;
  maximum?: number;
  default?: number;
  maxLength?: number;
}
const { parameters, schemas } = contract.components;
const schemaOf = (name: keyof typeof parameters) => parameters[name].schema as Schema;
const number = (value = Number.NaN) => value.toLocaleString('en-US');

/** From which number to which, and what it is when nobody says. */
function range(name: keyof typeof parameters): Words {
  const { minimum, maximum, default: initial } = schemaOf(name);
  const limits = [minimum, maximum].map(number);
  const [en, chinese] = [limits.join(' to '), limits.join('～')];
  return initial === undefined
    ? words(en, chinese)
    : words(`${en}; ${initial} unless given`, `${chinese}；默认 ${initial}`);
}
const ids = schemas.DeleteExportTasksRequest.properties.task_ids;

const pages = 'https://support.huaweicloud.com/api-workspace';
const exportPage = 'https://support.huaweicloud.com/intl/en-us/api-workspace/ExportUserConnectionNew.html';
const signing = 'https://support.huaweicloud.com/intl/en-us/devg-apisign';
const javaSdk = words(
  'The SDK for Java, ExportUserConnectionNewRequest',
  'Java SDK 的 ExportUserConnectionNewRequest',
);

export const limits: readonly Limit[] = [
  {
    of: words('Days in one export', '一次导出的时间跨度'),
    value: words('at most 30', '最多 30 天'),
    basis: 'documented',
    why: words('The page of the export', '导出接口的页面'),
    source: exportPage,
  },
  {
    of: words('How far back an export reaches', '导出能追溯多久'),
    value: words('30 days', '30 天'),
    basis: 'documented',
    why: words('The page, for each bound', '页面对两个边界都这样写'),
    source: exportPage,
  },
  {
    of: words('How far back a list of records reaches', '记录列表能追溯多久'),
    value: words('30 days', '30 天'),
    basis: 'inferred',
    why: words('Read as for the export; the page of the list is silent', '按导出接口理解；列表页面没有写'),
  },
  {
    of: words('Precision of the bounds of an export', '导出的时间精度'),
    value: words('seconds, 2026-02-01T00:00:00Z', '秒，2026-02-01T00:00:00Z'),
    basis: 'inferred',
    why: words("The form of the page's example", '取自页面示例的写法'),
    source: exportPage,
  },
  {
    of: words('Precision of the bounds of a list of records', '记录列表的时间精度'),
    value: words('minutes, 2026-02-01T00:00Z', '分钟，2026-02-01T00:00Z'),
    basis: 'inferred',
    why: words("The form of the page's example", '取自页面示例的写法'),
    source: `${pages}/ListLoginRecordsNew.html`,
  },
  {
    of: words('Latency of an export, in ms', '导出的时延过滤（毫秒）'),
    value: range('MinE2eRtt'),
    basis: 'documented',
    why: javaSdk,
  },
  {
    of: words('Latency of a list of records, in ms', '记录列表的时延过滤（毫秒）'),
    value: range('MinNetworkRtt'),
    basis: 'documented',
    why: words('The page of the list', '列表接口的页面'),
    source: `${pages}/ListLoginRecordsNew.html`,
  },
  {
    of: words(
      'Length of user_name, computer_name and terminal_type',
      'user_name、computer_name、terminal_type 的长度',
    ),
    value: words(
      `at most ${schemaOf('UserName').maxLength} characters`,
      `最多 ${schemaOf('UserName').maxLength} 个字符`,
    ),
    basis: 'inferred',
    why: words('Documented for the list, silent for the export', '列表接口写明，导出接口没有写'),
    source: `${pages}/ListLoginRecordsNew.html`,
  },
  {
    of: words('Tasks on a page', '每页任务数'),
    value: range('TasksLimit'),
    basis: 'documented',
    why: words('The page of the list of tasks', '任务列表的页面'),
    source: `${pages}/ListExportTasks.html`,
  },
  {
    of: words('Records on a page', '每页记录数'),
    value: range('RecordsLimit'),
    basis: 'documented',
    why: words('The page of the list; an older revision has 0 to 100', '列表接口的页面；旧版本是 0～100'),
    source: `${pages}/ListLoginRecordsNew.html`,
  },
  {
    of: words('offset', 'offset'),
    value: range('Offset'),
    basis: 'documented',
    why: words('The page of the list of tasks', '任务列表的页面'),
    source: `${pages}/ListExportTasks.html`,
  },
  {
    of: words('Ids in one deletion', '一次删除的任务数'),
    value: words(
      `${ids.minItems} to ${ids.maxItems}, each once`,
      `${ids.minItems}～${ids.maxItems} 个，不得重复`,
    ),
    basis: 'documented',
    why: words('The page of the deletion', '删除接口的页面'),
    source: `${pages}/DeleteExportTasks.html`,
  },
  {
    of: words('Length of a task id', '任务 ID 的长度'),
    value: words(
      `${ids.items.minLength} to ${ids.items.maxLength} characters`,
      `${ids.items.minLength}～${ids.items.maxLength} 个字符`,
    ),
    basis: 'inferred',
    why: words(
      'Documented where tasks are deleted, taken over for the rest',
      '删除接口写明，其他接口照此理解',
    ),
    source: `${pages}/DeleteExportTasks.html`,
  },
  {
    of: words('Body of a signed request', '签名请求的请求体'),
    value: same('12 MB'),
    basis: 'documented',
    why: words('The algorithm of signatures', '签名算法说明'),
    source: `${signing}/api-sign-algorithm-002.html`,
  },
  {
    of: words('Clock of a signed request', '签名请求的时钟偏差'),
    value: words('15 minutes off', '15 分钟'),
    basis: 'documented',
    why: words('The algorithm of signatures', '签名算法说明'),
    source: `${signing}/api-sign-algorithm-002.html`,
  },
  {
    of: words('Wrong signatures in a row', '连续签名错误'),
    value: words('5, then the key is locked for 5 minutes', '5 次，之后访问密钥锁定 5 分钟'),
    basis: 'documented',
    why: words('The error codes of the gateway', '网关错误码'),
    source: `${signing}/api-sign-errorcode.html`,
  },
  {
    of: words('Life of a token', 'Token 的有效期'),
    value: words('24 hours', '24 小时'),
    basis: 'documented',
    why: words('The page on tokens', '获取 Token 的页面'),
    source: 'https://support.huaweicloud.com/intl/en-us/api-iam/iam_30_0001.html',
  },
  {
    of: words('Requests to one API at the gateway', '网关对单个 API 的限流'),
    value: words('about 200 a second', '每秒约 200 次'),
    basis: 'documented',
    why: words('The error codes of the gateway', '网关错误码'),
    source: `${signing}/api-sign-errorcode.html`,
  },
  {
    of: words('Requests of one user to Workspace', '单个用户对云桌面的请求'),
    value: words('200 reads and 100 changes a minute', '每分钟 200 次读、100 次写'),
    basis: 'inferred',
    why: words(
      'The figures that most operations have; the rows of these were not seen, and exports may be held tighter',
      '多数接口的数值；没有看到这几个接口的行，导出可能更严',
    ),
    source: `${pages}/workspace_09_0005.html`,
  },
  {
    of: words('Tasks that are kept, and that run at once', '保留与并发的任务数'),
    value: words('not documented', '未写明'),
    basis: 'unknown',
    why: words('No page says', '没有页面写明'),
  },
  {
    of: words('Rows and bytes of a file', '文件的行数与大小'),
    value: words('not documented', '未写明'),
    basis: 'unknown',
    why: words('No page says', '没有页面写明'),
  },
  {
    of: words('How long a file can be downloaded', '文件可下载多久'),
    value: words('not documented; EXPIRED exists', '未写明；但存在 EXPIRED 状态'),
    basis: 'unknown',
    why: words("No page says; 7 days with this project's server", '没有页面写明；本项目的服务端是 7 天'),
  },
];
