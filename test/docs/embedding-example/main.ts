import { readFileSync } from 'node:fs';
import { readSettings } from '../../../src/index';
import { createCityHall } from './application';
import { gatewayMailer } from './gateway-mailer';

const start = async (): Promise<void> => {
  const { settings } = readSettings(process.env, (path) => readFileSync(path, 'utf8'));
  const app = await createCityHall(settings, {
    mailer: gatewayMailer(async (message) => {
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch('http://mail-gateway.example/messages', { method: 'POST', headers, body: JSON.stringify(message) });
      return answer.status;
    }),
    clock: { now: () => new Date().toISOString() },
  });
  await app.listen(settings.port, settings.host);
  process.once('SIGTERM', () => {
    void app.close();
  });
};

void start();
