import { type ConnectionRecord, unwrap } from '@connection-records/client';
import { type CommonOptions, type Context, printOutcome } from './context.ts';
import { checkLatencies, type RecordOptions } from './export.ts';
import { connect, type ServiceOptions } from './service.ts';
import { tableOf } from './table.ts';
import { sayHowManyMore } from './tasks.ts';
import { windowOf } from './times.ts';
import { clockTime } from './words.ts';

export interface ListRecordsOptions extends ServiceOptions, CommonOptions, RecordOptions {
  limit: number;
}

/** Lists connection records without an export, as many as asked for. */
export async function listRecords(options: ListRecordsOptions, context: Context): Promise<void> {
  const filters = filtersOf(options, context.clock.now());
  const client = await connect(options, context);
  const records: ConnectionRecord[] = [];
  let total = 0;
  for (;;) {
    const limit = Math.min(1000, options.limit - records.length);
    const asked = { ...filters, offset: records.length, limit };
    const page = await unwrap(client.operations.listConnectionRecords(asked, { signal: context.signal }));
    total = page.total_count;
    records.push(...page.records);
    if (page.records.length === 0 || records.length >= Math.min(total, options.limit)) break;
  }
  const headers = ['STARTED (UTC)', 'USER', 'DESKTOP', 'LASTED', 'RTT', 'FROM'];
  const text = records.length
    ? tableOf(headers, records.map(rowOf), context.stdout)
    : 'There are no such records.';
  printOutcome(context, options, { total, records }, text);
  sayHowManyMore(records.length, total, 'record', options, context);
}

function filtersOf(options: ListRecordsOptions, now: number) {
  checkLatencies(options);
  const { from, to } = windowOf(options, now);
  // Of a list, the service wants both bounds or none; and to the minute.
  const isWindow = from || to;
  const start = from ?? new Date(now - 30 * 86_400_000);
  return {
    start_time: isWindow && toMinute(+start, Math.floor),
    end_time: isWindow && toMinute(+(to ?? now), Math.ceil),
    user_name: options.user,
    computer_name: options.computer,
    terminal_type: options.terminal,
    public_ip: options.publicIp,
    enterprise_project_id: options.enterpriseProject,
    // The page describes these as what the export calls e2e_rtt.
    min_network_rtt: options.minRtt,
    max_network_rtt: options.maxRtt,
  };
}

const toMinute = (time: number, round: (n: number) => number) =>
  `${new Date(round(time / 60_000) * 60_000).toISOString().slice(0, 16)}Z`;

function rowOf(record: ConnectionRecord): string[] {
  const { connection_start_time: start, connection_setup_time: setUp, connection_end_time: end } = record;
  const lasted = Date.parse(end ?? '') - Date.parse(setUp ?? start ?? '');
  const failed = record.connection_failure_reason && !setUp ? 'failed' : '';
  return [
    (start ?? '').slice(0, 16).replace('T', ' '),
    record.user_name ?? '',
    record.computer_name ?? '',
    failed || (Number.isNaN(lasted) ? '' : clockTime(lasted)),
    record.e2e_rtt === undefined ? '' : `${record.e2e_rtt} ms`,
    record.terminal_type ?? '',
  ];
}
