import fc from 'fast-check';
import type { EnvelopeContext } from '@tichet-albastru/event-log/ports/event-codec';
import { EventLogCorrupt, noHash, type Envelope, type Recorded } from '@tichet-albastru/event-log/ports/event-store';
import type { DomainFact } from '../../../../src/domain/facts';
import { personal, type EncryptedText } from '../../../../src/domain/kernel/personal-text';
import { civilDate, factShape, instant, personalText, text } from '../../../../src/domain/kernel/shape';
import { createMemoryKeyStore } from '@tichet-albastru/event-log/keys/memory-key-store';
import { createPersonalData } from '../../../../src/infrastructure/log/keys/personal-data';
import { derivedFrom } from '../../../../src/infrastructure/log/keys/purpose-keys';
import { createEventCodec } from '../../../../src/infrastructure/log/codec/event-codec.codec';
import { hashEvent } from '@tichet-albastru/event-log/codec/event-hash';
import { verifyChain } from '@tichet-albastru/event-log/codec/verify-chain';
import { deepest } from '@tichet-albastru/kernel/strict-json';

const at = '2026-03-02T08:00:00.000Z';
const contextOf = (stream: string, revision = 0, previousHash = noHash): EnvelopeContext => ({
  stream,
  revision,
  id: `id-${stream}-${revision}`,
  previousHash,
  recordedAt: at,
  actor: { kind: 'system', id: 'test' },
  commandId: 'c',
  correlationId: 'k',
  causationId: 'z',
});
const place = (envelope: Envelope, stream: string, revision = 0): Recorded => ({ ...envelope, stream, revision, position: '1' });
const erased = (text: string): DomainFact => ({ type: 'PersonalDataErased', data: { erasedAt: at, reason: personal('office', text) } });
const world = () => {
  const keys = createMemoryKeyStore();
  return {
    keys,
    codec: createEventCodec({ keys }),
    personalData: createPersonalData({ keys, purposeKeys: derivedFrom(Buffer.alloc(32, 3)) }),
  };
};
const reasonOf = (data: object): EncryptedText => (data as { readonly reason: EncryptedText }).reason;

describe('the event codec', () => {
  it('seals personal text so that no byte of it stands in the body, and opens it again', async () => {
    const { codec, personalData } = world();
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 8, maxLength: 60, unit: 'grapheme' }), async (text) => {
        const envelope = await codec.encode(erased(`canar ${text} canar`), contextOf('ticket-1'));
        expect(envelope.body).not.toContain('canar');
        const event = codec.decode(place(envelope, 'ticket-1'));
        expect(await personalData.open(reasonOf(event.fact.data))).toBe(`canar ${text} canar`);
      }),
    );
  });

  it('binds a seal to its type, stream, event and field: elsewhere it does not open', async () => {
    const { codec, personalData } = world();
    const envelope = await codec.encode(erased('a'), contextOf('ticket-1'));
    const moved = codec.decode({ ...place(envelope, 'ticket-1'), id: 'another' });
    await expect(personalData.open(reasonOf(moved.fact.data))).rejects.toThrow('does not fit');
    const { bound } = reasonOf(codec.decode(place(envelope, 'ticket-1')).fact.data);
    expect(bound.split('\u001f')).toEqual(['PersonalDataErased', '1', 'ticket-1', 'id-ticket-1-0', 'reason']);
  });

  it('shows nothing, and everything else, once a key is destroyed; later text of that person is kept by nobody', async () => {
    const { codec, personalData } = world();
    const before = await codec.encode(erased('a'), contextOf('ticket-1'));
    await personalData.destroy(['office:ticket-1']);
    const after = await codec.encode(erased('b'), contextOf('ticket-1', 1, before.hash));
    for (const [revision, envelope] of [before, after].entries()) {
      const event = codec.decode(place(envelope, 'ticket-1', revision));
      expect(event.fact.data).toMatchObject({ erasedAt: at });
      expect(await personalData.open(reasonOf(event.fact.data))).toBeUndefined();
    }
    expect(verifyChain([place(before, 'ticket-1'), place(after, 'ticket-1', 1)])).toBeUndefined();
  });

  it('throws for text that is sealed already: it would be bound to another event', async () => {
    const { codec } = world();
    const sealed: EncryptedText = { sealed: 'AA==', key: 'office:ticket-1', bound: 'x' };
    const fact: DomainFact = { type: 'PersonalDataErased', data: { erasedAt: at, reason: sealed } };
    await expect(codec.encode(fact, contextOf('ticket-1'))).rejects.toThrow(TypeError);
  });

  it('never writes a fact that it could not read, nor one into a stream of another category', async () => {
    const { codec } = world();
    const broken = { type: 'StatusChanged', data: { status: 'closed' } } as unknown as DomainFact;
    await expect(codec.encode(broken, contextOf('request-1_2026-01-05'))).rejects.toThrow('changedAt');
    await expect(codec.encode({ type: 'StatusChanged', data: { status: 'closed', changedAt: at } }, contextOf('ticket-1'))).rejects.toThrow(
      TypeError,
    );
  });

  it('never writes what is nested deeper than the format is, nor reads it', async () => {
    const { codec } = world();
    const nested = (depth: number): unknown => (depth === 0 ? 0 : [nested(depth - 1)]);
    // the text, its data, the list of policies and the policy are four
    const bounced = (depth: number) => {
      const policies = [{ name: 'bounce-follow-up', version: 2, value: nested(depth - 4) }];
      const data = { letterId: 'l', grade: 'observed', bouncedAt: at, followUpDueAt: at, policies };
      return codec.encode({ type: 'ResolutionBounced', data } as unknown as DomainFact, contextOf('ticket-1'));
    };
    const deep = place(await bounced(deepest), 'ticket-1');
    expect(codec.decode(deep).fact.type).toBe('ResolutionBounced');
    await expect(bounced(deepest + 1)).rejects.toThrow('ResolutionBounced is nested too deep');
    expect(() => codec.decode({ ...deep, body: deep.body.replace('[0]', '[[0]]') })).toThrow('nested too deep');
  });

  it.each([
    ['is not JSON', '{"type":'],
    ['is no envelope', '{"type":"TaskDone","version":1}'],
    ['is null', 'null'],
    ['has an unknown type', '{"type":"Invented","version":1,"data":{},"metadata":M}'],
    ['has a version of the future', '{"type":"TaskDone","version":2,"data":{"taskId":"a","doneAt":"b"},"metadata":M}'],
    ['lacks a field', '{"type":"TaskDone","version":1,"data":{"taskId":"a"},"metadata":M}'],
    ['has a field of another kind', '{"type":"TaskDone","version":1,"data":{"taskId":1,"doneAt":"b"},"metadata":M}'],
    ['has a type that every object answers to', '{"type":"constructor","version":1,"data":{},"metadata":M}'],
  ])('refuses as corrupt what %s', (_, text) => {
    const body = text.replace(
      'M',
      JSON.stringify({ recordedAt: at, previousHash: noHash, commandId: 'c', actor: { kind: 'system', id: 'x' } }),
    );
    const type = /"type":"(\w+)"/.exec(text)?.[1] ?? 'TaskDone';
    const recorded = place({ id: 'i', type, body, hash: '' }, 'ticket-1');
    expect(() => world().codec.decode(recorded)).toThrow(EventLogCorrupt);
  });

  it('brings an old version up to the newest, sealed values untouched', async () => {
    const keys = createMemoryKeyStore();
    const first = createEventCodec({
      keys,
      catalogue: { ops: { Noted: factShape('—', 'Noted.', { text: personalText('office'), on: civilDate }) } },
    });
    const third = createEventCodec({
      keys,
      catalogue: {
        ops: {
          Noted: factShape('—', 'Noted.', { note: personalText('office'), at: instant, by: text }, [
            ({ text, ...rest }) => ({ ...rest, note: text }),
            ({ on, ...rest }) => ({ ...rest, at: `${String(on)}T00:00:00.000Z`, by: 'unknown' }),
          ]),
        },
      },
    });
    const fact = { type: 'Noted', data: { text: personal('office', 'vechi'), on: '2026-03-02' } } as unknown as DomainFact;
    const event = third.decode(place(await first.encode(fact, contextOf('ops-x')), 'ops-x'));
    const data = event.fact.data as unknown as { readonly note: EncryptedText };
    expect(event).toMatchObject({ version: 1, fact: { data: { at: '2026-03-02T00:00:00.000Z', by: 'unknown' } } });
    expect(await createPersonalData({ keys, purposeKeys: derivedFrom(Buffer.alloc(32)) }).open(data.note)).toBe('vechi');
  });
});

