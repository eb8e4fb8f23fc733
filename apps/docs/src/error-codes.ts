// One table, in both languages. Codes, statuses and meanings: the vendor's table of gateway codes
// (https://support.huaweicloud.com/intl/en-us/devg-apisign/api-sign-errorcode.html), its table of Workspace's
// (https://support.huaweicloud.com/intl/en-us/api-workspace/ErrorCode.html), its API definitions and its Terraform provider.
import type contract from '@connection-records/openapi/openapi.json';

/** A text in English and in Chinese. */
export type Words = readonly [english: string, chinese: string];

/**
 * Whether to send the request again, which is this project's advice for every code: `no`, not unchanged; `later`, after a pause;
 * `renewed`, once, with a new token; `looked`, lists and downloads after a pause, a start after a look in the list of tasks.
 */
export type Again = 'no' | 'later' | 'renewed' | 'looked';

/** What a code means with one status, or with several that make no difference. */
export interface ErrorCase {
  code: string;
  /** None where no source says it. */
  statuses: readonly number[];
  meaning: Words;
  advice: Words;
  again: Again;
  /** Why this project takes the code to mean this here; left out, the vendor documents it. */
  inferred?: Words;
  /** The examples of the contract with this code and this status. */
  examples?: readonly (keyof typeof contract.components.examples)[];
}

const streaming: Words = [
  'The code is that of the vendor’s application streaming; none of Workspace for this is documented.',
  '该错误码出自云应用（应用流）的文档；云桌面没有为此情形公布错误码。',
];
const elsewhere: Words = [
  'The code is in the vendor’s tables; that exports and lists of records answer with it is not documented.',
  '该错误码见于官方错误码表；文档没有说明导出或查询连接记录时会返回它。',
];
const vendorSide: Words = [
  'Nothing that a caller can mend. If it stays, tell the vendor the X-Request-Id.',
  '调用方无法处理。若持续出现，请把 X-Request-Id 提供给华为云。',
];
const wait: Words = ['Wait and send it again.', '稍等片刻再发送。'];
const waitAndTell: Words = [
  'Wait and send it again. If it stays, tell the vendor the X-Request-Id.',
  '稍等片刻再发送；若持续出现，请把 X-Request-Id 提供给华为云。',
];
const administrator: Words = ['Ask an administrator of the account.', '请联系账号管理员。'];

