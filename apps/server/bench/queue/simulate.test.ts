import { expect, test } from 'vitest';
import { simulate, type World } from './simulate.ts';

/** Ten seconds an export, one at a time. */
const world: World = {
  projects: 1,
  desktopsPerProject: 10,
  rowsPerDesktop: 100,
  exportsPerProject: 0,
  flood: 5,
  burst: 60,
  servers: 1,
  concurrency: 1,
  perProject: 1,
  exportRate: 100,
  databaseRate: 1000,
  overhead: 0,
  turns: true,
};
const seconds = (values: number[]) => values.map((value) => Math.round(value));

test('one after the other, each waits for those before it', () => {
  const { exports, rows, waits, empty } = simulate(world);
  expect([exports, rows, seconds(waits), Math.round(empty)]).toEqual([5, 5000, [0, 10, 20, 30, 40], 40]);
});

test('none waits where there is room, and two at a time take half as long', () => {
  expect(seconds(simulate({ ...world, concurrency: 5, perProject: 5 }).waits)).toEqual([0, 0, 0, 0, 0]);
  expect(seconds(simulate({ ...world, servers: 2, perProject: 2 }).waits)).toEqual([0, 0, 10, 10, 20]);
});

test('a project has no more at once than it may, whatever is free', () => {
  expect(seconds(simulate({ ...world, servers: 9 }).waits)).toEqual([0, 10, 20, 30, 40]);
});

test('all that run share the database, and what an export costs without rows comes on top', () => {
  const shared = { ...world, servers: 2, perProject: 2, databaseRate: 100 };
  expect(seconds(simulate(shared).waits)).toEqual([0, 0, 20, 20, 40]);
  expect(seconds(simulate({ ...world, overhead: 5 }).waits)).toEqual([0, 15, 30, 45, 60]);
});

test('a project that asks for very many keeps the others waiting only where there are no turns', () => {
  const many = { ...world, projects: 20, exportsPerProject: 1, flood: 500, exportRate: 10_000 };
  const most = (turns: boolean) => Math.max(...simulate({ ...many, turns }).waitsOfSmall);
  expect(most(false)).toBeGreaterThan(10 * most(true));
});

test('the same world comes out the same', () => {
  const busy = { ...world, projects: 50, exportsPerProject: 3 };
  expect(simulate(busy)).toEqual(simulate(busy));
});
