/**
 * The types of the connection-records API, as they travel on the wire: snake case, times as strings.
 *
 * `paths`, `operations` and `components` are the whole contract in the shape that openapi-typescript gives it. The aliases
 * below name what a program usually needs of it. There is nothing here to run.
 *
 * @module
 */
import type { components, operations } from './generated/schema.ts';

export type { components, operations, paths } from './generated/schema.ts';

/** The name of an operation: its `operationId` in the contract. */
export type OperationId = keyof operations;

/** A language of the exported file: its column names, and its words for yes and no. English unless asked otherwise. */
export type Language = components['schemas']['Language'];

/** What an export may be narrowed by, and the language of its file. Times are UTC to the second. */
export type ExportFilters = NonNullable<operations['exportConnectionRecords']['parameters']['query']>;

/** The answer to a started export: the id of its task. */
export type ExportStarted = components['schemas']['ExportStarted'];

/** Where an export task stands: running, done, failed, or done with its file gone. Be ready for further values. */
export type ExportTaskStatus = components['schemas']['ExportTaskStatus'];

/** An export task. Its times are UTC to the millisecond. */
export type ExportTask = components['schemas']['ExportTask'];

/** A page of export tasks, and how many there are on all pages. */
export type ExportTaskList = components['schemas']['ExportTaskList'];

/** What a list of export tasks may be narrowed by, its order, and its page (1 to 100 tasks, 20 unless asked otherwise). */
export type ExportTaskFilters = NonNullable<operations['listExportTasks']['parameters']['query']>;

/** The export tasks to delete: 1 to 200 ids, each one once. */
export type DeleteExportTasksRequest = components['schemas']['DeleteExportTasksRequest'];

/** One connection of a user to a desktop. Any field may be missing; its times are UTC to the second, latencies in milliseconds. */
export type ConnectionRecord = components['schemas']['ConnectionRecord'];

/** A page of connection records, and how many there are on all pages. */
export type ConnectionRecordList = components['schemas']['ConnectionRecordList'];

/** What a list of records may be narrowed by, and its page (up to 1000 records, 20 unless asked otherwise). Times are UTC to the **minute**. */
export type ConnectionRecordFilters = NonNullable<operations['listConnectionRecords']['parameters']['query']>;

/** The body of a refused request, as the contract has it. */
export type ErrorBody = components['schemas']['Error'];
