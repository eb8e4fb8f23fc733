/** A request to sign, as the reader types it. */
export interface SigningInputs {
  method: string;
  url: string;
  /** A header on each line, `Name: value`. The host is that of the URL, unless it is given. */
  headers: string;
  body: string;
  ak: string;
  sk: string;
  /** As it is sent, `20260210T021122Z`. */
  date: string;
  algorithm: 'SDK-HMAC-SHA256' | 'V11-HMAC-SHA256';
  /** With V11-HMAC-SHA256, whose key is made for one region and one service. */
  region: string;
  service: string;
}

/** A request whose signature is known. */
export interface Vector {
  inputs: SigningInputs;
  signature: string;
}

const project = '0123456789abcdef0123456789abcdef';
const host = 'https://workspace.cn-north-4.myhuaweicloud.com';
const shared = {
  ak: 'AccessKey',
  sk: 'SecretKey',
  algorithm: 'SDK-HMAC-SHA256',
  region: 'cn-north-4',
  service: 'workspace',
} as const;

/**
 * `start` and `delete` are of this API, and the vendor's Python signer gives the same; `vendor` and `derived` are in the tests of the
 * vendor's Python SDK.
 */
export const vectors = {
  start: {
    inputs: {
      ...shared,
      method: 'GET',
      url: `${host}/v3/${project}/desktops/connections/export?start_time=2026-02-01T00:00:00Z&end_time=2026-02-08T00:00:00Z&terminal_type=Windows%2010&language=zh_CN&user_name=张三@corp.example`,
      headers: `X-Project-Id: ${project}`,
      body: '',
      date: '20260210T021122Z',
    },
    signature: '469ed3dfb15a910c757def907d453981c5bc3d08a0121253fc8d2c28a46d3ed3',
  },
  delete: {
    inputs: {
      ...shared,
      method: 'POST',
      url: `${host}/v2/${project}/export-tasks/batch-delete`,
      headers: `X-Project-Id: ${project}\nContent-Type: application/json;charset=UTF-8`,
      body: '{"task_ids":["2b31ed520f00f22aebedb6e57c0ffee0"]}',
      date: '20260210T021122Z',
    },
    signature: 'a802d5f246f85f5ff385a30ac364e970ebc1ae7a60938e3e2262055f9c4c8225',
  },
  vendor: {
    inputs: {
      ...shared,
      method: 'GET',
      url: 'https://service.endpoint.myhuaweicloud.com/resources?size=1',
      headers: '',
      body: '',
      date: '20200608T023900Z',
    },
    signature: 'cfb4171acec81de07d50e53d57eb77edd537414d66ddb1d7d780f128e12cd842',
  },
  derived: {
    inputs: {
      ...shared,
      algorithm: 'V11-HMAC-SHA256',
      method: 'GET',
      url: 'https://service.endpoint.myhuaweicloud.com/resources?size=1',
      headers: '',
      body: '',
      date: '20200608T023900Z',
      region: 'test-region-1',
      service: 'demo',
    },
    signature: 'f7dfee056692e58dede80fc80cb89bbfabf45552dd7cd8d18a0a13484455b98e',
  },
} satisfies Record<string, Vector>;

export type VectorName = keyof typeof vectors;
