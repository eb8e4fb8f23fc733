import { sign } from '@connection-records/client';

const host = 'workspace.cn-north-4.myhuaweicloud.com';
const project = '0123456789abcdef0123456789abcdef';

const signature = await sign(
  {
    method: 'GET',
    url: `https://${host}/v3/${project}/desktops/connections/export?terminal_type=Windows%2010&language=en_US`,
    headers: {
      Host: host,
      'X-Project-Id': project,
    },
    date: new Date('2026-02-10T02:11:22Z'),
  },
  { ak: 'AccessKey', sk: 'SecretKey' },
);
console.log(`--- the canonical request\n${signature.canonicalRequest}`);
console.log(`--- the string to sign\n${signature.stringToSign}`);
console.log(`--- the header\nAuthorization: ${signature.headers.Authorization}`);
