import type { OutgoingHttpHeaders } from 'node:http';

/** Thrown to refuse a request, with the status and the reason to answer. */
export class Refused extends Error {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;

  constructor(status: number, reason: string, headers: OutgoingHttpHeaders = {}) {
    super(reason);
    this.status = status;
    this.headers = headers;
  }
}
