/**
 * Code that sends a request, derived from the contract and the request itself. It runs while the site is built and in the browser, and
 * reads credentials from the environment of whoever runs it.
 *
 * @module
 */
export { cli } from './cli.ts';
export { curl } from './curl.ts';
export { go } from './go.ts';
export { python } from './python.ts';
export { type OperationId, type SampleRequest, variables } from './request.ts';
export { typescript } from './typescript.ts';
