import { spawnSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { root } from '../docs/markdown';
import { emptyFolder } from '../support/closing';

/** What the script makes of an `npm` that answers so. */
const askedOf = (answer: string, exit: number) => {
  const folder = emptyFolder();
  const npm = join(folder, 'npm');
  writeFileSync(join(folder, 'answer'), answer);
  writeFileSync(npm, `#!/bin/sh\ncat "${join(folder, 'answer')}"\necho "npm error https://registry.example" >&2\nexit ${exit}\n`);
  chmodSync(npm, 0o700);
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'tools/weaknesses.mjs')], {
    encoding: 'utf8',
    env: { PATH: [folder, dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter) },
  });
  return { status, said: `${stdout}${stderr}` };
};
const report = (vulnerabilities: object): string => JSON.stringify({ auditReportVersion: 2, vulnerabilities });
const weak = {
  severity: 'high',
  range: '<1.2.3',
  via: [{ title: 'Reads beyond its end', url: 'https://weaknesses.example/1' }, 'below'],
};

describe('npm run weaknesses', () => {
  it('ends with 0 where none is known', () => {
    expect(askedOf(report({}), 0)).toEqual({ status: 0, said: 'No weakness is known of what runs.\n' });
  });

  it('ends with 1 where one is, and names it', () => {
    const { status, said } = askedOf(report({ 'planted-package': weak }), 1);
    expect(status).toBe(1);
    expect(said).toContain('planted-package <1.2.3 (high): Reads beyond its end (https://weaknesses.example/1); below');
  });

  it.each([
    ['that is away', '{"message":"request failed","error":{"code":"ENOTFOUND"}}'],
    ['that knows no such question', '{"error":{"code":"ENOAUDIT","summary":"none"}}'],
    ['that says nothing', ''],
    ['that says no JSON', '<html>'],
    ['that reports in another way', '{"auditReportVersion":"?","vulnerabilities":[]}'],
  ])('ends with 2 and says that nothing is known, with a registry %s', (_, answer) => {
    const { status, said } = askedOf(answer, 1);
    expect(status).toBe(2);
    expect(said).toContain('The registry could not be asked');
    // whose it is, is nobody's affair
    expect(said).not.toContain('registry.example');
  });
});
