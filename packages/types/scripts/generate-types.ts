import { readFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';
import { type Contract, withLimits } from './limits.ts';

const bundle = new URL(import.meta.resolve('@connection-records/openapi/openapi.json'));

/** The file that holds the generated types. */
export const generatedFile: URL = new URL('../src/generated/schema.ts', import.meta.url);

/** The contract as it stands now. */
export const readContract = async (): Promise<Contract> => JSON.parse(await readFile(bundle, 'utf8'));

/** The types of the contract as it stands now, as the text of a TypeScript file. */
export async function generateTypes(): Promise<string> {
  const banner = '// Generated from the contract in openapi/ by `pnpm generate`. Do not edit.\n\n';
  return banner + astToString(await openapiTS(JSON.stringify(withLimits(await readContract()))));
}
