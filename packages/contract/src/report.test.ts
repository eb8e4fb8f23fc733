import { describe, expect, it } from 'vitest';
import type { TestCase } from 'vitest/node';
import { OperationReporter, toJUnit } from './report.ts';

const BASIS = { kind: 'documented', why: 'test' } as const;
const ONE = { operationId: 'listExportTasks', status: 200, title: 'any', basis: BASIS };

describe('JUnit XML', () => {
  it('has no character that XML does not have, whatever the server sends', () => {
    const failure = 'a\u0000\u0001\u001b\ud800.\udfff\ufffe\uffff <>&"\t\n\u0085é\u{1f600}z';
    const xml = toJUnit([{ ...ONE, outcome: 'failed', failure, milliseconds: 1 }]);
    expect(xml).toMatch(/>a\ufffd{4}\.\ufffd{3} &lt;&gt;&amp;&quot;\t\n\u0085é\u{1f600}z</u);
    expect(xml).not.toMatch(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u);
  });
});

describe('a test that ends in an error of its own', () => {
  it('is a defect of the suite, and no failure of the server', () => {
    const reporter = new OperationReporter({ write: () => true });
    const ended = (failure?: string) =>
      ({
        fullName: 'listExportTasks > 200 any',
        meta: () => ({ report: { ...ONE, ...(failure ? { failure } : {}) } }),
        result: () => ({ state: 'failed', errors: [{ message: 'x is not a function' }] }),
        diagnostic: () => undefined,
      }) as unknown as TestCase;
    reporter.onTestCaseResult(ended());
    reporter.onTestCaseResult(ended('Broken: any'));
    expect(reporter.errors).toEqual(['listExportTasks > 200 any: x is not a function']);
    expect(reporter.results).toHaveLength(1);
  });
});
