import 'reflect-metadata';
import { SettingsInvalid } from './infrastructure/config/setting';
import { readSettings } from './infrastructure/config/settings';
import { readSettingsFile } from './infrastructure/nest/ports.module';
import { serveWithSocket } from './infrastructure/tools/local-socket/serve-with-socket';
import { endProcess } from './infrastructure/runtime/end-process';
import { stopOnSignals } from './infrastructure/service/serve';
import { takeWarnings } from './infrastructure/service/warnings';
import { Unusable } from '@tichet-albastru/event-log/unusable';
import { SaidError } from './infrastructure/phrasing/sentences';
import { inWords } from './infrastructure/phrasing/unusable-words';
import { KeyUnusable } from '@tichet-albastru/event-log/keys/key-store';

/** Faults that the operator can mend: the sentence is enough. */
const isSentence = (error: unknown): error is Error =>
  error instanceof SettingsInvalid || error instanceof SaidError || error instanceof Unusable || error instanceof KeyUnusable;

const start = async (): Promise<void> => {
  const tellWarnings = takeWarnings();
  const { settings, notices } = readSettings(process.env, readSettingsFile);
  const service = await serveWithSocket(settings, notices);
  tellWarnings(service.opened.ports.logger);
  stopOnSignals(service);
};

start().catch((fault: unknown) => {
  const error = inWords(fault);
  process.stderr.write(`${isSentence(error) ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  endProcess(1);
});
