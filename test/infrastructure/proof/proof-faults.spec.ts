import type { EventStore } from '@tichet-albastru/event-log/ports/event-store';
import { isRefusal } from '../../../src/domain/kernel/refusal';
import { hashEvent } from '@tichet-albastru/event-log/codec/event-hash';
import { createMemoryEventStore } from '@tichet-albastru/event-log/stores/memory/memory-event-store';
import { createCurrentSignedLog } from '../../../src/infrastructure/proof/signing/current-signed-log';
import {
  type PlacedEvent,
  plainProofFormat,
  proofManifestText,
  sumOfProof,
  ticketProof,
  ticketProofFormat,
  type TicketProof,
} from '../../../src/infrastructure/proof/ticket-proof';
import { checkTicketProof } from '../../../src/infrastructure/proof/verify/check-ticket-proof';
import { proofLimits, readTicketProof, ticketProofText } from '../../../src/infrastructure/proof/verify/read-ticket-proof';
import { type CheckpointStore, createMemoryCheckpointStore, createNoteSigner, signNote, verifierLine } from '@tichet-albastru/signed-log';
import { otherSealKey, sealKey, sealNow } from '../../support/sealed-tickets';
import { appendSmall } from '../../support/small-events';

const ticketId = 'a-ticket';
const judged = { asOf: '2026-03-05T10:00:00.000Z', overall: 'pass', checks: [], warnings: 0, waived: 0 } as const;
let plain: TicketProof;
let request: readonly PlacedEvent[];
let staff: readonly PlacedEvent[];

/** Signed by whoever has this key, over what it says now. */
const signed = (proof: TicketProof, key = sealKey, events = proof.events): TicketProof => {
  const head = events.at(-1);
  if (head === undefined) throw new Error('Nothing is proved.');
  const [, size, root = ''] = proof.checkpoint.split('\n');
  const checkpoint = { size: Number(size), root: Buffer.from(root, 'base64').toString('hex') };
  return { ...proof, manifest: signNote(proofManifestText({ ticketId: proof.ticketId, head, sum: sumOfProof(proof), checkpoint }), key) };
};
/** With the events of a request and of a staff member as evidence. */
const judgedProof = (change: (proof: TicketProof) => TicketProof = (proof) => proof): TicketProof =>
  signed(
    change({
      ...plain,
      format: ticketProofFormat,
      events: plain.events.map((event, place) => ({ ...event, position: String(place) })),
      evidence: { request, streams: [{ stream: 'staff-1', events: staff }], meetings: [], clock: [], judged },
    }),
  );

/** As the service gives it out, of a ticket in a log that is sealed. */
const proofIn = async (store: EventStore, checkpoints: CheckpointStore, id: string): Promise<TicketProof> => {
  const signedLog = createCurrentSignedLog({ checkpoints, verifier: sealKey, counts: true });
  const proved = await ticketProof({ store, signedLog }, id);
  if (isRefusal(proved) || proved.kind !== 'proved') throw new Error('There is no proof.');
  return proved.proof;
};
const placedFrom = (first: number, { events }: TicketProof): readonly PlacedEvent[] =>
  events.map((event, place) => ({ ...event, position: String(first + place) }));

beforeAll(async () => {
  const [store, checkpoints] = [createMemoryEventStore(), createMemoryCheckpointStore()];
  for (const stream of [`ticket-${ticketId}`, 'ticket-of-a-request', 'ticket-of-staff']) await appendSmall(store, 3, stream);
  await sealNow(store, checkpoints);
  plain = await proofIn(store, checkpoints, ticketId);
  request = placedFrom(10, await proofIn(store, checkpoints, 'of-a-request'));
  staff = placedFrom(10, await proofIn(store, checkpoints, 'of-staff'));
});

/** What is said of the proof once it was changed. */
const faultOf = (proof: TicketProof, insisted = sealKey) => {
  const checked = checkTicketProof(proof, insisted);
  return checked.kind === 'holds' ? undefined : checked.fault;
};
/** With another event in this place of the ticket. */
const withEvent = (place: number, change: (event: PlacedEvent) => object): TicketProof => ({
  ...plain,
  events: plain.events.map((event, at) => (at === place ? { ...event, ...change({ position: '', ...event }) } : event)),
});