describe('the chain', () => {
  const chain = async (length: number): Promise<readonly Recorded[]> => {
    const { codec } = world();
    const events: Recorded[] = [];
    for (let revision = 0; revision < length; revision += 1) {
      const previous = events.at(-1)?.hash ?? noHash;
      const envelope = await codec.encode(
        { type: 'TaskDone', data: { taskId: `k${revision}`, doneAt: at } },
        contextOf('ticket-1', revision, previous),
      );
      events.push(place(envelope, 'ticket-1', revision));
    }
    return events;
  };
  const forged = (event: Recorded): Recorded => {
    const body = event.body.replace('"k2"', '"k9"');
    return { ...event, body, hash: hashEvent({ ...event, body }) };
  };

  it('C21: is whole as it was written', async () => {
    expect(verifyChain(await chain(5))).toBeUndefined();
  });

  it('C21: names the first event that was changed, forged, dropped or moved', async () => {
    const events = await chain(5);
    const [, , third] = events;
    if (!third) throw new Error('no third event');
    const faultOf = (changed: readonly Recorded[]) => verifyChain(changed);
    const changed = events.map((event) => (event === third ? { ...event, body: event.body.replace('"k2"', '"k9"') } : event));
    expect(faultOf(changed)).toMatchObject({ revision: 2, reason: 'hash-differs' });
    expect(faultOf(events.map((event) => (event === third ? forged(event) : event)))).toMatchObject({
      revision: 3,
      reason: 'previous-differs',
    });
    expect(faultOf(events.filter((event) => event !== third))).toMatchObject({ revision: 3, reason: 'revision-gap' });
    expect(faultOf(events.map((event) => ({ ...event, stream: 'ticket-2' })))).toMatchObject({ revision: 0, reason: 'hash-differs' });
    expect(faultOf(events.map((event) => (event === third ? { ...event, id: 'x' } : event)))).toMatchObject({
      revision: 2,
      reason: 'hash-differs',
    });
  });

  it('separates its parts: no two different events have the same bytes under the hash', () => {
    const one = hashEvent({ stream: 'a', revision: 1, id: 'bc', body: 'd' });
    expect(hashEvent({ stream: 'a', revision: 1, id: 'b', body: 'cd' })).not.toBe(one);
    expect(hashEvent({ stream: 'a1', revision: 1, id: 'bc', body: 'd' })).not.toBe(one);
    expect(hashEvent({ stream: 's', revision: 10, id: 'i', body: 'ș' })).toBe(
      // SHA-256 of the length-prefixed parts, computed independently with Python's hashlib
      '88dc0fdcb508284f2f8dfa40a81c1cb91572212144c9a4507e31d72409b269df',
    );
  });
});
