import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { createTestPorts } from '../testing/test-ports';
import { createApplication } from './application';
import { createDocument } from '../api/openapi';

/** The committed document, written from the routes: `npm run openapi`. */
export const documentText = async (): Promise<string> => {
  const app = await createApplication({
    ports: { ...createTestPorts(), tokenKey: new Uint8Array(32) },
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
