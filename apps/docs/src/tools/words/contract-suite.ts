/** Of the README of the contract suite. */
export const contractSuite: Readonly<Record<string, string>> = {
  What: '检查什么',
  How: '怎样检查',
  'Every documented status': '每个写明的状态码',
  'Status, media type, required headers, and the body against its schema.':
    '状态码、媒体类型、必需的响应头，以及响应体是否符合 schema。',
  'Every parameter': '每个参数',
  'Made from the contract: each with each of its words, at its limits, beyond them, of another type, repeated, empty, over-long, in capitals and in Chinese; and every two together.':
    '由契约生成：每个参数取遍枚举值、取边界值、越界、换类型、重复、留空、超长、大写、中文；并且两两组合。',
  'Who may ask': '谁可以请求',
  "Credentials left out, malformed and changed in every part of a signature; the forms that the vendor's SDKs sign; clocks 14 and 16 minutes off; other projects; and that no error tells a secret.":
    '不带凭证、凭证残缺、逐处改动签名；官方 SDK 的各种签名写法；时钟偏差 14 分钟和 16 分钟；别人的项目；以及错误信息不得泄露密钥。',
  'The life of a task': '任务的一生',
  'States move only forward; ids, pages, order and every filter of the list; `is_download`; downloads before the end, after it, in parts and never; deletes, twice, of several, while creating, and at once with everything else.':
    '状态只会往前走；ID、分页、排序和列表的每个过滤条件；`is_download`；在完成前、完成后下载，分段下载，以及永远下载不到；删除：删两次、批量删、生成中删、与其他操作同时删。',
  'What rows mean': '每一行的含义',
  'The suite reads the list of records, works out what each filter, every two filters and each window must give, and compares that with what comes: in pages, and in files of both languages, CSV or xlsx, told apart by their first bytes.':
    '套件先读出记录列表，自己算出每个过滤条件、每两个条件的组合、每个时间窗口应该得到什么，再与实际结果比较：包括分页结果，以及两种语言的文件（CSV 或 xlsx，按文件开头的字节区分）。',
  'Made-up requests and lives': '随机请求与随机任务',
  'Right and wrong requests at random, and random interleavings of starts, polls, downloads and deletes, which a model of the task judges. A failure is shrunk to the fewest `curl` lines, with the seed that repeats it.':
    '随机生成的正确与错误请求，以及发起、轮询、下载、删除的随机交错，由任务模型来判断对错。失败会缩减成最少的几行 `curl`，并给出可以重现它的种子。',

  Option: '选项',
  Variable: '环境变量',
  Default: '默认值',
  Meaning: '含义',
  required: '必填',
  nothing: '无',
  all: '全部',
  random: '随机',
  'The server, up to where its paths begin.': '服务端地址，写到接口路径之前为止。',
  'The project to ask about.': '要查询的项目。',
  'The server is a mock: it answers `Prefer: code=…, example=…` with that example of the contract, and remembers nothing. Each example is asked for and compared.':
    '被测的是 mock：它按 `Prefer: code=…, example=…` 返回契约里的那个示例，不记任何状态。逐个示例索取并比对。',
  'What the server lacks or forbids, with commas: start, download, delete, auth, verify, stateful, rows, rate-limit. See below.':
    '服务端缺少或不允许的能力，用逗号分隔：start、download、delete、auth、verify、stateful、rows、rate-limit。含义见下表。',
  'Start no export, delete nothing, flood nothing. Short for `--without start,delete,rate-limit`.':
    '不发起导出，不删除，不压测。等同于 `--without start,delete,rate-limit`。',
  'Which rules to try: `documented`, those of the vendor alone, or `all`, those that this project inferred too.':
    '检查哪些规则：`documented` 只检查官方文档写明的，`all` 也包括本项目推断的。',
  'Stay inside the limits that the vendor documents: 200 reads and 100 changes a minute. Floods nothing.':
    '不超过官方文档写明的频率：每分钟 200 次读、100 次写。不压测。',
  'The server is a sandbox of this project, whose clock `X-Sandbox-Advance` moves. It is moved for a made-up project, so that tasks expire.':
    '服务端是本项目的沙箱，可以用 `X-Sandbox-Advance` 拨动时钟。拨的是一个虚构项目的时钟，好让任务过期。',
  'A project that the credentials may not use: every operation must refuse it with 403.':
    '这份凭证无权使用的项目：每个接口都必须以 403 拒绝。',
  'How many random requests to try for each operation, and how many random lives of tasks.':
    '每个接口尝试多少个随机请求，以及多少个随机任务过程。',
  'Repeats the random requests of the run that printed this seed.':
    '重现打印出这个种子的那次运行的随机请求。',
  'A file with the secrets below, a line `NAME=value` for each. The environment goes before it.':
    '存放下列密钥的文件，每行一个 `NAME=value`。环境变量优先于它。',
  'How long to wait for one answer.': '等一个响应最多多少秒。',
  'How long to wait for an export to end, or for a server that answers 429.':
    '等一个导出结束，或等一个响应 429 的服务端，最多多少秒。',
  'Write the results to this file as JUnit XML.': '把结果以 JUnit XML 写入这个文件。',
  'Write the results to this file as JSON.': '把结果以 JSON 写入这个文件。',
  'Print this and end; `-h` does the same.': '打印帮助后退出；`-h` 相同。',
  'Print the version and end.': '打印版本后退出。',

  Capability: '能力',
  'Without it': '没有它时',
  'No export is started. Downloads are tried with a task that is there already.':
    '不发起导出。用已有的任务来试下载。',
  'No file is downloaded, so what is in files is not looked at either.': '不下载文件，因此也不检查文件内容。',
  'Nothing is deleted, not even what the run started.': '什么也不删，连这次运行自己发起的任务也不删。',
  'The target asks for no credentials: requests without any are not tried.':
    '被测服务端不要求凭证：不尝试不带凭证的请求。',
  'The target takes any credentials: wrong tokens and wrong signatures are not tried.':
    '被测服务端接受任何凭证：不尝试错误的 Token 和错误的签名。',
  'The target remembers nothing between two requests and knows the shape of a request alone: the life of a task, files against lists, and what a window or a task id means, are not tried.':
    '被测服务端不记状态，只认请求的形式：任务的一生、文件与列表的对照、时间窗口和任务 ID 的含义都不检查。',
  'The project has no records within the last 30 days: what needs some to look at is not tried.':
    '项目最近 30 天没有记录：需要看记录的检查都不做。',
  'The target is not flooded, which is otherwise the last thing that a run does: at most 1,000 small requests in 5 seconds.':
    '不压测被测服务端。否则这会是一次运行的最后一步：5 秒内最多 1000 个小请求。',

  'A token, sent as `X-Auth-Token`. If keys are set as well, requests carry the token, and the keys serve to try signatures.':
    'Token，放在 `X-Auth-Token` 中发送。如果同时设了密钥，请求使用 Token，密钥用来检查签名。',
  'A token that was right once. It must be refused; without it, that is not tried.':
    '一个曾经有效的 Token。它必须被拒绝；不设则不检查这一项。',
  'An access key and its secret, to sign each request with. Beside a token, an access key that the server does not know ends the run with 2.':
    '访问密钥和 SK，用来给每个请求签名。与 Token 同时给出时，如果服务端不认识这个访问密钥，运行以 2 结束。',
  'The security token that temporary keys come with.': '临时密钥附带的 security token。',

  Code: '退出码',
  'No case failed.': '没有用例失败。',
  'At least one case failed: the server breaks the contract.': '至少一个用例失败：服务端违反了契约。',
  'The suite could not be run, or not to its end: a wrong setting, credentials missing or refused (401, 403), a wrong base path (404), a server out of service (5xx) or out of reach. Standard error says which, a line for each mistake.':
    '套件没能运行，或没能跑完：设置有误、缺少凭证或凭证被拒绝（401、403）、基础路径不对（404）、服务端故障（5xx）或连不上。标准错误会逐行说明是哪一种。',
  'It was stopped with Ctrl-C (143: with SIGTERM). What it had started is deleted, standard error says how many tasks were and which could not be, and the files are written. A second Ctrl-C ends it at once.':
    '被 Ctrl-C 中断（SIGTERM 则为 143）。已发起的任务会被删除，标准错误会说明删了多少、哪些没删成，结果文件照常写出。再按一次 Ctrl-C 立即结束。',
};
