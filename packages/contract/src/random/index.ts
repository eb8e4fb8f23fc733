import type { Case } from '../cases/case.ts';
import { requestCases } from './cases.ts';
import { livesCase } from './lives.ts';

/** Requests and lives of tasks made up at random. They come last, for they only count what no other case told. */
export function randomCases(): Case[] {
  return [...requestCases(), livesCase()];
}