export const errorCases: readonly ErrorCase[] = [
  {
    code: 'APIGW.0101',
    statuses: [404],
    meaning: [
      'There is no such API here, or not with this method.',
      '此处没有这个 API，或该 API 不支持此方法。',
    ],
    advice: ['Check the path, the method and the region.', '检查路径、请求方法和区域。'],
    again: 'no',
    examples: ['apiNotFound'],
  },
  {
    code: 'APIGW.0103',
    statuses: [404],
    meaning: ['The service behind the gateway was not found.', '网关后面的后端服务不存在。'],
    advice: vendorSide,
    again: 'no',
  },
  {
    code: 'APIGW.0104',
    statuses: [400],
    meaning: ['The gateway lacks a plug-in’s configuration.', '网关缺少插件配置。'],
    advice: vendorSide,
    again: 'no',
  },
  {
    code: 'APIGW.0105',
    statuses: [400],
    meaning: ['The gateway lacks the configuration of the service.', '网关缺少后端配置。'],
    advice: vendorSide,
    again: 'no',
  },
  {
    code: 'APIGW.0106',
    statuses: [400],
    meaning: ['The gateway could not translate the parameters.', '网关转换参数失败。'],
    advice: [
      'Check the parameters; else it is nothing that a caller can mend.',
      '检查请求参数；若无误，则调用方无法处理。',
    ],
    again: 'no',
  },
  {
    code: 'APIGW.0201',
    statuses: [400],
    meaning: ['The request is not valid.', '请求无效。'],
    advice: [
      'Check how it is put together: path, query, headers.',
      '检查请求的组成：路径、查询参数、请求头。',
    ],
    again: 'no',
  },
  {
    code: 'APIGW.0201',
    statuses: [413, 414, 494],
    meaning: [
      'The body is over 12 MB, the address too long, or the headers too large.',
      '请求体超过 12 MB、地址过长或请求头过大。',
    ],
    advice: ['Send less: at most 200 task ids in a deletion.', '减小请求：一次最多删除 200 个任务。'],
    again: 'no',
  },
  {
    code: 'APIGW.0201',
    statuses: [502, 504],
    meaning: [
      'The service behind the gateway was not there, or did not answer in time.',
      '后端服务不可用，或未及时响应。',
    ],
    advice: ['It may have done what was asked.', '后端可能已经执行了请求。'],
    again: 'looked',
  },
  {
    code: 'APIGW.0301',
    statuses: [401],
    meaning: ['The credentials are missing or wrong.', '认证信息缺失或有误。'],
    advice: [
      'The message tells which: no credentials, a wrong signature, a clock more than 15 minutes off, an unknown access key, a token that cannot be read, or a key that five wrong signatures in a row have locked for five minutes. Check the secret key, the clock and the region, and that the request is sent as it was signed.',
      '错误描述会说明是哪一种：没有认证信息、签名错误、时钟偏差超过 15 分钟、AK 不存在、Token 无法解析，或连续 5 次签名错误后 AK 被锁定 5 分钟。检查 SK、系统时钟和区域，并确认发送的请求与签名时一致。',
    ],
    again: 'no',
    examples: [
      'credentialsMissing',
      'signatureMismatch',
      'signatureExpired',
      'accessKeyUnknown',
      'accessKeyLocked',
    ],
  },
  {
    code: 'APIGW.0302',
    statuses: [403],
    meaning: ['This IAM user may not call the API.', '该 IAM 用户不允许调用此 API。'],
    advice: administrator,
    again: 'no',
    examples: ['callerForbidden'],
  },
  {
    code: 'APIGW.0303',
    statuses: [401],
    meaning: ['An app signed the request, and wrongly.', 'APP 认证信息有误。'],
    advice: ['Sign with an access key, or send a token.', '改用 AK/SK 签名或 Token。'],
    again: 'no',
  },
  {
    code: 'APIGW.0304',
    statuses: [403],
    meaning: ['The app may not call the API.', '该 APP 不允许调用此 API。'],
    advice: ['Sign with an access key, or send a token.', '改用 AK/SK 签名或 Token。'],
    again: 'no',
  },
  {
    code: 'APIGW.0305',
    statuses: [401],
    meaning: ['The credentials are wrong.', '认证信息有误。'],
    advice: ['Check them, as for APIGW.0301.', '参照 APIGW.0301 检查。'],
    again: 'no',
  },
  {
    code: 'APIGW.0306',
    statuses: [403],
    meaning: ['The gateway denies access.', '网关拒绝访问。'],
    advice: administrator,
    again: 'no',
  },
  {
    code: 'APIGW.0307',
    statuses: [401],
    meaning: ['The token has expired, or belongs to another region.', 'Token 已过期，或属于其他区域。'],
    advice: [
      'Get a new token from the identity service of the same region.',
      '在同一区域的 IAM 重新获取 Token。',
    ],
    again: 'renewed',
    examples: ['tokenExpired'],
  },
  {
    code: 'APIGW.0308',
    statuses: [429],
    meaning: ['Too many requests.', '请求过于频繁，被流控。'],
    advice: [
      'Wait as long as Retry-After says, if it is there; else longer each time.',
      '若有 Retry-After，按其等待；否则逐次延长等待时间。',
    ],
    again: 'later',
    examples: ['throttled'],
  },
  {
    code: 'APIGW.0310',
    statuses: [403],
    meaning: ['The project is not available.', '项目不可用。'],
    advice: ['Check the project id; ask an administrator of the account.', '检查项目 ID，或联系账号管理员。'],
    again: 'no',
  },
  {
    code: 'APIGW.0311',
    statuses: [401],
    meaning: ['The credentials of a debugging call are wrong.', '调试认证信息有误。'],
    advice: ['Check them, as for APIGW.0301.', '参照 APIGW.0301 检查。'],
    again: 'no',
  },
  {
    code: 'APIGW.0401',
    statuses: [403],
    meaning: ['The gateway cannot tell the caller’s IP address.', '网关无法识别客户端 IP。'],
    advice: ['Look at proxies on the way.', '检查途经的代理。'],
    again: 'no',
  },
  {
    code: 'APIGW.0402',
    statuses: [403],
    meaning: ['The caller’s IP address is not allowed.', '客户端 IP 未被授权。'],
    advice: ['Call from an allowed address, or ask an administrator.', '从允许的地址调用，或联系管理员。'],
    again: 'no',
  },
  {
    code: 'APIGW.0404',
    statuses: [403],
    meaning: ['The gateway may not reach the address of the service.', '网关不允许访问后端 IP。'],
    advice: vendorSide,
    again: 'no',
  },
  {
    code: 'APIGW.0501',
    statuses: [405],
    meaning: ['The quota of the app is used up.', 'APP 配额已用完。'],
    advice: administrator,
    again: 'no',
  },
  {
    code: 'APIGW.0502',
    statuses: [405],
    meaning: [
      'The app is frozen, over the balance of the account for example.',
      'APP 被冻结，例如账号欠费。',
    ],
    advice: administrator,
    again: 'no',
  },
  {
    code: 'APIGW.0601',
    statuses: [500],
    meaning: ['An internal error of the gateway.', '网关内部错误。'],
    advice: waitAndTell,
    again: 'looked',
    examples: ['internalError'],
  },
  {
    code: 'APIGW.0602',
    statuses: [400],
    meaning: ['The request is not valid.', '请求无效。'],
    advice: [
      'Check how it is put together: path, query, headers.',
      '检查请求的组成：路径、查询参数、请求头。',
    ],
    again: 'no',
  },
  {
    code: 'APIGW.0605',
    statuses: [500],
    meaning: ['The gateway could not resolve the name of the service.', '网关解析后端域名失败。'],
    advice: waitAndTell,
    again: 'looked',
  },
  {
    code: 'APIGW.0606',
    statuses: [500],
    meaning: ['The gateway has not loaded the API yet.', '网关尚未加载 API 配置。'],
    advice: waitAndTell,
    again: 'looked',
  },
  {
    code: 'APIGW.0607',
    statuses: [400],
    meaning: [
      'The protocol is not supported; the message names the one that is.',
      '不支持该协议；错误描述给出支持的协议。',
    ],
    advice: ['Use HTTPS.', '使用 HTTPS。'],
    again: 'no',
  },
  {
    code: 'APIGW.0608',
    statuses: [500],
    meaning: ['The gateway has no token of its own.', '网关无法获取管理 Token。'],
    advice: waitAndTell,
    again: 'looked',
  },
  {
    code: 'APIGW.0609',
    statuses: [500],
    meaning: ['The gateway does not find the network of the service.', '网关找不到后端所在的 VPC。'],
    advice: waitAndTell,
    again: 'looked',
  },
  {
    code: 'APIGW.0610',
    statuses: [502],
    meaning: ['No service behind the gateway is available.', '没有可用的后端服务。'],
    advice: ['It may come back within seconds.', '可能几秒后恢复。'],
    again: 'looked',
  },
  {
    code: 'APIGW.0611',
    statuses: [500],
    meaning: ['The gateway does not find the port of the service.', '网关找不到后端端口。'],
    advice: waitAndTell,
    again: 'looked',
  },
  {
    code: 'APIGW.0612',
    statuses: [500],
    meaning: ['The API leads to itself.', 'API 调用了自身。'],
    advice: waitAndTell,
    again: 'looked',
  },
  {
    code: 'APIGW.0613',
    statuses: [503],
    meaning: ['The identity service (IAM) is not available.', 'IAM 服务不可用。'],
    advice: wait,
    again: 'later',
    examples: ['identityUnavailable'],
  },
  {
    code: 'APIGW.0705',
    statuses: [500],
    meaning: ['The gateway could not sign the call to the service.', '网关计算后端签名失败。'],
    advice: waitAndTell,
    again: 'looked',
  },
  {
    code: 'APIGW.0801',
    statuses: [403],
    meaning: ['The service is not available in this region.', '该服务在此区域不可用。'],
    advice: ['Choose another region.', '更换区域。'],
    again: 'no',
  },
  {
    code: 'APIGW.0802',
    statuses: [403],
    meaning: ['This IAM user may not use the region.', '该 IAM 用户被禁止使用此区域。'],
    advice: administrator,
    again: 'no',
  },
  {
    code: 'WKS.00000000',
    statuses: [],
    meaning: ['Success. Some answers of Workspace carry it.', '成功。云桌面的部分响应带有它。'],
    advice: ['Nothing is wrong.', '无需处理。'],
    again: 'no',
    inferred: elsewhere,
  },
  {
    code: 'WKS.00000003',
    statuses: [500],
    meaning: ['Workspace could not read its database.', '云桌面读取数据库信息失败。'],
    advice: waitAndTell,
    again: 'looked',
    inferred: elsewhere,
  },
  {
    code: 'WKS.00000405',
    statuses: [405],
    meaning: ['The path does not have this method.', '该路径不支持此方法。'],
    advice: [
      'Check the method: three GETs and one POST make the whole job.',
      '检查请求方法：整个流程只用到 GET 和一个 POST。',
    ],
    again: 'no',
    inferred: [
      'The code is that of the vendor’s application streaming. The gateway’s own table answers a wrong method with 404 and APIGW.0101.',
      '该错误码出自云应用的文档；而网关自己的表中，方法错误返回 404 和 APIGW.0101。',
    ],
    examples: ['methodNotAllowed'],
  },
  {
    code: 'WKS.00000415',
    statuses: [415],
    meaning: ['The media type of the body is not supported.', '不支持请求体的媒体类型。'],
    advice: ['Send Content-Type: application/json.', '发送 Content-Type: application/json。'],
    again: 'no',
    inferred: streaming,
  },
  {
    code: 'WKS.0001',
    statuses: [400],
    meaning: ['The body of the request is empty.', '请求消息为空。'],
    advice: ['Send the body that the reference shows.', '按 API 参考发送请求体。'],
    again: 'no',
    inferred: elsewhere,
  },
  {
    code: 'WKS.00010099',
    statuses: [403],
    meaning: ['Workspace is not enabled in this project.', '该项目未开通云桌面服务（或已关闭）。'],
    advice: ['Check the project id and the region; enable Workspace.', '检查项目 ID 和区域，开通云桌面。'],
    again: 'no',
    examples: ['serviceNotEnabled'],
  },
  {
    code: 'WKS.00050902',
    statuses: [503],
    meaning: ['Workspace cannot process the request now.', '服务暂时无法处理请求。'],
    advice: wait,
    again: 'later',
    examples: ['serviceUnavailable'],
  },
  {
    code: 'WKS.00081102',
    statuses: [403],
    meaning: ['A policy does not allow the action.', '策略不允许该操作。'],
    advice: [
      'Ask an administrator for the action that the message names. Why it was refused is in encoded_authorization_message, which STS decodes.',
      '请管理员授予错误描述中的操作权限。被拒原因在 encoded_authorization_message 中，可通过 STS 解码。',
    ],
    again: 'no',
    inferred: streaming,
    examples: ['permissionMissing'],
  },
  {
    code: 'WKS.00170117',
    statuses: [400],
    meaning: ['The project has no Workspace tenant.', '租户不存在。'],
    advice: [
      'Enable Workspace in the project first, and check the project id.',
      '先在该项目开通云桌面，并检查项目 ID。',
    ],
    again: 'no',
    examples: ['tenantMissing'],
  },
  {
    code: 'WKS.00170312',
    statuses: [400],
    meaning: ['There is no such user, or no such tenant.', '用户或租户不存在。'],
    advice: ['Check user_name and the project id.', '检查 user_name 和项目 ID。'],
    again: 'no',
    inferred: elsewhere,
  },
  {
    code: 'WKS.00211102',
    statuses: [400],
    meaning: [
      'A parameter is not valid, the time window for example: too old, or its end before its start.',
      '参数无效，例如时间范围过早，或结束时间早于开始时间。',
    ],
    advice: [
      'Mend what the message names; the reference has the limits.',
      '按错误描述修改；取值范围见 API 参考。',
    ],
    again: 'no',
    inferred: streaming,
    examples: ['invalidParameter', 'windowTooOld', 'windowReversed'],
  },
  {
    code: 'WKS.00211102',
    statuses: [416],
    meaning: ['The range begins after the end of the file.', 'Range 的起点超出文件末尾。'],
    advice: ['Ask for less of the file, or for all of it.', '缩小范围，或下载整个文件。'],
    again: 'no',
    inferred: streaming,
    examples: ['rangeBeyondEnd'],
  },
  {
    code: 'WKS.00211302',
    statuses: [401],
    meaning: ['The user is not authorised.', '用户未授权。'],
    advice: ['Check the credentials, and the permissions.', '检查认证信息和权限。'],
    again: 'no',
    inferred: elsewhere,
  },
  {
    code: 'WKS.00211401',
    statuses: [500],
    meaning: [
      'Workspace could not do it. Also the error_code of an export task that failed.',
      '操作失败。失败的导出任务的 error_code 也可能是它。',
    ],
    advice: [
      'Wait and send it again; of a failed task, start another export.',
      '稍后重试；若是任务失败，重新发起导出。',
    ],
    again: 'looked',
    inferred: streaming,
    examples: ['operationFailed', 'exportFailed'],
  },
  {
    code: 'WKS.00211902',
    statuses: [404],
    meaning: [
      'There is no such task, or it has no file: not yet, or no longer.',
      '任务不存在，或没有文件：尚未生成，或已过期。',
    ],
    advice: [
      'Check the task id and the project; wait for SUCCESS; of a file that has expired, export again.',
      '检查任务 ID 和项目；等待状态变为 SUCCESS；文件过期则重新导出。',
    ],
    again: 'no',
    inferred: streaming,
    examples: ['taskNotFound', 'fileNotReady', 'fileExpired'],
  },
  {
    code: 'WKS.0202',
    statuses: [500],
    meaning: [
      'What was asked for was not found, whatever the status says.',
      '资源不存在（尽管状态码是 500）。',
    ],
    advice: ['Check ids and the project.', '检查各 ID 和项目。'],
    again: 'no',
    inferred: elsewhere,
  },
  {
    code: 'WKS.0915',
    statuses: [500],
    meaning: [
      'What was asked for was not found, whatever the status says.',
      '资源不存在（尽管状态码是 500）。',
    ],
    advice: ['Check ids and the project.', '检查各 ID 和项目。'],
    again: 'no',
    inferred: elsewhere,
  },
];
