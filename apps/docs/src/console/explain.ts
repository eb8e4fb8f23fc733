import { ApiError, DownloadError, ExportError, StartError } from '@connection-records/client';
import type { Words } from './words.ts';

/**
 * What went wrong, and what to do, in the reader's language; with the service's own words, or else with those of the browser or the
 * client.
 */
export interface Explanation {
  title: string;
  todo: string;
  says?: string | undefined;
  because?: string;
}

/** An address that nobody answers at. */
export class NobodyError extends Error {}

/** Explains whatever ended an export. */
export function explain(
  error: unknown,
  address: string,
  { isSent, isStopped }: { isSent: boolean; isStopped: boolean },
  { errors, parts }: Words,
): Explanation {
  if (isStopped) return errors.cancelled;
  if (error instanceof NobodyError) return errors.down(address);
  if (error instanceof ApiError) {
    const says = [error.status, error.code, error.reason].filter(Boolean).join(' ');
    const { lookFirstAt } = error;
    return { ...(lookFirstAt ? errors.signature(parts[lookFirstAt]) : ofStatus(error.status, errors)), says };
  }
  if (error instanceof ExportError && error.outcome !== 'INTERRUPTED') {
    const says = [error.error_code, error.fail_reason].filter(Boolean).join(' ');
    return { ...errors[error.outcome], says };
  }
  if (error instanceof StartError || error instanceof DownloadError) return errors.broken;
  const message = error instanceof Error ? error.message : String(error);
  return { ...(isSent ? errors.broken : errors.nothingSent), because: message };
}

function ofStatus(status: number, errors: Words['errors']) {
  if (status === 401) return errors.credentials;
  if (status === 403) return errors.forbidden;
  if (status === 404) return errors.missing;
  if (status === 429) return errors.busy;
  return status >= 500 ? errors.broke : errors.refused;
}
