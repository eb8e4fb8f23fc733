import type { VectorName } from './vectors.ts';

/** What the page says, in English. A language that lacks any of it does not compile. */
const english = {
  needsScript:
    'To sign a request of your own, this page needs JavaScript, which is off. Below is an example, worked out.',
  example: 'Begin with an example',
  examples: {
    start: 'Start an export: GET with a query',
    delete: 'Delete tasks: POST with a body',
    vendor: 'A test of the vendor’s Python SDK',
    derived: 'The same with V11-HMAC-SHA256',
  } satisfies Record<VectorName, string> as Record<VectorName, string>,
  request: 'Your request',
  key: 'Your access key',
  fields: {
    method: 'Method',
    url: 'URL',
    headers: 'Headers',
    body: 'Body',
    ak: 'Access key (AK)',
    sk: 'Secret key (SK)',
    date: 'Time',
    region: 'Region',
    service: 'Service',
  },
  help: {
    headers: 'One on each line. Host comes from the URL, X-Sdk-Date from the time.',
    body: 'Exactly as it is sent, blanks included.',
    sk: 'It is never sent, neither by this page nor with your request.',
    date: 'UTC. The service takes what is within 15 minutes of its own clock.',
  },
  now: 'Now',
  algorithm: 'Algorithm',
  algorithmHelp:
    'The hosts of this service take the first. The vendor’s SDKs use the second for hosts outside the usual domains.',
  usual: 'the usual one',
  derivedKey: 'with a derived key',
  problems: {
    missing: 'This cannot be empty.',
    method: 'This is no method. Give GET or POST, for example.',
    url: 'This is no absolute URL. Give one that begins with https://.',
    header: (line: string) => `“${line}” is no header. Write Name: value, one on each line.`,
    made: (name: string) => `${name} is made by this page: take the line out, and give the time below.`,
    twice: (name: string) => `${name} is there twice. Give each header once.`,
    date: (value: string) => `“${value}” is no time. Write it like 20260210T021122Z.`,
  },
  failed: 'This browser signs only on pages with https, or on this machine. Open the page so.',
  stale: 'Correct what is marked above, and the steps follow.',
  known:
    'Known result: this request has been signed by the vendor’s own signer too, and that gave the same signature.',
  differs: 'The vendor’s own signer gives another signature for this request.',
  own: 'Signed as you type.',
  copy: 'Copy',
  copied: 'Copied',
  steps: {
    canonical: {
      title: 'Canonical request',
      text: 'You and the service write the request in the one form that both arrive at, whatever was changed on the way in upper and lower case, order and encoding. It has six parts, each on lines of its own.',
    },
    hash: {
      title: 'Its hash',
      text: 'SHA-256 of that text, as 64 hexadecimal digits. A single letter that differs gives another hash: compare this one first when a signature is refused.',
    },
    stringToSign: {
      title: 'String to sign',
      text: 'The algorithm, the time and the hash, each on a line. With V11-HMAC-SHA256, day, region and service come before the hash.',
    },
    signature: {
      title: 'Signature',
      text: 'HMAC-SHA256 of that string with the secret key, as hexadecimal digits. Only someone with the secret can make it. With V11-HMAC-SHA256 the key is first derived (HKDF) for that day, region and service.',
    },
    header: {
      title: 'The header Authorization',
      text: 'It tells the access key, the headers that were signed, and the signature. The service finds the secret by the access key and does the same steps.',
    },
    curl: {
      title: 'The request to send',
      text: 'With the time that was signed. It is good for 15 minutes, for whoever has it.',
    },
  },
  parts: {
    method: { title: 'Method', text: 'In capitals.' },
    path: { title: 'Path', text: 'Each part percent-encoded; a slash at the end, even if the URL has none.' },
    query: {
      title: 'Query',
      text: 'Sorted by name, then value. Encoded, so that a blank is %20 and Chinese is UTF-8. Empty if there is none.',
    },
    headers: { title: 'Headers', text: 'Names in small letters, sorted; values without blanks around them.' },
    signedHeaders: {
      title: 'Signed headers',
      text: 'The names of these headers again, with semicolons between.',
    },
    bodyHash: { title: 'Hash of the body', text: 'SHA-256, of nothing too if there is no body.' },
  },
  empty: '(empty)',
};

/** What the page says, in any language. */
export type SigningWords = typeof english;

