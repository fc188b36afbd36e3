import { nodeRelease } from '../../../../src/infrastructure/tools/doctor/node-release';
import { emptyFolder } from '../../../support/closing';
import { environmentOf, tichetIn } from '../command-line/captured';

describe('what the Node project says of the version that a doctor runs on', () => {
  it.each([
    ['20.19.2', '2026-04-30', 'the Node project gives security fixes until 2026-04-30.'],
    ['20.19.2', '2026-05-01', 'the Node project has given no security fixes since 2026-04-30; Debian 13 carries 20.19 and cares for it.'],
    ['22.23.3', '2027-04-30', 'the Node project gives security fixes until 2027-04-30.'],
    ['22.23.3', '2027-05-01', 'the Node project has given no security fixes since 2027-04-30.'],
    ['24.21.0', '2026-12-02', 'the Node project gives security fixes until 2028-04-30.'],
    ['26.12.1', '2026-12-02', 'the Node project gives security fixes until 2029-04-30.'],
    ['27.0.0', '2027-05-01', 'tichet was not tried on it, but on 20, 22, 24, 26.'],
    ['25.9.0', '2026-12-02', 'tichet was not tried on it, but on 20, 22, 24, 26.'],
  ])('%s on %s', (version, today, says) => {
    const { en, ro } = nodeRelease(version, today);
    expect(en).toBe(`Node ${version}: ${says}`);
    // the same dates and versions, in the same order
    expect(ro.match(/[\d.-]*\d/g)).toEqual(en.match(/[\d.-]*\d/g));
  });

  it('is a remark of the doctor, and no finding', async () => {
    const { version } = process;
    const run = async (...options: readonly string[]) => tichetIn(environmentOf(emptyFolder()), ['doctor', '--connect', ...options]);
    const json = await run('--json');
    const { findings, node } = JSON.parse(json.stdout) as { findings: readonly unknown[]; node: { en: string; ro: string } };
    expect({ exit: json.exit, findings }).toEqual({ exit: 0, findings: [] });
    for (const sentence of [node.en, node.ro]) expect(sentence).toMatch(`Node ${version.slice(1)}: `);
    expect(await run()).toMatchObject({ exit: 0, stdout: expect.stringMatching(`${node.en}\n$`) as string });
  });
});
