import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings, serve } from '../../../src';

// service.js: how the service by itself answers what is asked for by address
const folder = mkdtempSync(join(tmpdir(), 'tichet-host-'));
const environment = { PORT: '0', HOST: '127.0.0.1', TICHET_DATA_DIR: folder, TICHET_EVENT_STORE: 'memory', TICHET_LOG_LEVEL: 'silent' };

const ask = async (): Promise<void> => {
  const { settings } = readSettings(environment, () => '');
  const service = await serve(settings);
  for (const path of ['/health/live', '/api/openapi.json', '/api/docs', '/api/docs/swagger-ui.css', '/'])
    console.log((await fetch(`${service.url}${path}`)).status, path);
  await service.stop();
};

ask()
  .catch((error: unknown) => {
    console.error(error);
  })
  .finally(() => {
    rmSync(folder, { recursive: true, force: true });
  });
