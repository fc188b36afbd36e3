import { join } from 'node:path';
import { auditTicket } from '../../../src/application/audit/audit-ticket';
import type { CheckResult } from '../../../src/domain/audit/judge';
import type { EncryptedText } from '../../../src/domain/kernel/personal-text';
import { isRefusal } from '../../../src/domain/kernel/refusal';
import { openSqliteEventStore } from '@tichet-albastru/event-log/stores/sqlite/sqlite-event-store';
import { chainOf } from '../../../src/infrastructure/proof/chain-of';
import type { OpenedPorts } from '../../../src/infrastructure/nest/provided';
import { openMasterKey } from '@tichet-albastru/event-log/keys/master-key';
import { createPersonalData } from '../../../src/infrastructure/log/keys/personal-data';
import { derivedFrom } from '../../../src/infrastructure/log/keys/purpose-keys';
import { openSqliteKeyStore } from '@tichet-albastru/event-log/keys/sqlite-key-store';
import { createSigner, leafHash, noteVerifierOf, rootFromInclusion, verifiedCheckpoint } from '@tichet-albastru/signed-log';
import { openSigning } from '../../../src/infrastructure/proof/signing/signing';
import { ticketProof, type TicketProof } from '../../../src/infrastructure/proof/ticket-proof';
import { createEventCodec } from '../../../src/infrastructure/log/codec/event-codec.codec';
import { hashEvent } from '@tichet-albastru/event-log/codec/event-hash';
import type { Told } from './told';

/** Signs the log as it stands. */
export const sealAll = async ({ ports, sealing: place }: OpenedPorts): Promise<void> => {
  if (place === undefined) throw new Error('Nothing is sealed here.');
  const sealing = await openSigning({
    store: ports.store,
    checkpoints: place.checkpoints,
    signer: createSigner(place.checkpoints, place.key),
  });
  for await (const event of ports.store.readAll(sealing.position === '' ? {} : { after: sealing.position })) sealing.add(event);
  await sealing.sign();
};

export const proofsOf = async ({ stage, tickets }: Told): Promise<ReadonlyMap<string, TicketProof>> => {
  const all = new Map<string, TicketProof>();
  for (const ticketId of tickets.values()) {
    const proved = await ticketProof(stage.ports, ticketId);
    if (isRefusal(proved) || proved.kind !== 'proved') throw new Error(`No proof of ${ticketId}.`);
    all.set(ticketId, proved.proof);
  }
  return all;
};

/** Whether the file alone, with nothing but the public key, proves each of its events. */
export const holds = ({ checkpoint, events, verifier }: TicketProof): boolean => {
  const key = noteVerifierOf(verifier);
  const signed = key && verifiedCheckpoint(checkpoint, key);
  return (
    signed !== undefined &&
    events.every(({ leaf, stream, revision, id, body, hash, proof }) => {
      const path = proof.map((one) => Buffer.from(one, 'hex'));
      const reached = rootFromInclusion(leafHash(hash), leaf, signed.size, path);
      return hashEvent({ stream, revision, id, body }) === hash && reached?.equals(signed.root) === true;
    })
  );
};

/** Every check of every ticket as of this moment, evidence and sentences with it. */
export const judgements = async ({ stage, tickets }: Told, asOf: string) => {
  const all: {
    readonly ticketId: string;
    readonly overall: string;
    readonly checks: readonly Pick<CheckResult, 'id' | 'verdict' | 'text'>[];
  }[] = [];
  for (const ticketId of tickets.values()) {
    const audited = await auditTicket(chainOf)(stage.ports)({ ticketId, asOf });
    if (isRefusal(audited)) throw new Error(`No verdict on ${ticketId}.`);
    all.push({ ticketId: audited.ticketId, overall: audited.overall, checks: audited.checks });
  }
  return all;
};

/** Every sealed value of these keys in a log, tried with the key store beside it: how many can be read. */
export const readableIn = async (dataFolder: string, masterKeyFile: string, names: ReadonlySet<string>): Promise<number> => {
  const masterKey = openMasterKey(masterKeyFile, { create: false });
  const keys = openSqliteKeyStore({ path: join(dataFolder, 'keys.db'), masterKey, readOnly: true });
  const personalData = createPersonalData({ keys, purposeKeys: derivedFrom(masterKey) });
  const codec = createEventCodec({ keys });
  const sealed: EncryptedText[] = [];
  const collect = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('sealed' in value && 'key' in value && 'bound' in value) sealed.push(value as EncryptedText);
    else Object.values(value).forEach(collect);
  };
  const store = await openSqliteEventStore({ folder: dataFolder, readOnly: true });
  for await (const recorded of store.readAll({})) collect(codec.decode(recorded).fact.data);
  await store.close();
  const theirs = sealed.filter(({ key }) => names.has(key));
  if (theirs.length < names.size) throw new Error('Some of these keys seal nothing.');
  const texts = await Promise.all(theirs.map((text) => personalData.open(text)));
  keys.close();
  return texts.filter((text) => text !== undefined).length;
};
