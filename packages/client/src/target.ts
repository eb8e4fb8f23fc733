/** Where the service is: a region of the public cloud, or the address of another server of this API. */
export type Target =
  | {
      /** Id of a region, such as `cn-north-4`. The service is called at `https://workspace.<region>.myhuaweicloud.com`. */
      region: string;
      baseUrl?: undefined;
    }
  | {
      /** Address of a server, such as `http://127.0.0.1:4010`. It may have a path, to which those of the API are added. */
      baseUrl: string;
      region?: undefined;
    };

/**
 * The address that is called.
 *
 * @throws TypeError if there is none, or it cannot be right.
 */
export function readTarget({ region, baseUrl }: Target): string {
  if (!region === !baseUrl)
    throw new TypeError('Give either region, such as cn-north-4, or baseUrl, such as http://127.0.0.1:4010.');
  if (region && !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(region))
    throw new TypeError(`"${region}" is not the id of a region, such as cn-north-4.`);
  const url = region ? `https://workspace.${region}.myhuaweicloud.com` : `${baseUrl}`;
  if (!/^https?:\/\/[^/?#@\\]+(\/[^?#]*)?$/i.test(url) || !URL.canParse(url)) {
    // What stands before an @ may be a password.
    const shown = url.includes('@') ? 'baseUrl' : `"${url}"`;
    throw new TypeError(`${shown} is not an http or https URL without user, query and fragment.`);
  }
  return url;
}

/**
 * Makes sure that an id is one part of a path, which nothing, "." and ".." are not: with those, another address would be called. And that
 * a header can carry it, as it must one of a project.
 *
 * @throws TypeError if it is not.
 */
export function requireId(name: string, id: string): void {
  if (/^\.{0,2}$|[^ -~]/.test(id ?? ''))
    throw new TypeError(`${name} is missing, or is no id: "${id ?? ''}".`);
}

/**
 * Makes sure that a header can carry a value, without showing it, as the error of `fetch` does: it may be secret.
 *
 * @throws TypeError if none can.
 */
export function requireHeader(name: string, value: string): void {
  if (/[^\t -~\x80-\xff]/.test(value.trim()))
    throw new TypeError(`The value for ${name} has characters that no header can carry.`);
}
