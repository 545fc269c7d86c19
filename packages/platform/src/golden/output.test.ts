import { goldenJunit } from './junit';
import type { GoldenResult } from './result';
import { goldenTable } from './table';

const RESULTS: GoldenResult[] = [
  { group: 'nodes', name: 'Node a', status: 'passed', detail: 't3.medium' },
  {
    group: 'predictions',
    name: 'POST /api/quant/predict',
    status: 'failed',
    detail: '502: {"error":"<\u0007\n>"}',
    seconds: 1.26,
  },
  {
    group: 'nodes',
    name: 'GPU nodes',
    status: 'skipped',
    detail: 'none & now',
  },
];

describe('the output of the golden checks', () => {
  it('is a table with one line per check, and the sum last', () => {
    const lines = goldenTable(RESULTS).trimEnd().split('\n');
    expect(lines).toHaveLength(6);
    expect(lines[2]).toMatch(
      /^FAILED +predictions +POST \/api\/quant\/predict +1\.3 +502: /,
    );
    expect(lines.at(-1)).toBe('1 passed, 1 failed, 1 skipped');
  });

  it('is a JUnit file with a suite per group', () => {
    expect(goldenJunit(RESULTS)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="golden-checks" tests="3" failures="1" skipped="1">
  <testsuite name="nodes" tests="2" failures="0" skipped="1">
    <testcase classname="nodes" name="Node a" time="0.000"><system-out>t3.medium</system-out></testcase>
    <testcase classname="nodes" name="GPU nodes" time="0.000"><skipped message="none &amp; now"/></testcase>
  </testsuite>
  <testsuite name="predictions" tests="1" failures="1" skipped="0">
    <testcase classname="predictions" name="POST /api/quant/predict" time="1.260"><failure message="502: {&quot;error&quot;:&quot;&lt;&#10;&gt;&quot;}"/></testcase>
  </testsuite>
</testsuites>
`);
  });
});
