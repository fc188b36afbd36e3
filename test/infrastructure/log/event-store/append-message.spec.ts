import { Empty, StreamIdentifier, UUID } from '@eventstore/db-client/generated/shared_pb';
import { BatchAppendReq } from '@eventstore/db-client/generated/streams_pb';
import fc from 'fast-check';
import type { Envelope, Expected, NonEmpty } from '@tichet-albastru/event-log/ports/event-store';
import { appendMessage } from '../../../../src/infrastructure/log/event-store/eventstoredb/open-call/append-message';

/** As the stubs that ship with the client write it. */
const byTheStubs = (correlation: string, stream: string, expected: Expected, events: readonly Envelope[]): Buffer => {
  const options = new BatchAppendReq.Options().setStreamIdentifier(new StreamIdentifier().setStreamName(Buffer.from(stream)));
  const empty: unknown = new Empty();
  if (expected.kind === 'no-stream') options.setNoStream(empty as Parameters<typeof options.setNoStream>[0]);
  else options.setStreamPosition(String(expected.revision));
  const request = new BatchAppendReq().setCorrelationId(new UUID().setString(correlation)).setOptions(options).setIsFinal(true);
  for (const { id, type, body, hash } of events) {
    const message = request.addProposedMessages();
    message
      .setId(new UUID().setString(id))
      .setData(Buffer.from(body))
      .setCustomMetadata(Buffer.from(JSON.stringify({ hash })));
    message.getMetadataMap().set('type', type).set('content-type', 'application/octet-stream');
  }
  return Buffer.from(request.serializeBinary());
};

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 });
const envelope = fc.record({ id: fc.uuid(), type: text, body: text, hash: text });
const expectation: fc.Arbitrary<Expected> = fc.oneof(
  fc.constant({ kind: 'no-stream' } as const),
  fc.record({ kind: fc.constant('at' as const), revision: fc.maxSafeNat(), hash: text }),
);

describe('an append on the open call', () => {
  it('is written as the stubs write it, to the byte', () => {
    fc.assert(
      fc.property(fc.uuid(), text, expectation, fc.array(envelope, { minLength: 1, maxLength: 8 }), (id, stream, expected, events) => {
        const [first, ...rest] = events;
        if (!first) return;
        const written = appendMessage(id, { streamOnServer: stream, expected, events: [first, ...rest] });
        expect(written.equals(byTheStubs(id, stream, expected, events))).toBe(true);
      }),
    );
  });

  it('is so also where it is larger than usual', () => {
    const large = { id: '0195a3c0-1b2c-7d3e-8f40-000000000001', type: 'Noted', body: 'ș€😀'.repeat(50_000), hash: 'h' };
    const events: NonEmpty<Envelope> = [large, { ...large, body: 'x' }];
    const written = appendMessage(large.id, { streamOnServer: 'ticket-1', expected: { kind: 'no-stream' }, events });
    expect(written.equals(byTheStubs(large.id, 'ticket-1', { kind: 'no-stream' }, events))).toBe(true);
  });
});
