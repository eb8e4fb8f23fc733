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
export {
  type CallOptions,
  type ClientOptions,
  type Clock,
  type ConnectionRecordsClient,
  createClient,
  type Operations,
  type Target,
} from './client.ts';
export { type AkSk, akSk, type Credentials, token } from './credentials.ts';
export { type DownloadOptions, downloadExport, type ExportFile } from './download.ts';
export { ApiError, type Result, unwrap } from './error.ts';
export { type ExportRequest, exportConnectionRecords, startExport } from './job.ts';
export { type SignableRequest, type Signature, type SigningKey, sign, signDerived } from './sign.ts';
export { ExportError, type ExportProgress, type WaitOptions, waitForExport } from './wait.ts';
