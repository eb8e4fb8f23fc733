import type { OperationId } from '@connection-records/types';
import { type Basis, operations } from '../contract.ts';
import { lifeCases } from '../life/index.ts';
import { downloadCases, meaningCases } from '../meaning/index.ts';
import type { Capability } from '../options.ts';
import { randomCases } from '../random/index.ts';
import type { Settings } from '../settings.ts';
import type { Case } from './case.ts';
import { WAIVERS, waived } from './coverage.ts';
import { exampleCases } from './examples.ts';
import { floodCase } from './rate-limit.ts';
import { requestCases } from './requests.ts';
import { successCases } from './success.ts';

/** A line of a run: a case to try, or the reason why it is skipped. */
export interface Planned {
  operation: Case['operation'];
  status: number;
  title: string;
  basis: Basis;
  skip?: string;
  run?: Case;
}

/** What a target must have for an operation to be tried at all. */
const OPERATION_NEEDS = {
  exportConnectionRecords: 'start',
  listExportTasks: undefined,
  downloadExportFile: 'download',
  deleteExportTasks: 'delete',
  listConnectionRecords: undefined,
} satisfies Record<OperationId, Capability | undefined>;

/** The cases that any server of the API can be asked. */
export function serverCases(): Case[] {
  return [
    ...successCases(),
    ...requestCases(),
    ...lifeCases(),
    ...downloadCases(),
    ...meaningCases(),
    ...randomCases(),
    floodCase(),
  ];
}

/** Everything that a run with these settings tries or skips, by operation and status. */
export function plan(settings: Settings): Planned[] {
  const everyCase = settings.examples ? [...serverCases(), ...exampleCases()] : serverCases();
  const cases = everyCase.filter(({ basis }) => settings.basis === 'all' || basis.kind === 'documented');
  const planned: Planned[] = [
    ...cases.map((one) => planCase(one, settings)),
    ...waived(everyCase, WAIVERS).map(({ operation, status, reason }) => ({
      operation,
      status,
      title: 'is not tried',
      basis: operation.responses.get(status)?.basis ?? { kind: 'inferred', why: reason },
      skip: `${reason}; a mock gives it with --examples`,
    })),
  ];
  const rank = new Map(operations.map((operation, index) => [operation, index]));
  return planned.sort(
    (a, b) =>
      Number(a.run?.late ?? false) - Number(b.run?.late ?? false) ||
      (rank.get(a.operation) ?? 0) - (rank.get(b.operation) ?? 0) ||
      a.status - b.status,
  );
}

function planCase(run: Case, { absent }: Settings): Planned {
  const { operation, title, basis } = run;
  const own: Capability | undefined = OPERATION_NEEDS[operation.id as OperationId];
  const lacking = [...(own ? [own] : []), ...(run.needs ?? [])].find((capability) => absent[capability]);
  const line = { operation, status: run.status, title, basis };
  return lacking ? { ...line, skip: `${absent[lacking]}` } : { ...line, run };
}
