import { parkEvidence } from '../../web/states/parked-item';
import { tichet } from './captured';
import { toldFolder } from './filled';

it('the list of audits says beside itself that rows wait for an administrator, and only where some do', async () => {
  const { folder } = await toldFolder();
  const before = await tichet(folder, 'audit');
  await parkEvidence({ dataDirectory: folder });
  const then = await tichet(folder, 'audit');
  expect(before.stderr).not.toContain('waits for an administrator');
  expect(then.stderr).toContain('1 row waits for an administrator');
});
