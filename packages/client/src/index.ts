/**
 * A client of the Huawei Cloud Workspace connection-records API, for every JavaScript runtime that has `fetch`.
 *
 * @module
 */
export type {
  ConnectionRecord,
  ConnectionRecordFilters,
  ConnectionRecordList,
  ExportFilters,
  ExportStarted,
  ExportTask,
  ExportTaskFilters,
  ExportTaskList,
  ExportTaskStatus,
  Language,
} from '@connection-records/types';
export type { RetryOptions } from './attempts.ts';
export {
  type CallOptions,
  type ClientOptions,
  type Clock,
  type ConnectionRecordsClient,
  createClient,
  type DownloadPartOptions,
  type ListTasksOptions,
  type Operations,
} from './client.ts';
export {
  type AkSk,
  type AuthenticationContext,
  akSk,
  type Credentials,
  type CredentialsReason,
  token,
} from './credentials.ts';
export {
  DownloadError,
  type DownloadOptions,
  type DownloadProgress,
  downloadExport,
  type ExportFile,
} from './download.ts';
export { ApiError, type Result, unwrap } from './error.ts';
export { exportConnectionRecords, resumeExport } from './job.ts';
export { type SignableRequest, type Signature, type SigningKey, sign, signDerived } from './sign.ts';
export type { SignaturePart } from './signature-help.ts';
export { type ExportRequest, StartError, startExport } from './start.ts';
export type { Target } from './target.ts';
export type { Answer, Hooks, Outgoing, RequestEvent, ResponseEvent, RetryEvent } from './transport.ts';
export { ExportError, type ExportProgress, type WaitOptions, waitForExport } from './wait.ts';
