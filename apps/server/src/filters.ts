import type { ConnectionRecordFilters, ExportFilters } from '@connection-records/types';
import { Refusal } from './errors.ts';
import type { RecordFilter } from './store/store.ts';

const minute = 60_000;
const days30 = 30 * 24 * 60 * minute;

/** How long a record is kept, in milliseconds, and so how far back a window may reach. */
export const retention = days30;

/** What an export asks for. Each bound may be left out; the edge of the last 30 days then stands for it. */
export function exportFilter(projectId: string, query: ExportFilters, now: number): RecordFilter {
  const window = readWindow(query.start_time, query.end_time, now);
  return {
    ...common(projectId, query),
    ...window,
    ...latency(['min_e2e_rtt', query.min_e2e_rtt], ['max_e2e_rtt', query.max_e2e_rtt]),
    ...(query.domain && { domain: query.domain }),
  };
}

/** What a list of records asks for. Its page says that each bound needs the other one. */
export function listFilter(projectId: string, query: ConnectionRecordFilters, now: number): RecordFilter {
  const { start_time, end_time } = query;
  if ((start_time === undefined) !== (end_time === undefined)) {
    const [given, missing] =
      start_time === undefined ? ['end_time', 'start_time'] : ['start_time', 'end_time'];
    throw new Refusal(
      'invalidParameter',
      `${given} is given without ${missing}. Give both, or neither for the last 30 days.`,
    );
  }
  return {
    ...common(projectId, query),
    ...readWindow(start_time, end_time, now),
    // The page describes network_rtt here as end-to-end latency, as the export does e2e_rtt.
    ...latency(['min_network_rtt', query.min_network_rtt], ['max_network_rtt', query.max_network_rtt]),
  };
}

/** The filters that both have. An empty one is as good as none. */
function common(projectId: string, query: ExportFilters | ConnectionRecordFilters) {
  return {
    projectId,
    ...(query.user_name && { userName: query.user_name }),
    ...(query.computer_name && { computerName: query.computer_name }),
    ...(query.terminal_type && { terminalType: query.terminal_type }),
    ...(query.public_ip && { publicIp: query.public_ip }),
    ...(query.enterprise_project_id && { enterpriseProjectId: query.enterprise_project_id }),
  };
}

function readWindow(start: string | undefined, end: string | undefined, now: number) {
  const from = start === undefined ? now - days30 : readTime('start_time', start, now);
  const to = end === undefined ? now : readTime('end_time', end, now);
  if (start !== undefined && end !== undefined && from >= to) {
    throw new Refusal(
      'windowReversed',
      `start_time ${start} is not before end_time ${end}. Give an earlier start_time or a later end_time.`,
    );
  }
  return { from, to };
}

function readTime(name: string, text: string, now: number): number {
  const time = Date.parse(text);
  // February 30 is a pattern that fits and a day that does not exist.
  if (Number.isNaN(time) || !new Date(time).toISOString().startsWith(text.slice(0, 16))) {
    throw new Refusal('invalidParameter', `${name} is ${text}, which is no time of the calendar.`);
  }
  // A minute of grace: who asks for exactly 30 days has to round, and the request takes its time.
  if (time < now - days30 - minute) {
    throw new Refusal(
      'windowTooOld',
      `${name} is ${text}. Give a time within the last 30 days, ${seconds(now - days30)} or later.`,
    );
  }
  if (time > now + 15 * minute) {
    throw new Refusal(
      'invalidParameter',
      `${name} is ${text}, more than 15 minutes in the future. It is ${seconds(now)} here.`,
    );
  }
  return time;
}

function latency(
  [minName, minRtt]: [string, number | undefined],
  [maxName, maxRtt]: [string, number | undefined],
) {
  if (minRtt !== undefined && maxRtt !== undefined && minRtt > maxRtt) {
    throw new Refusal(
      'invalidParameter',
      `${minName} is ${minRtt} and ${maxName} is ${maxRtt}. Give a lower ${minName} or a higher ${maxName}.`,
    );
  }
  return { ...(minRtt !== undefined && { minRtt }), ...(maxRtt !== undefined && { maxRtt }) };
}

const seconds = (time: number) => new Date(time).toISOString().replace(/\.\d+/, '');
