import { run } from './job.ts';

declare const process: { argv: string[] };
console.log(await run(process.argv[2]!));
