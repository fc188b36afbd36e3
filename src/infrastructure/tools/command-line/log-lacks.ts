import { EventLogCorrupt } from '@tichet-albastru/event-log/ports/event-store';
import type { Settings } from '../../config/settings';
import type { FollowedTables } from '../../nest/provided';
import { missingFrom } from '../../proof/acknowledged/missing';
import { rememberedIn } from '../../proof/acknowledged/notes-file';
import { faultOf, stillMissing } from '../../proof/acknowledged/watch';
import { alarmKey, raisedAlarmOf, type RaisedAlarm } from '../../proof/alarm/log-alarm';
import { alarmWords } from '../../proof/fault-words';
import { newestSignedFault } from '../../proof/signing/newest-signed-fault';
import { unlessThrown } from '@tichet-albastru/kernel/error-code';
import { noteVerifierOf, type SignedLogFault } from '@tichet-albastru/signed-log';
import { handledBy, tablesAhead } from '../doctor/stored-behind-ports';
import { type ReadingStores, whileReading } from './installation';
import type { Invocation } from './invocation';

/** What this process has acknowledged: where the newest of it is there, everything before is. */
const missingHere = async ({ dataDirectory }: Settings, { store }: ReadingStores): Promise<SignedLogFault | undefined> => {
  const remembered = await rememberedIn(dataDirectory);
  const newest = remembered.events.toSorted((a, b) => (a.position < b.position ? -1 : 1)).slice(-1);
  if ((await missingFrom(store, { events: newest })) === undefined) return undefined;
  const missing = await stillMissing(store, remembered);
  return missing && faultOf(store, missing);
};

const notAsSigned = async ({ store, checkpoints }: ReadingStores): Promise<SignedLogFault | undefined> => {
  const key = noteVerifierOf((await checkpoints.get('verifier')) ?? '');
  return key && unlessThrown(EventLogCorrupt, undefined, () => newestSignedFault({ store, checkpoints, key }));
};

/**
 * The alarm that stands, or would be raised by a start: the log lacks what was acknowledged, signed or handled. The whole log is not read.
 * @param tables that follow it
 */
export const logLacks = async (settings: Settings, stores: ReadingStores, tables: FollowedTables): Promise<RaisedAlarm | undefined> => {
  const standing = raisedAlarmOf(await stores.operations.keyValues.get(alarmKey));
  if (standing !== undefined) return standing;
  const ahead = async (): Promise<SignedLogFault | undefined> =>
    (await tablesAhead(stores.store, await handledBy(stores.readModels, tables))).length > 0
      ? { reason: 'tables-ahead', number: 0 }
      : undefined;
  const fault = (await missingHere(settings, stores)) ?? (await notAsSigned(stores)) ?? (await ahead());
  return fault && { fault, at: '' };
};

/** Before the log is shown, tells the reader that it is not complete. @returns whether that is so */
export const tellWhereLogLacks = async (cli: Invocation): Promise<boolean> => {
  const lacks = await whileReading(cli.settings, (_, stores) => logLacks(cli.settings, stores, cli.tables));
  if (lacks !== undefined) cli.complain(cli.words.logLacks.told({ wrong: cli.say(alarmWords(lacks.fault)) }));
  return lacks !== undefined;
};
