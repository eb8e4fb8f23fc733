import { authCases } from './auth.ts';
import { leakCases } from './auth-leaks.ts';
import { projectCases } from './auth-projects.ts';
import { signatureCases } from './auth-signatures.ts';
import type { Case } from './case.ts';
import { pairCases } from './pairs.ts';
import { parameterCases } from './parameters.ts';
import { bodyCases } from './parameters-bodies.ts';
import { timeCases } from './parameters-times.ts';
import { refusalCases } from './refusals.ts';
import { sparing } from './sparing.ts';

/** Everything about a single request: what is wrong with it, its parameters and its body, who asks, and in which project. */
export function requestCases(): Case[] {
  return sparing([
    ...refusalCases(),
    ...parameterCases(),
    ...timeCases(),
    ...bodyCases(),
    ...pairCases(),
    ...authCases(),
    ...signatureCases(),
    ...projectCases(),
    ...leakCases(),
  ]);
}
