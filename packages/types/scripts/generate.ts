import { writeFile } from 'node:fs/promises';
import { generatedFile, generateTypes } from './generate-types.ts';

await writeFile(generatedFile, await generateTypes());
