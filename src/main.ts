import 'reflect-metadata';
import { SettingsInvalid } from './infrastructure/config/setting';
import { readSettings } from './infrastructure/config/settings';
import { DataFolderUnusable } from './infrastructure/database/data-folder/data-folder-unusable';
import { DataFolderInUse } from './infrastructure/database/data-folder/lock-data-folder';
import { EventStoreDbUnusable } from './infrastructure/log/event-store/eventstoredb/eventstoredb-unusable';
import { ServiceKeyUnusable } from './infrastructure/outside/identity/service-key';
import { readSettingsFile } from './infrastructure/nest/ports.module';
import { serveWithSocket } from './infrastructure/tools/local-socket/serve-with-socket';
import { endProcess } from './infrastructure/runtime/end-process';
import { stopOnSignals } from './infrastructure/service/serve';
import { takeWarnings } from './infrastructure/service/warnings';
import { PortUnusable } from './infrastructure/service/port-unusable';
import { DatabaseUnusable } from './infrastructure/database/postgres/database-unusable';
import { KeyUnusable } from './infrastructure/log/keys/key-store';
import { MasterKeyUnusable } from './infrastructure/log/keys/master-key';

/** Faults that whoever started the service can mend: the sentence is all they need. */
const isSentence = (error: unknown): error is Error =>
  error instanceof SettingsInvalid ||
  error instanceof DataFolderInUse ||
  error instanceof MasterKeyUnusable ||
  error instanceof ServiceKeyUnusable ||
  error instanceof DataFolderUnusable ||
  error instanceof DatabaseUnusable ||
  error instanceof EventStoreDbUnusable ||
  error instanceof KeyUnusable ||
  error instanceof PortUnusable;

const start = async (): Promise<void> => {
  const tellWarnings = takeWarnings();
  const { settings, notices } = readSettings(process.env, readSettingsFile);
  const service = await serveWithSocket(settings, notices);
  tellWarnings(service.opened.ports.logger);
  stopOnSignals(service);
};

start().catch((error: unknown) => {
  process.stderr.write(`${isSentence(error) ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  endProcess(1);
});