describe('a proof of a ticket holds, or says what is wrong with which event', () => {
  it('holds with the key that was given out, with its own, and says what was signed', () => {
    const [, size] = plain.checkpoint.split('\n');
    expect(size).toBe('9');
    expect(checkTicketProof(plain, sealKey)).toMatchObject({ kind: 'holds', verifier: verifierLine(sealKey), checkpoint: { size: 9 } });
    expect(checkTicketProof(plain)).toMatchObject({ kind: 'holds', verifier: verifierLine(sealKey) });
  });
  it('not with a line of the key that is none, nor with that of a witness', () => {
    const witness = createNoteSigner(sealKey.name, Buffer.alloc(32, 7), 4);
    expect(faultOf({ ...plain, verifier: 'no key' })).toEqual({ reason: 'key-unusable' });
    expect(faultOf({ ...plain, verifier: verifierLine(witness) }, witness)).toEqual({ reason: 'key-unusable' });
  });
  it('not with another key than the one that was given out, or that signed', () => {
    expect(faultOf(plain, otherSealKey)).toEqual({ reason: 'other-key' });
    expect(faultOf({ ...plain, verifier: verifierLine(otherSealKey) }, otherSealKey)).toEqual({ reason: 'signature-differs' });
  });
  it('not without events', () => {
    expect(faultOf({ ...plain, events: [] })).toEqual({ reason: 'no-events' });
  });
  it('not with an event of another stream, nor without the one before', () => {
    const eventId = plain.events[1]?.id;
    expect(faultOf({ ...plain, ticketId: 'another' })).toEqual({ reason: 'other-stream', event: 1, eventId: plain.events[0]?.id });
    expect(faultOf({ ...plain, events: plain.events.slice(1) })).toEqual({ reason: 'revision-gap', event: 1, eventId });
    expect(faultOf(withEvent(1, () => ({ revision: 0 })))).toEqual({ reason: 'revision-gap', event: 2, eventId });
  });
  it('not where it stands before the one before it, or in its place', () => {
    expect(faultOf(withEvent(1, ({ leaf }) => ({ leaf: leaf - 1 })))).toMatchObject({ reason: 'out-of-order', event: 2 });
    expect(faultOf(withEvent(0, () => ({ leaf: -1 })))).toMatchObject({ reason: 'out-of-order', event: 1 });
  });
  it('not with a text that is not that of its hash, nor with one that is no envelope, nor after another event', () => {
    const rewritten = (change: (body: string) => string) =>
      withEvent(1, (event) => {
        const body = change(event.body);
        return { body, hash: hashEvent({ ...event, body }) };
      });
    expect(faultOf(withEvent(1, ({ body }) => ({ body: `${body} ` })))).toMatchObject({ reason: 'hash-differs', event: 2 });
    expect(faultOf(rewritten(() => '{}'))).toMatchObject({ reason: 'not-an-envelope', event: 2 });
    expect(faultOf(rewritten((body) => body.replace(/[0-9a-f]{64}/, '0'.repeat(64))))).toMatchObject({
      reason: 'previous-differs',
      event: 2,
    });
    expect(faultOf(rewritten((body) => body.replace('09:00', '09:01')))).toMatchObject({ reason: 'not-included', event: 2 });
  });
  it('not where it does not lead to the root', () => {
    expect(faultOf(withEvent(2, ({ proof }) => ({ proof: proof.slice(1) })))).toMatchObject({ reason: 'not-included', event: 3 });
    expect(faultOf(withEvent(2, ({ proof: [first, ...others] }) => ({ proof: [...others, first] })))).toMatchObject({
      reason: 'not-included',
    });
  });
});

