import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { createTestPorts } from '../testing/test-ports';
import { createMetrics } from '../telemetry/metrics';
import { createApplication } from './application';
import { createDocument } from '../api/openapi';

/** The committed document, written from the routes: `npm run openapi`. */
export const documentText = async (): Promise<string> => {
  const ports = createTestPorts();
  const app = await createApplication({
    opened: { ports, rows: ports.rows, keys: ports.keys, metrics: createMetrics(), tokenKey: new Uint8Array(32) },
    processes: false,
  });
  const text = `${JSON.stringify(createDocument(app), undefined, 2)}\n`;
  await app.close();
  return text;
};

if (require.main === module) {
  documentText().then(
    (text) => {
      writeFileSync('openapi.json', text);
    },
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      process.exitCode = 1;
    },
  );
}
