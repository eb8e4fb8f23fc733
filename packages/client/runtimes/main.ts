import { keepAlive } from '../src/node/keep-alive.ts';
import { run } from './job.ts';

declare const process: { argv: string[] };
const [, , baseUrl = ''] = process.argv;
const [result, kept] = [await run(baseUrl), await run(baseUrl, keepAlive)];
console.log(result === kept ? result : `${result}, and over keepAlive ${kept}`);