describe('a proof with evidence', () => {
  const asStaff = (proof: TicketProof, change: (events: readonly PlacedEvent[]) => readonly PlacedEvent[], stream = 'ticket-of-staff') =>
    proof.evidence === undefined ? proof : { ...proof, evidence: { ...proof.evidence, streams: [{ stream, events: change(staff) }] } };
  const whole = () => judgedProof((proof) => asStaff(proof, (events) => events));

  it('holds with a manifest of the same key, over all of it', () => {
    expect(faultOf(whole())).toBeUndefined();
  });
  it('not with a manifest of nobody, of another key, or with one more signature', () => {
    const { manifest = '', ...without } = whole();
    const [, signature = ''] = manifest.split('\n\n');
    expect(faultOf(without)).toEqual({ reason: 'manifest-unsigned' });
    expect(faultOf({ ...without, manifest: 'none' })).toEqual({ reason: 'manifest-unsigned' });
    expect(faultOf(signed(without, otherSealKey))).toEqual({ reason: 'manifest-unsigned' });
    expect(faultOf({ ...without, manifest: manifest + signature })).toEqual({ reason: 'manifest-unsigned' });
  });
  it('not with its last event cut off, which is said as such', () => {
    const proof = whole();
    const short = { ...proof, events: proof.events.slice(0, -1) };
    expect(faultOf(signed(short, sealKey, proof.events))).toEqual({ reason: 'cut-off' });
    expect(faultOf(signed(short))).toBeUndefined();
    // one more than was signed is no cut
    expect(faultOf(signed(proof, sealKey, proof.events.slice(0, -1)))).toEqual({ reason: 'manifest-differs' });
  });
  it('not with its last event cut off, of however many', async () => {
    const [store, checkpoints] = [createMemoryEventStore(), createMemoryCheckpointStore()];
    await appendSmall(store, 12, 'ticket-long');
    await sealNow(store, checkpoints);
    const long = await proofIn(store, checkpoints, 'long');
    const evidence = { request: [], streams: [], meetings: [], clock: [], judged };
    const proof: TicketProof = { ...long, format: ticketProofFormat, events: placedFrom(1, long), evidence };
    expect(faultOf(signed(proof))).toBeUndefined();
    expect(faultOf(signed({ ...proof, events: proof.events.slice(0, -1) }, sealKey, proof.events))).toEqual({ reason: 'cut-off' });
  });
  it('holds whatever the name of the ticket says: where it ends stands in a line of its own', async () => {
    const [store, checkpoints] = [createMemoryEventStore(), createMemoryCheckpointStore()];
    await appendSmall(store, 3, 'ticket-a head 9 of it');
    await sealNow(store, checkpoints);
    const named = await proofIn(store, checkpoints, 'a head 9 of it');
    const evidence = { request: [], streams: [], meetings: [], clock: [], judged };
    expect(faultOf(signed({ ...named, format: ticketProofFormat, events: placedFrom(1, named), evidence }))).toBeUndefined();
  });
  it('not once anything of it was changed after it was signed', () => {
    const proof = whole();
    expect(faultOf({ ...proof, manifest: signNote('something else\n', sealKey) })).toEqual({ reason: 'manifest-differs' });
    expect(faultOf({ ...proof, notYetSealed: 1 })).toEqual({ reason: 'manifest-differs' });
    expect(faultOf({ ...proof, manifest: signNote(`${proof.manifest?.split('\n\n')[0] ?? ''}\nmore\n`, sealKey) })).toEqual({
      reason: 'manifest-differs',
    });
  });
  it('not where an event of the evidence is wrong, which is counted on from those of the ticket', () => {
    expect(faultOf(judgedProof((proof) => asStaff(proof, (events) => events, 'staff-1')))).toMatchObject({
      reason: 'other-stream',
      event: 7,
    });
    expect(faultOf(judgedProof((proof) => asStaff(proof, (events) => events.slice(1))))).toMatchObject({
      reason: 'revision-gap',
      event: 7,
    });
    const ofRequest = (events: readonly PlacedEvent[]) =>
      judgedProof((proof) => (proof.evidence ? { ...proof, evidence: { ...proof.evidence, request: events, streams: [] } } : proof));
    expect(faultOf(ofRequest([...request].reverse()))).toMatchObject({ reason: 'revision-gap', event: 4 });
    expect(faultOf(ofRequest([]))).toBeUndefined();
  });
  it('says first what is wrong with the events of the ticket', () => {
    expect(faultOf({ ...whole(), events: plain.events.slice(1) })).toMatchObject({ reason: 'revision-gap', event: 1 });
  });
});

