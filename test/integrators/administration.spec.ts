import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openPorts } from '../../src/infrastructure/nest/open-ports';
import { readSettings } from '../../src/infrastructure/config/settings';
import { runCommandLine } from '../../src/infrastructure/tools/command-line/command-line';
import { readSettingsFile } from '../../src/infrastructure/nest/ports.module';
import { captured, environmentOf } from '../infrastructure/tools/command-line/captured';
import { startService } from '../http/support/service';
import { browse, textOf } from '../infrastructure/web/registry/support/browsing';
import { newSecret } from './support/receiver';
import { emptyFolder } from '../support/closing';

const disabled = JSON.stringify({
  position: '00000000000000000001',
  failing: { since: '2026-03-01T08:00:00.000Z', attempts: 29, nextAt: '2026-03-02T09:00:00.000Z', reason: '503' },
  disabledAt: '2026-03-02T08:00:00.000Z',
});
const silent = {
  targets: [{ name: 'statistics', fromBeginning: false, wants: () => false }],
  deliver: () => Promise.reject(new Error('not asked')),
};

describe('a target that was given up', () => {
  it('is a task of the administrator on the first page, until it is enabled again', async () => {
    const service = await startService({ webhooks: silent });
    const admin = await browse(service, 'admin');
    const page = async (): Promise<string> => textOf((await admin.get('/administrare')).body);
    expect(await page()).not.toContain('nu mai primește evenimente');
    await service.ports.operations.keyValues.put('webhook:statistics', disabled);
    expect(await page()).toMatch(/Un sistem al altei echipe nu mai primește evenimente: .* Vezi și repornește/);
    const token = await service.token('admin');
    const enabled = await service.call('POST', '/api/v1/webhooks/statistics/enable', { token });
    expect([enabled.status, enabled.body]).toEqual([
      200,
      { webhooks: [{ name: 'statistics', state: 'active', position: '00000000000000000001' }] },
    ]);
    expect(await page()).not.toContain('nu mai primește evenimente');
    expect((await service.call('POST', '/api/v1/webhooks/No%20Such/enable', { token })).status).toBe(400);
  });

  it('is listed and enabled from the command line', async () => {
    const folder = emptyFolder();
    const file = join(folder, 'webhooks.json');
    writeFileSync(file, JSON.stringify([{ name: 'statistics', url: 'https://statistics.example/', secret: newSecret(), events: ['*'] }]));
    const environment = { ...environmentOf(folder), TICHET_WEBHOOKS_FILE: file };
    const tichet = async (...argv: readonly string[]) => {
      const { said, terminal } = captured(environment);
      return { exit: await runCommandLine(argv, terminal), ...said };
    };
    const opened = await openPorts(readSettings(environment, readSettingsFile).settings);
    await opened.ports.operations.keyValues.put('webhook:statistics', disabled);
    await opened.close();

    const { stdout } = await tichet('webhooks', 'list');
    expect(stdout).toMatch(/^statistics +disabled +0*1 +29 +503 /m);
    expect(stdout).not.toContain('statistics.example');
    const unhealthy = await tichet('doctor', '--json');
    expect([unhealthy.exit, unhealthy.stdout]).toEqual([6, expect.stringContaining('"webhooks-disabled"')]);
    expect((await tichet('webhooks', 'enable', 'archive')).exit).toBe(3);
    expect((await tichet('webhooks', 'enable', 'statistics')).exit).toBe(0);
    const { webhooks } = JSON.parse((await tichet('webhooks', 'list', '--json')).stdout);
    expect(webhooks).toEqual([{ name: 'statistics', state: 'active', position: '00000000000000000001' }]);
  });
});
