import type { EventStore } from '@tichet-albastru/event-log/ports/event-store';
import type { SignedLog } from '../../../src/application/kernel/ports/signed-log';
import { c21Untouched } from '../../../src/domain/audit/judge';
import { dossierAt } from '../../../src/domain/audit/case-file';
import { createMemoryEventStore } from '@tichet-albastru/event-log/stores/memory/memory-event-store';
import { chainOf } from '../../../src/infrastructure/proof/chain-of';
import { type CheckpointStore, createMemoryCheckpointStore, createNoteSigner, createSigner } from '@tichet-albastru/signed-log';
import { openSigning } from '../../../src/infrastructure/proof/signing/signing';
import { createCurrentSignedLog } from '../../../src/infrastructure/proof/signing/current-signed-log';
import { hashEvent } from '@tichet-albastru/event-log/codec/event-hash';
import { onlineHistory } from '../../support/histories';
import { settled } from '../../support/judging';
import { appendSmall } from '../../support/small-events';

const key = createNoteSigner('city.example/tichet-albastru', Buffer.alloc(32, 3));
const stream = 'ticket-1';

type Sealed = {
  readonly store: EventStore;
  readonly signedLog: SignedLog;
  readonly checkpoints: CheckpointStore;
  readonly sealNow: () => Promise<void>;
};
const sealedTicket = async (): Promise<Sealed> => {
  const store = createMemoryEventStore();
  const checkpoints = createMemoryCheckpointStore();
  await appendSmall(store, 300, 'before');
  await appendSmall(store, 5, stream);
  const sealNow = async (): Promise<void> => {
    const sealing = await openSigning({ store, checkpoints, signer: createSigner(checkpoints, key) });
    for await (const event of store.readAll(sealing.position === '' ? {} : { after: sealing.position })) sealing.add(event);
    await sealing.sign();
  };
  return { store, checkpoints, sealNow, signedLog: createCurrentSignedLog({ checkpoints, verifier: key, counts: true }) };
};

/** The last event of the stream says something else, with the hash that fits it. */
const rewritten = (store: EventStore): EventStore => ({
  ...store,
  read: async function* (name, from) {
    for await (const event of store.read(name, from)) {
      if (event.revision !== 4) yield event;
      else {
        const body = event.body.replace('09:00', '10:00');
        yield { ...event, body, hash: hashEvent({ ...event, body }) };
      }
    }
  },
});

const verdictOf = async (ports: Parameters<typeof chainOf>[0]) => {
  const chain = await chainOf(ports, stream);
  const { verdict, text, evidence } = c21Untouched.find(dossierAt({ ...onlineHistory(), chain }, settled));
  return { verdict, en: text.en, evidence };
};

describe('C21', () => {
  it('passes before anything is sealed, while newer events are not sealed yet, and when they are', async () => {
    const { store, signedLog, sealNow } = await sealedTicket();
    expect(await verdictOf({ store, signedLog })).toMatchObject({ verdict: 'pass' });
    await sealNow();
    expect(await verdictOf({ store, signedLog })).toMatchObject({ verdict: 'pass' });
    await appendSmall(store, 3, 'later');
    expect(await chainOf({ store, signedLog }, 'later')).toEqual({ intact: true });
  });

  it('fails with the event whose chain was computed again, which the chain alone would miss', async () => {
    const { store, signedLog, sealNow } = await sealedTicket();
    await sealNow();
    const ids: string[] = [];
    for await (const { id } of store.read(stream)) ids.push(id);
    expect(await verdictOf({ store: rewritten(store), signedLog })).toEqual({
      verdict: 'fail',
      en: 'An event is not the one that was sealed in this place of the log.',
      evidence: [ids[4]],
    });
    // the broken variant: one that asks no seal
    expect(await verdictOf({ store: rewritten(store) })).toMatchObject({ verdict: 'pass' });
  });

  it('fails with a sentence of its own when the seal cannot be read, and again passes when it can', async () => {
    const { store, signedLog, checkpoints, sealNow } = await sealedTicket();
    await sealNow();
    const tile = await checkpoints.tile({ level: 0, index: 1 });
    await checkpoints.removeTiles();
    const unreadable = { verdict: 'fail', en: 'The chain of seals is whole, but the seal of the log cannot be read.', evidence: [] };
    expect(await verdictOf({ store, signedLog })).toEqual(unreadable);
    expect(tile).toBeDefined();
    const fresh = createMemoryCheckpointStore();
    const sealing = await openSigning({ store, checkpoints: fresh, signer: createSigner(fresh, key) });
    for await (const event of store.readAll()) sealing.add(event);
    await sealing.sign();
    for (const at of [
      { level: 0, index: 0 },
      { level: 0, index: 1 },
      { level: 1, index: 0 },
    ])
      await checkpoints.putTile(at, (await fresh.tile(at)) ?? Buffer.alloc(0));
    expect(await verdictOf({ store, signedLog })).toMatchObject({ verdict: 'pass' });
    const other = createCurrentSignedLog({ checkpoints, verifier: createNoteSigner(key.name, Buffer.alloc(32, 9)), counts: true });
    expect(await verdictOf({ store, signedLog: other })).toEqual(unreadable);
  });
});
