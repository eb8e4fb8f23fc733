import type { Limits, Part } from './model.ts';

/** The words of the reference pages that are not in the contract. One that is missing in a language does not compile. */
export const words = {
  en: {
    reference: 'API reference',
    referenceLead:
      'Every operation, parameter and answer of the connection-records API, with examples and code that runs.',
    operations: 'Operations',
    service: 'Service',
    authentication: 'Authentication',
    authenticationLead: 'Send one of the two with every request. The guide tells how to get them:',
    authenticationGuide: 'authentication',
    inHeader: 'in the header',
    contract: 'The contract itself:',
    anError: 'Error',
    errorLead:
      'Every refusal, of whatever operation, has this body. What each code means and what to do is told on the page',
    errorPage: 'errors',
    permission: 'Permission',
    changes: 'changes something',
    code: 'Code',
    token: 'Token',
    signature: 'Signature',
    reads: (...names: string[]) => `Reads ${names.join(' and ')} from the environment.`,
    tryIt: 'Try it in the console',
    inOtherLanguage: ' (in Chinese)',
    parameters: 'Parameters',
    places: { path: 'Path', query: 'Query', header: 'Headers' },
    body: 'Request body',
    answers: 'Answers',
    answersLead: 'What to do about each error is told on the page',
    headers: 'Headers',
    fields: 'Fields',
    errorFields: 'The fields of an error',
    examples: 'Examples',
    example: 'Example',
    required: 'required',
    optional: 'optional',
    requiredBody: 'Required.',
    byDefault: 'default',
    oneOf: 'One of',
    pattern: 'Pattern',
    eachOnce: 'each one once',
    source: 'Source',
    inferred: 'inferred',
    units: { milliseconds: 'milliseconds', seconds: 'seconds', characters: 'characters', items: 'items' },
    from: (least: number, most: number, unit: string) => `${least} to ${most} ${unit}`.trim(),
    atLeast: (least: number, unit: string) => `at least ${least} ${unit}`.trim(),
    atMost: (most: number, unit: string) => `at most ${most} ${unit}`.trim(),
    inUnit: (unit: string) => `in ${unit}`,
    seeRecord: 'Its fields are those of',
    record: 'ConnectionRecord',
    recordTitle: 'Connection record',
    recordLead:
      'Every field of a connection record, and the name of its column in an exported file, in English and in Chinese.',
    recordIn: 'It is what these operations give:',
    column: 'Column',
    columnIn: { en_US: 'English', zh_CN: 'Chinese' },
    noColumn: 'no column in the file',
    fileColumns: 'Columns of the file',
    fileColumnsLead:
      'An exported file has these columns, in this order. The vendor documents none: they are those of its console, so for a file they are inferred.',
    field: 'Field',
    wholeRecord: 'A whole record',
  },
  'zh-cn': {
    reference: 'API 参考',
    referenceLead: '连接记录 API 的每个接口、参数和响应，附示例和可以直接运行的代码。',
    operations: '接口',
    service: '服务地址',
    authentication: '认证',
    authenticationLead: '每个请求都要携带以下两种凭证之一。如何获取，请参阅指南：',
    authenticationGuide: '认证',
    inHeader: '请求头',
    contract: '契约原文：',
    anError: '错误',
    errorLead: '任何接口在拒绝请求时都返回这种响应体。各错误码的含义和处理办法，请参阅',
    errorPage: '错误',
    permission: '权限',
    changes: '会产生变更',
    code: '代码示例',
    token: 'Token',
    signature: '签名',
    reads: (...names: string[]) => `从环境变量 ${names.join(' 和 ')} 读取凭证。`,
    tryIt: '在控制台中试一试',
    inOtherLanguage: '（英文）',
    parameters: '参数',
    places: { path: '路径', query: '查询参数', header: '请求头' },
    body: '请求体',
    answers: '响应',
    answersLead: '遇到各种错误时该怎么办，请参阅',
    headers: '响应头',
    fields: '字段',
    errorFields: '错误响应的字段',
    examples: '示例',
    example: '示例',
    required: '必填',
    optional: '可选',
    requiredBody: '必填。',
    byDefault: '默认值',
    oneOf: '取值',
    pattern: '格式',
    eachOnce: '不可重复',
    source: '来源',
    inferred: '推断',
    units: { milliseconds: '毫秒', seconds: '秒', characters: '个字符', items: '项' },
    from: (least: number, most: number, unit: string) => `${least} 到 ${most} ${unit}`.trim(),
    atLeast: (least: number, unit: string) => `至少 ${least} ${unit}`.trim(),
    atMost: (most: number, unit: string) => `至多 ${most} ${unit}`.trim(),
    inUnit: (unit: string) => `单位：${unit}`,
    seeRecord: '各字段见',
    record: 'ConnectionRecord',
    recordTitle: '连接记录',
    recordLead: '连接记录的每个字段，以及它在导出文件中的英文列名和中文列名。',
    recordIn: '以下接口给出连接记录：',
    column: '列名',
    columnIn: { en_US: '英文', zh_CN: '中文' },
    noColumn: '文件中没有此列',
    fileColumns: '文件的列',
    fileColumnsLead:
      '导出文件依次包含以下各列。官方没有说明文件的列：它们取自官方控制台，因此就文件而言属于推断。',
    field: '字段',
    wholeRecord: '一条完整的记录',
  },
};

/** A language of the pages, as it stands in their addresses. */
export type Locale = keyof typeof words;
/** The words of one language. */
export type Words = (typeof words)['en'];

// The other language has all of them, and of the same kind.
words satisfies Record<Locale, Words>;

/** What a value must keep to, in words: `1 to 255 characters`. */
export function limitsInWords(
  { limits, unit = undefined, type }: Pick<Part, 'limits' | 'unit' | 'type'>,
  w: Words,
): string[] {
  const { minimum, maximum, minLength, maxLength, minItems, maxItems, uniqueItems }: Limits = limits;
  const measure = unit ? w.units[unit] : '';
  const all = [
    range(minimum, maximum, measure, w),
    range(minLength, maxLength, w.units.characters, w),
    range(minItems, maxItems, w.units.items, w),
  ];
  if (unit && !all.some(Boolean)) all.push(w.inUnit(measure));
  if (uniqueItems && type.endsWith('[]')) all.push(w.eachOnce);
  return all.filter((one) => one !== undefined);
}

function range(
  least: number | undefined,
  most: number | undefined,
  unit: string,
  w: Words,
): string | undefined {
  if (least !== undefined && most !== undefined) return w.from(least, most, unit);
  if (least !== undefined) return w.atLeast(least, unit);
  return most === undefined ? undefined : w.atMost(most, unit);
}