const chinese: SigningWords = {
  needsScript: '为你自己的请求签名需要 JavaScript，而它已被关闭。以下是一个计算好的示例。',
  example: '从示例开始',
  examples: {
    start: '发起导出：带查询参数的 GET',
    delete: '删除导出任务：带请求体的 POST',
    vendor: '华为云 Python SDK 的一个测试用例',
    derived: '同上，使用 V11-HMAC-SHA256',
  },
  request: '你的请求',
  key: '你的访问密钥',
  fields: {
    method: '请求方法',
    url: 'URL',
    headers: '请求头',
    body: '请求体',
    ak: '访问密钥 ID（AK）',
    sk: '秘密访问密钥（SK）',
    date: '时间',
    region: '区域',
    service: '服务',
  },
  help: {
    headers: '每行一个。Host 取自 URL，X-Sdk-Date 取自时间。',
    body: '与实际发送的内容完全一致，包括空格。',
    sk: '绝不发送：本页不发送，你的请求中也没有它。',
    date: 'UTC。与服务端时钟相差不得超过 15 分钟。',
  },
  now: '当前时间',
  algorithm: '签名算法',
  algorithmHelp: '本服务的域名使用第一种。华为云 SDK 对常用域名之外的主机使用第二种。',
  usual: '通常使用',
  derivedKey: '使用派生密钥',
  problems: {
    missing: '此项不能为空。',
    method: '这不是请求方法。请填写 GET、POST 等。',
    url: '这不是绝对 URL。请填写以 https:// 开头的地址。',
    header: (line) => `“${line}”不是请求头。请按“名称: 值”填写，每行一个。`,
    made: (name) => `${name} 由本页生成：请删去这一行，在下面填写时间。`,
    twice: (name) => `${name} 出现了两次。每个请求头只写一次。`,
    date: (value) => `“${value}”不是时间。请按 20260210T021122Z 的格式填写。`,
  },
  failed: '此浏览器只允许在 https 页面或本机页面上计算签名。请以这种方式打开本页。',
  stale: '请修改上面标出的内容，步骤会随之更新。',
  known: '已知结果：该请求也用华为云自己的签名程序计算过，得到的签名与此相同。',
  differs: '华为云自己的签名程序对该请求得到的是另一个签名。',
  own: '随输入即时计算。',
  copy: '复制',
  copied: '已复制',
  steps: {
    canonical: {
      title: '规范请求',
      text: '你和服务端都把请求写成同一种规范形式，与传输途中大小写、顺序和编码的变化无关。它由六部分组成，每部分独占若干行。',
    },
    hash: {
      title: '规范请求的哈希',
      text: '对上述文本计算 SHA-256，得到 64 位十六进制数。哪怕一个字符不同，哈希也不同：签名被拒绝时，请先比较它。',
    },
    stringToSign: {
      title: '待签字符串',
      text: '算法、时间和哈希，各占一行。使用 V11-HMAC-SHA256 时，哈希之前还有日期、区域和服务。',
    },
    signature: {
      title: '签名',
      text: '用 SK 对待签字符串计算 HMAC-SHA256，以十六进制表示。只有持有 SK 的人才能算出。使用 V11-HMAC-SHA256 时，先为该日期、区域和服务派生密钥（HKDF）。',
    },
    header: {
      title: '请求头 Authorization',
      text: '其中有 AK、参与签名的请求头和签名。服务端用 AK 找到对应的 SK，再做一遍同样的步骤。',
    },
    curl: { title: '要发送的请求', text: '使用签名时的时间。15 分钟内有效，任何人拿到它都能使用。' },
  },
  parts: {
    method: { title: '请求方法', text: '大写。' },
    path: { title: '路径', text: '每一段都做百分号编码；即使 URL 末尾没有斜杠，这里也以斜杠结尾。' },
    query: {
      title: '查询参数',
      text: '先按名称、再按值排序，并做编码：空格为 %20，中文按 UTF-8 编码。没有则为空行。',
    },
    headers: { title: '请求头', text: '名称小写并排序，去掉值两端的空格。' },
    signedHeaders: { title: '已签名的请求头', text: '再次列出这些请求头的名称，以分号分隔。' },
    bodyHash: { title: '请求体的哈希', text: 'SHA-256；没有请求体时，对空内容计算。' },
  },
  empty: '（空）',
};

export const words: Record<'en' | 'zh-CN', SigningWords> = { en: english, 'zh-CN': chinese };
