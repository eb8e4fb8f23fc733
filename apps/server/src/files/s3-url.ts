/** Where in which object storage files are. */
export interface S3Place {
  bucket: string;
  /** What every key begins with: empty, or ending in `/`. */
  prefix: string;
  /** The address of a storage that is not Amazon's. */
  endpoint?: string;
  region?: string;
  /** Whether the bucket is in the path of an address, rather than in its host name. */
  pathStyle: boolean;
}

const parameters = ['endpoint', 'region', 'style'];

/**
 * Reads `s3://bucket/prefix?endpoint=…&region=…&style=…`. The style is `path` where there is an endpoint and `host` where there is none,
 * unless it is said.
 *
 * @throws with a sentence that says what is wrong.
 */
export function readS3Url(text: string): S3Place {
  const url = URL.parse(text);
  // The names of buckets are those of hosts, which is why a URL keeps them as they are.
  if (url?.protocol !== 's3:' || !/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(url.host))
    throw new Error('It names no bucket. Give s3://bucket/prefix?endpoint=https://host&region=name.');
  // Not repeated: it would be in every log.
  if (url.username || url.password)
    throw new Error('It has credentials in it. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY instead.');
  const unknown = [...url.searchParams.keys()].filter((name) => !parameters.includes(name));
  if (unknown.length > 0)
    throw new Error(`It has ${unknown.join(', ')}. Known are ${parameters.join(', ')}.`);
  const endpoint = url.searchParams.get('endpoint') ?? undefined;
  if (endpoint !== undefined && !/^https?:$/.test(URL.parse(endpoint)?.protocol ?? ''))
    throw new Error(
      `Its endpoint is ${endpoint}. Give the address of the storage, such as https://obs.example.com.`,
    );
  if (endpoint && (URL.parse(endpoint)?.username || URL.parse(endpoint)?.password))
    throw new Error(
      'Its endpoint has credentials in it. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY instead.',
    );
  const style = url.searchParams.get('style') ?? (endpoint ? 'path' : 'host');
  if (style !== 'path' && style !== 'host') throw new Error(`Its style is ${style}. Give path or host.`);
  const region =
    url.searchParams.get('region') ?? (endpoint && !process.env.AWS_REGION ? 'us-east-1' : undefined);
  const prefix = decodeURIComponent(url.pathname).replace(/^\/+|\/+$/g, '');
  return {
    bucket: url.host,
    prefix: prefix && `${prefix}/`,
    pathStyle: style === 'path',
    ...(endpoint && { endpoint }),
    ...(region && { region }),
  };
}