describe('a file is read as a proof', () => {
  const read = (proof: object) => readTicketProof(Buffer.from(JSON.stringify(proof)));
  const event = () => plain.events[0] ?? {};
  const placed = () => request[0] ?? {};
  const judgedWith = (evidence: object) => {
    const proof = judgedProof();
    return { ...proof, evidence: { ...proof.evidence, ...evidence } };
  };

  it('as it was written, of either format, with or without a time stamp', () => {
    for (const proof of [plain, judgedProof(), { ...plain, timeStamp: 'YQ==' }, { ...judgedProof(), timeStamp: 'YQ==' }]) {
      expect(readTicketProof(Buffer.from(ticketProofText(proof)))).toEqual(proof);
    }
  });
  it('of no format that is not known, nor of one that is another’s', () => {
    for (const proof of [plain, judgedProof()]) expect(read({ ...proof, format: 'other/1' })).toBeUndefined();
    expect(read({ ...plain, format: ticketProofFormat })).toBeUndefined();
    expect(read({ ...judgedProof(), format: plainProofFormat })).toBeUndefined();
    expect(readTicketProof(Buffer.from('['))).toBeUndefined();
    expect(read([])).toBeUndefined();
    expect(read(['a', 'b', 'c', 'd', 'e', 'f'])).toBeUndefined();
  });
  it('with nothing more and nothing less than is checked', () => {
    expect(read({ ...plain, remark: '' })).toBeUndefined();
    expect(read({ ...judgedProof(), remark: '' })).toBeUndefined();
    const { notYetSealed, ...less } = plain;
    expect(notYetSealed).toBe(0);
    expect(read(less)).toBeUndefined();
    expect(read({ ...less, notSealed: 0 })).toBeUndefined();
    expect(read({ ...plain, events: [{ ...event(), remark: '' }] })).toBeUndefined();
    expect(read(judgedWith({ remark: '' }))).toBeUndefined();
    expect(read(judgedWith({ streams: [{ stream: 's', events: [], remark: '' }] }))).toBeUndefined();
    expect(read(judgedWith({ request: [{ ...placed(), remark: '' }] }))).toBeUndefined();
  });
  it.each(['', 'YQ', 'YR==', 7])('with no time stamp %j', (timeStamp) => {
    expect(read({ ...plain, timeStamp })).toBeUndefined();
  });
  it.each([
    ['ticketId', 7],
    ['verifier', null],
    ['checkpoint', {}],
    ['notYetSealed', -1],
    ['events', {}],
    ['events', [null]],
  ])('with no %s that is %j', (name, value) => {
    expect(read({ ...plain, [name]: value })).toBeUndefined();
    expect(read({ ...judgedProof(), [name]: value })).toBeUndefined();
  });
  it.each([
    ['leaf', -1],
    ['stream', 1],
    ['revision', 0.5],
    ['id', 1],
    ['body', null],
    ['hash', 'ab'],
    ['proof', 'ab'],
    ['proof', ['ab']],
    ['proof', Array.from({ length: proofLimits.hashes + 1 }, () => '0'.repeat(64))],
  ])('with no event whose %s is %j', (name, value) => {
    expect(read({ ...plain, events: [{ ...event(), [name]: value }] })).toBeUndefined();
    expect(read(judgedWith({ request: [{ ...placed(), [name]: value }] }))).toBeUndefined();
  });
  it('with a way of as many hashes as any tree can have', () => {
    const proof = Array.from({ length: proofLimits.hashes }, () => '0'.repeat(64));
    expect(read({ ...plain, events: [{ ...event(), proof }] })).toBeDefined();
  });
  it('with events that have a place where they are evidence, and none where they are not', () => {
    expect(read({ ...plain, events: [placed()] })).toBeUndefined();
    expect(read({ ...judgedProof(), events: [event()] })).toBeUndefined();
    expect(read(judgedWith({ request: [{ ...placed(), position: 7 }] }))).toBeUndefined();
  });
  it.each([
    ['request', {}],
    ['request', [null]],
    ['streams', {}],
    ['streams', [null]],
    ['streams', [{ stream: 7, events: [] }]],
    ['streams', [{ stream: 's', events: {} }]],
    ['meetings', {}],
    ['meetings', [{}]],
    ['clock', {}],
    ['clock', [{}]],
    ['judged', undefined],
    ['judged', { asOf: 'x', overall: 'pass' }],
  ])('with no evidence whose %s is %j', (name, value) => {
    expect(read(judgedWith({ [name]: value }))).toBeUndefined();
  });
  it('with evidence and a manifest, or neither', () => {
    expect(read({ ...judgedProof(), evidence: null })).toBeUndefined();
    expect(read({ ...judgedProof(), manifest: 7 })).toBeUndefined();
  });
  it('of so many events and bytes, and not of one more', () => {
    const events = Array.from({ length: proofLimits.events }, (_, place) => ({ ...event(), proof: [], leaf: place }));
    expect(read({ ...plain, events })?.events).toHaveLength(proofLimits.events);
    expect(read({ ...plain, events: [...events, event()] })).toBeUndefined();
    const text = Buffer.from(ticketProofText(plain));
    const padded = (length: number) => readTicketProof(Buffer.concat([text, Buffer.alloc(length - text.length, ' ')]));
    expect(padded(proofLimits.bytes)).toEqual(plain);
    expect(padded(proofLimits.bytes + 1)).toBeUndefined();
  });
});
