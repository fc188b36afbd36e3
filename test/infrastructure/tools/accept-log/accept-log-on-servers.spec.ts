import { appendFileSync, cpSync } from 'node:fs';
import { join } from 'node:path';
import { describeAccepting } from '../../../support/accepting-a-log';
import { emptyFolder } from '../../../support/closing';
import { opening, shortenedLog } from '../../../support/shortened-log';
import { tichetIn } from '../command-line/captured';

describeAccepting('PostgreSQL');
describeAccepting('EventStoreDB');

it('accepts for each process what only that one has acknowledged', async () => {
  const { environment, folder } = await shortenedLog('PostgreSQL');
  expect((await tichetIn(environment, ['accept-log', '--reason', 'x'])).exit).toBe(0);
  // another process, which has acknowledged the same and one event more
  const other = emptyFolder();
  const there = { ...environment, TICHET_DATA_DIR: other, TICHET_MASTER_KEY_FILE: join(folder, 'master.key') };
  cpSync(join(folder, 'acknowledged'), join(other, 'acknowledged'), { recursive: true });
  const only = { position: '99'.padStart(20, '0'), stream: 'agenda-d02_2026-03-09', revision: 7, id: 'only-there', hash: '0'.repeat(64) };
  appendFileSync(join(other, 'acknowledged', 'newest'), `${JSON.stringify(only)}\n`);
  const compared = () => opening(there, async ({ sealing }) => sealing?.acknowledged?.compare());
  expect(await compared()).toMatchObject({ reason: 'acknowledged-missing', missing: 1, stream: only.stream });
  const { exit, stdout } = await tichetIn(there, ['accept-log', '--reason', 'y', '--json']);
  expect([exit, JSON.parse(stdout)]).toMatchObject([0, { gone: [{ stream: only.stream, revision: 7, id: only.id }] }]);
  expect(await compared()).toBeUndefined();
  expect(await opening(environment, async ({ sealing }) => sealing?.acknowledged?.compare())).toBeUndefined();
  const report = JSON.parse((await tichetIn(there, ['accept-log', 'report', '--json'])).stdout) as {
    readonly acceptances: readonly object[];
  };
  expect(report.acceptances).toHaveLength(2);
});
