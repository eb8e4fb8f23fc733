/** Of the README and the help of the command line. */
export const commandLine: Readonly<Record<string, string>> = {
  'the whole job: starts an export, waits, downloads, checks, puts the file into place':
    '整个流程：发起导出、等待、下载、校验、把文件放到位',
  'the export tasks of the project, the newest first; their files':
    '项目的导出任务，最新的在前；下载或删除它们的文件',
  'connection records as a table, without an export': '不经导出，直接以表格列出连接记录',
  'asks for the key, the project and the region, and writes the profile file, mode 0600':
    '询问密钥、项目和区域，写入配置文件（权限 0600）',
  'checks settings, credentials, network, clock and permissions, and says what to do':
    '检查设置、凭证、网络、时钟和权限，并告诉你该做什么',
  'prints a script that completes commands, options and their values':
    '打印补全脚本，可补全命令、选项和选项值',

  code: '退出码',
  done: '完成',
  'it failed: the task, the network, the file system, the service':
    '失败：任务、网络、文件系统或服务出了问题',
  'wrong usage: an option, or a setting that is missing; nothing was sent, or the service refused the request itself (400)':
    '用法有误：选项不对或缺少设置；请求没有发出，或服务拒绝了请求本身（400）',
  'credentials are missing, not accepted (401) or not allowed to do this (403)':
    '缺少凭证、凭证不被接受（401）或没有权限（403）',
  'interrupted: Ctrl-C, or a signal that ends it': '被 Ctrl-C 或终止信号中断',

  'in the profile file': '配置文件中',
  '`ak`, `sk` in `[basic]`': '`[basic]` 下的 `ak`、`sk`',
  '`HUAWEICLOUD_SDK_SECURITY_TOKEN`, with temporary keys': '`HUAWEICLOUD_SDK_SECURITY_TOKEN`，用于临时密钥',
  '`security_token` in `[basic]`': '`[basic]` 下的 `security_token`',
  '`CONNECTION_RECORDS_AUTH_TOKEN`, a token of IAM in place of a key':
    '`CONNECTION_RECORDS_AUTH_TOKEN`，用 IAM 的 Token 代替密钥',
  '`project_id` in `[basic]`': '`[basic]` 下的 `project_id`',
  '`region` in `[connection-records]`': '`[connection-records]` 下的 `region`',
  '`base_url` in `[connection-records]`': '`[connection-records]` 下的 `base_url`',

  'Which records': '哪些记录',
  'of connections that started then or later, 30d unless given': '此时或之后开始的连接，默认 30d',
  'of connections that started before, now unless given': '此时之前开始的连接，默认 now',
  'of this user': '这个用户的',
  'of this desktop': '这台桌面的',
  'from terminals with this in the name of their system': '终端系统名称中含有这段文字的',
  'from behind this address': '从这个出口 IP 连接的',
  'of this enterprise project': '属于这个企业项目的',
  'with this latency or more': '时延不低于这个毫秒数的',
  'with this latency or less': '时延不高于这个毫秒数的',
  'of users of this domain': '这个域的用户的',
  'The file': '文件',
  'file or folder to write to, or - for standard output': '写到哪个文件或目录，- 表示标准输出',
  'convert to this; left out, what the name in --out says': '转换成这种格式；不填则看 --out 的文件名',
  'language of the file, English unless given': '文件的语言，默认英文',
  'The export': '导出',
  'pick up an earlier export in place of a new one': '接着做之前的一次导出，而不是新建',
  'how long to wait for the export, 30m unless given': '等待导出多久，默认 30m',
  'The service': '服务',
  'region of the desktops, such as cn-north-4': '桌面所在的区域，如 cn-north-4',
  'another server of this API, in place of a region': '不用区域，而用另一个提供此 API 的服务端',
  'project of the desktops': '桌面所在的项目',
  Output: '输出',
  'print one JSON object, and nothing else, on standard output': '标准输出只打印一个 JSON 对象',
  'print nothing but errors': '只打印错误',
};
