import { openPorts } from '../../../../src/infrastructure/nest/open-ports';
import { tellDemo } from '../../../../src/infrastructure/tools/demo/tell-demo';
import { systemClock } from '../../../../src/infrastructure/runtime/clock/system-clock';
import { emptyFolder } from '../../../support/closing';
import { parkEvidence } from '../../web/states/parked-item';
import { settingsOf, tichet } from './captured';

it('the list of audits says beside itself that rows wait for an administrator, and only where some do', async () => {
  const folder = emptyFolder();
  const opened = await openPorts(settingsOf(folder));
  await tellDemo(opened, systemClock.now());
  await opened.close();
  const before = await tichet(folder, 'audit');
  await parkEvidence({ dataDirectory: folder });
  const then = await tichet(folder, 'audit');
  expect(before.stderr).not.toContain('waits for an administrator');
  expect(then.stderr).toContain('1 row waits for an administrator');
});
