import { afterEach, expect, test, vi } from 'vitest';
import { readS3Url } from './s3-url.ts';

afterEach(() => void vi.unstubAllEnvs());

test('a URL names a bucket, and what every key begins with', () => {
  expect(readS3Url('s3://my.bucket?region=eu-central-1')).toEqual({
    bucket: 'my.bucket',
    prefix: '',
    region: 'eu-central-1',
    pathStyle: false,
  });
  expect(readS3Url('s3://bucket/a/b%20c/?region=r')).toMatchObject({ prefix: 'a/b c/' });
});

test('another storage than Amazon’s has an address, and buckets in the path unless said otherwise', () => {
  vi.stubEnv('AWS_REGION', undefined);
  const endpoint = 'https://obs.example.com';
  expect(readS3Url(`s3://bucket?endpoint=${endpoint}`)).toEqual({
    bucket: 'bucket',
    prefix: '',
    endpoint,
    region: 'us-east-1',
    pathStyle: true,
  });
  expect(readS3Url(`s3://bucket?endpoint=${endpoint}&style=host`)).toMatchObject({ pathStyle: false });
});

test('a region that is not given is the environment’s to say', () => {
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  expect(readS3Url('s3://bucket?endpoint=http://localhost:9000').region).toBeUndefined();
  expect(readS3Url('s3://bucket').region).toBeUndefined();
});

test.each([
  ['s3://', 'It names no bucket. Give s3://bucket/prefix?endpoint=https://host&region=name.'],
  ['s3://Bucket_1', /^It names no bucket/],
  [
    's3://key:secret@bucket',
    /^It has credentials in it\. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY instead\.$/,
  ],
  ['s3://bucket?endpiont=x&region=r', 'It has endpiont. Known are endpoint, region, style.'],
  ['s3://bucket?endpoint=host:9000', /^Its endpoint is host:9000\. Give the address of the storage/],
  ['s3://bucket?style=virtual', 'Its style is virtual. Give path or host.'],
])('%s is refused with what is wrong', (url, message) => {
  expect(() => readS3Url(url)).toThrow(message);
});
