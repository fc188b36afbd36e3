import { createApplication } from '../../../service/application';
import { createDocument } from '../../../api/openapi';
import { addCommand, type CommandOfTichet } from '../invocation';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const openapiCommand: CommandOfTichet = (program, cli) => {
  addCommand(program, cli, 'openapi', cli.words.openapi.aboutOpenapi, ['tichet openapi > openapi.json']).action(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tichet-openapi-'));
    const settings = {
      ...cli.settings,
      dataDirectory: folder,
      masterKeyFile: join(folder, 'master.key'),
      eventStore: 'memory',
      logLevel: 'silent',
    } as const;
    try {
      const app = await createApplication({ settings, processes: false });
      cli.print(JSON.stringify(createDocument(app), undefined, 2));
      await app.close();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
};
