import type { EventStore, Recorded } from '@tichet-albastru/event-log/ports/event-store';
import type { Ports } from '../../../application/kernel/ports/ports';
import { numberOf, positionOf } from '@tichet-albastru/event-log/stores/append-rules';
import { hashEvent } from '@tichet-albastru/event-log/codec/event-hash';
import type { SignedBy } from '../signing/sign-log';
import { createSigner, LogNotAsSigned, type SignedLogFault } from '@tichet-albastru/signed-log';
import { newestSignedFault } from '../signing/newest-signed-fault';
import { countsEvents, openSigning } from '../signing/signing';
import type { RaisedAlarm, LogAlarm } from './log-alarm';
import { faultOfDamage, openDamage } from '../damaged-streams';

export type AlarmCleared =
  /** `being-accepted`: an acceptance of the log was begun and not ended */
  | { readonly kind: 'not-sealed' | 'no-alarm' | 'being-accepted' }
  /** this is still so, or so now */
  | { readonly kind: 'stands'; readonly fault: SignedLogFault }
  | { readonly kind: 'cleared'; readonly was: RaisedAlarm };

type Alarmed = {
  readonly ports: Pick<Ports, 'store' | 'signedLog'>;
  readonly sealing?: SignedBy & { readonly alarm: LogAlarm };
};

/**
 * Ends the read-only mode for a person who has looked, once what can be verified without reading the whole log is as it was sealed.
 * @param by and `reason` are kept with the fault, durably
 */
export const clearAlarm = async (
  { ports, sealing }: Alarmed,
  { by, reason }: { readonly by: string; readonly reason: string },
): Promise<AlarmCleared> => {
  if (sealing === undefined) return { kind: 'not-sealed' };
  const { alarm } = sealing;
  await alarm.look();
  const was = alarm.standing();
  if (was === undefined) return { kind: 'no-alarm' };
  if (await alarm.isBeingAccepted()) return { kind: 'being-accepted' };
  const fault = (await sealing.acknowledged?.compare()) ?? (await faultNow(ports, sealing, was.fault));
  if (fault !== undefined) return { kind: 'stands', fault };
  await alarm.clear(by, reason);
  return { kind: 'cleared', was };
};

const faultNow = async (
  { store, signedLog }: Alarmed['ports'],
  { checkpoints, key }: SignedBy,
  told: SignedLogFault,
): Promise<SignedLogFault | undefined> => {
  try {
    const [damage] = await openDamage(store, { anew: true });
    if (damage !== undefined) return faultOfDamage(damage);
    const newest = await newestSignedFault({ store, checkpoints, key });
    if (newest !== undefined) return newest;
    // also reads the whole log, where the tiles do not lead to what was signed
    await openSigning({ store, checkpoints, signer: createSigner(checkpoints, key) });
    // it cannot be told here whether a checkpoint from outside was ever this log's: a person has decided; what was acknowledged was
    // compared before
    if (
      told.number === 0 ||
      told.reason === 'log-shorter' ||
      told.reason === 'acknowledged-missing' ||
      told.reason === 'tables-ahead' ||
      told.reason === 'witness-contradicts'
    )
      return undefined;
    const event = await eventConcerned(store, told);
    if (event === 'unknown') return undefined;
    if (event === undefined) return told;
    if (hashEvent(event) !== event.hash) return told;
    const upTo = await signedLog?.checkpoint();
    const standing = upTo && (await signedLog?.standing(event, upTo));
    return standing?.kind === 'differs' ? told : undefined;
  } catch (error) {
    if (error instanceof LogNotAsSigned) return error.fault;
    throw error;
  }
};

const eventConcerned = async (
  store: EventStore,
  { stream, revision, number }: SignedLogFault,
): Promise<Recorded | 'unknown' | undefined> => {
  if (stream !== undefined && revision !== undefined) {
    for await (const event of store.read(stream, revision)) return event.revision === revision ? event : undefined;
    return undefined;
  }
  if (!countsEvents(store)) return 'unknown';
  for await (const event of store.readAll({ ...(number > 1 && { after: positionOf(number - 1) }), limit: 1 }))
    return numberOf(event.position) === number ? event : undefined;
  return undefined;
};
