/** Of the server's README, the mock's and the hooks'. */
export const server: Readonly<Record<string, string>> = {
  command: '命令',
  'what it does': '作用',
  option: '选项',
  variable: '环境变量',
  default: '默认值',
  meaning: '含义',
  header: '请求头',
  'what happens': '效果',
  none: '无',
  off: '关闭',

  'answers requests until SIGINT or SIGTERM': '响应请求，直到收到 SIGINT 或 SIGTERM',
  'adds records: JSON, one a line, or CSV with the wire names. A bad line is reported with its number and the reason, the good ones are kept; what the project has already changes nothing. Ends with 1 if a line was left out.':
    '导入连接记录：每行一个 JSON 对象，或以接口字段名为表头的 CSV。有问题的行会报出行号和原因，其余的行照常导入；项目里已有的记录不会重复。只要有行被跳过，就以 1 退出。',
  'adds records of a made-up fleet, the same ones for the same day':
    '写入一批虚构桌面的连接记录；同一天生成的内容相同',

  'The folder of records, tasks and files; `:memory:` for one that goes with the server.':
    '存放记录、任务和文件的目录；`:memory:` 表示只在内存里，随进程消失。',
  'The port to listen on, 0 for a free one.': '监听的端口，0 表示任选一个空闲端口。',
  'The address to listen on.': '监听的地址。',
  'Who may call, as JSON.': '谁可以调用，JSON 文件。',
  'The format of exported files: xlsx or csv.': '导出文件的格式：xlsx 或 csv。',
  'A PostgreSQL of records and tasks, postgres://user@host/database, which several servers may share. Left out, a database in the folder.':
    '存放记录和任务的 PostgreSQL，形如 postgres://user@host/database，可由多台服务端共用。不填则用目录里的数据库。',
  'Where finished files are, file:///folder or s3://bucket/prefix; the same for all servers that share a store. Left out, in the folder.':
    '写好的文件放在哪里，file:///folder 或 s3://bucket/prefix；共用同一存储的服务端必须相同。不填则放在目录里。',
  'How many exports run at once on this server; the others wait in order.':
    '这台服务端同时执行多少个导出任务；其余的按顺序等待。',
  'How many exports of a project run at once, on all servers together. Left out, any number.':
    '所有服务端合计，一个项目同时执行多少个导出任务。不填则不限。',
  'How many exports run at once on all servers together. Left out, any number.':
    '所有服务端合计，同时执行多少个导出任务。不填则不限。',
  'How long an export belongs to a server that is not heard of any more, before another one does it.':
    '一台服务端失去联系后，它的导出任务还归它多少秒，之后由另一台接手。',
  'The port of `/metrics`, 0 for a free one. Left out, there are none.':
    '`/metrics` 的端口，0 表示任选一个空闲端口。不填则没有指标。',
  'How long exports that are being written may go on when the server is told to stop.':
    '收到停止信号后，正在写的导出任务还可以继续多少秒。',
  'Answer a download with a link to the bucket instead of the file.':
    '下载时返回指向存储桶的链接，而不是文件本身。',
  'How long a file can be downloaded before it expires.': '文件在过期之前可以下载多少小时。',
  'How many requests a credential may send in a minute. Left out, as many as it likes.':
    '一份凭证每分钟可以发多少个请求。不填则不限。',
  'How many requests that fail authentication an address may send in a minute. Left out, as many as it likes; behind a proxy, all callers have its address.':
    '一个地址每分钟可以发多少个认证失败的请求。不填则不限；放在代理后面时，所有调用方都是代理的地址。',
  'How long five wrong signatures in a row lock an access key, 0 for not at all.':
    '连续五次签名错误后锁定访问密钥多少秒，0 表示不锁定。',
  'The origin whose pages may call, `*` for any. Left out, none; in a sandbox, any.':
    '允许哪个来源的网页调用，`*` 表示任意来源。不填则都不允许；沙箱模式下默认允许任意来源。',
  'Obey the `X-Sandbox` headers, and take sandbox credentials if none are given: the token `sandbox-token`, or the access key `SANDBOX-ACCESS-KEY` with the secret `sandbox-secret-key`.':
    '听从 `X-Sandbox` 开头的请求头；如果没有配置凭证，就接受沙箱凭证：Token `sandbox-token`，或访问密钥 `SANDBOX-ACCESS-KEY` 及其私钥 `sandbox-secret-key`。',

  'the clock of the project moves on, by seconds (`s`), minutes (`m`), hours (`h`) or days (`d`)':
    '把这个项目的时钟往前拨，单位是秒（`s`）、分（`m`）、时（`h`）或天（`d`）',
  'the export that this request starts fails': '这个请求发起的导出会失败',
  'the export that this request starts takes that much longer': '这个请求发起的导出会多花这么久',
  '`X-Sandbox-Fault: 429`, `500` or `503`': '`X-Sandbox-Fault: 429`、`500` 或 `503`',
  'this request is answered so': '这个请求得到相应的错误响应',
  'this download breaks off after so many bytes': '这次下载在传完这么多字节后中断',
  'the header `Date` of this answer is off by that much': '这次响应的 `Date` 头偏差这么多秒',

  metric: '指标',
  what: '含义',
  'requests by `operation` and `status`, with their time': '请求数及耗时，按 `operation` 和 `status` 区分',
  'calls of the store by `call` and `outcome`, with their time':
    '对存储的调用及耗时，按 `call` 和 `outcome` 区分',
  'files by `format` and `outcome`, with the time of writing them':
    '文件数及写文件的耗时，按 `format` 和 `outcome` 区分',
  'rows in completed files; `rate()` of it is rows a second':
    '已写完的文件里的行数；对它取 `rate()` 就是每秒行数',
  'files that this server is writing': '这台服务端正在写的文件数',
  'tasks in the store by `status`, of all servers: take `max`, not `sum`':
    '存储中的任务数，按 `status` 区分，所有服务端的总数：汇总时取 `max`，不要 `sum`',
  'age of the oldest unfinished export, of all servers: the one to be woken for':
    '所有服务端中最早的未完成导出任务已等待多久：值得为它告警',
  'memory, processor time, lag of the event loop': '内存、处理器时间、事件循环延迟',

  'the port to listen on, 0 for a free one': '监听的端口，0 表示任选一个空闲端口',
  '0; the command 4010': '0；命令行为 4010',
  'the address to listen on': '监听的地址',
  'another OpenAPI document, JSON or YAML': '换成另一份 OpenAPI 文档，JSON 或 YAML',
  "this project's contract": '本项目的契约',
  'told of each refused request, in a line': '每拒绝一个请求就收到一行说明的回调',
  'nothing; the command logs it': '无；命令行会写入日志',

  hook: 'Hook',
  'what it is': '是什么',
  'a mutation; `mutate(request)` starts an export': 'mutation；`mutate(request)` 发起一次导出',
  'the id of the task': '任务 ID',
  'a query that follows an export until it ends; idle without an id':
    'query，跟踪一个导出任务直到结束；没有 ID 时什么也不做',
  'the last progress: `task`, `polls`, `elapsedMs`, `problem`; `error` is an `ExportError` if there will be no file':
    '最近一次进展：`task`、`polls`、`elapsedMs`、`problem`；如果不会有文件，`error` 就是一个 `ExportError`',
  'the tasks, newest first, a page at a time': '导出任务，最新的在前，逐页加载',
  '`pages`, each with `export_tasks` and `count`': '`pages`，每页有 `export_tasks` 和 `count`',
  'the records, a page at a time': '连接记录，逐页加载',
  '`pages`, each with `records` and `total_count`': '`pages`，每页有 `records` 和 `total_count`',
};
