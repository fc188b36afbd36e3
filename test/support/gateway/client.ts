import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGateway } from '../../../src/infrastructure/outside/document-system/gateway/gateway';
import { gatewayDocuments } from '../../../src/infrastructure/outside/document-system/gateway/gateway-documents';
import { systemClock } from '@tichet-albastru/event-log/runtime/system-clock';
import { gatewayRequests } from '../../../src/infrastructure/outside/document-system/gateway/gateway-requests';
import { endsByItself } from '../closing';

const patient = { connect: 60_000, headers: 60_000, body: 60_000, whole: 60_000 };
/** Of a gateway that will say nothing more, however long one waits. */
export const impatient = { connect: 2000, headers: 400, body: 400, whole: 800 };

/** The service's own side of the gateway, as the settings would open it. */
export const gatewayClient = (url: string, limits = patient) => {
  const folder = mkdtempSync(join(tmpdir(), 'tichet-gateway-'));
  const tokenFile = join(folder, 'token');
  writeFileSync(tokenFile, 'secret\n');
  const outcomes: string[] = [];
  const gateway = createGateway({
    url,
    tokenFile,
    clock: systemClock,
    limits,
    watch: (_, operation, outcome) => outcomes.push(`${operation} ${outcome}`),
  });
  return endsByItself(
    {
      tokenFile,
      outcomes,
      requests: gatewayRequests(gateway, { freshMinutes: 30, pollMinutes: 15 }),
      documents: gatewayDocuments(gateway, { listsDocuments: true }),
      close: async (): Promise<void> => {
        await gateway.close();
        rmSync(folder, { recursive: true, force: true });
      },
    },
    'close',
  );
};
