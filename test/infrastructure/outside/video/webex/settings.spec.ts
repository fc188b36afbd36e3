import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSettings } from '../../../../../src/infrastructure/config/settings';
import { openPorts } from '../../../../../src/infrastructure/nest/open-ports';
import { readSettingsFile } from '../../../../../src/infrastructure/nest/ports.module';
import { FakeWebex } from '../../../../support/webex/fake-webex';
import { slot } from '../../../../application/kernel/processes/world';
import { closing, emptyFolder } from '../../../../support/closing';

const whole = {
  TICHET_VIDEO: 'webex',
  TICHET_WEBEX_CLIENT_ID: 'client',
  TICHET_WEBEX_CLIENT_SECRET_FILE: '/run/secret',
  TICHET_WEBEX_REFRESH_TOKEN_FILE: '/run/token',
};
describe('the settings of Webex', () => {
  it('open a service whose meetings are made there, and whose calls are counted', async () => {
    const folder = emptyFolder();
    const webex = closing(await new FakeWebex().start());
    writeFileSync(join(folder, 'secret'), 'client-secret');
    writeFileSync(join(folder, 'token'), 'first-token');
    writeFileSync(join(folder, 'hooks'), 'hooks');
    const environment = {
      ...whole,
      TICHET_DATA_DIR: join(folder, 'data'),
      TICHET_LOG_LEVEL: 'silent',
      TICHET_WEBEX_CLIENT_SECRET_FILE: join(folder, 'secret'),
      TICHET_WEBEX_REFRESH_TOKEN_FILE: join(folder, 'token'),
      TICHET_WEBEX_WEBHOOK_SECRET_FILE: join(folder, 'hooks'),
      TICHET_WEBEX_BASE_URL: webex.url,
    };
    const opened = closing(await openPorts(readSettings(environment, readSettingsFile).settings));
    const host = { email: 'ioana@primaria.example' };
    const { video } = opened.ports;
    if (video.kind === 'manual') throw new Error('A person makes the meetings.');
    const made = await video.create({ ticketId: 't-1', reference: 'TA-1', slot, host, before: [] });
    expect(made).toMatchObject({ joinUrl: expect.stringContaining('https://') });
    expect(opened.webexHints?.(Buffer.from('{}'), 'x')).toBe('refused');
    expect(await opened.metrics.text()).toContain(
      'tichet_outbound_requests_total{peer="webex",operation="create-meeting",outcome="2xx"} 1',
    );
  });
});
