import fc from 'fast-check';
import { Empty, StreamIdentifier, UUID } from '@eventstore/db-client/generated/shared_pb';
import { ReadResp } from '@eventstore/db-client/generated/streams_pb';
import { positionOf } from '@tichet-albastru/event-log/stores/append-rules';
import { answerOf } from '../../../../src/infrastructure/log/event-store/eventstoredb/read-answer';

const bytes = (message: ReadResp): Buffer => Buffer.from(message.serializeBinary());
const text = fc.string({ unit: 'grapheme', maxLength: 300 });
const data = fc.uint8Array({ maxLength: 400 });
const positions = fc.bigInt(0n, 2n ** 53n - 1n);

const events = fc.record({
  id: fc.uuid(),
  stream: text,
  revision: positions,
  position: positions,
  type: text,
  contentType: text,
  data,
  metadata: data,
  others: fc.dictionary(text, text, { maxKeys: 3 }),
});
type Event = typeof events extends fc.Arbitrary<infer One> ? One : never;

/** As the stubs write what a server sends. */
const sent = (event: Event): ReadResp => {
  const recorded = new ReadResp.ReadEvent.RecordedEvent()
    .setId(new UUID().setString(event.id))
    .setStreamIdentifier(new StreamIdentifier().setStreamName(Buffer.from(event.stream)))
    .setStreamRevision(String(event.revision))
    .setPreparePosition(String(event.position))
    .setCommitPosition(String(event.position))
    .setCustomMetadata(event.metadata)
    .setData(event.data);
  const properties = recorded.getMetadataMap();
  for (const [key, value] of Object.entries(event.others)) properties.set(key, value);
  properties.set('type', event.type).set('content-type', event.contentType).set('created', '17000000000000000');
  return new ReadResp().setEvent(new ReadResp.ReadEvent().setEvent(recorded).setCommitPosition(String(event.position)));
};

describe('an answer of EventStoreDB that is read where it stands', () => {
  it('is what the stubs make of it, whatever is in it', () => {
    fc.assert(
      fc.property(events, (event) => {
        const answer = answerOf(bytes(sent(event)));
        expect(answer).toEqual({
          isCaughtUp: false,
          isNotFound: false,
          event: {
            id: event.id,
            stream: event.stream,
            revision: Number(event.revision),
            position: positionOf(event.position),
            type: event.type,
            contentType: event.contentType,
            data: Buffer.from(event.data),
            metadata: Buffer.from(event.metadata),
          },
        });
      }),
    );
  });

  it('may be something else than an event, and may have fields that nobody here knows', () => {
    const checkpoint = new ReadResp.Checkpoint().setCommitPosition(String(2n ** 64n - 1n)).setPreparePosition(String(2n ** 64n - 1n));
    const nobody = { isCaughtUp: false, isNotFound: false };
    expect(answerOf(bytes(new ReadResp().setCheckpoint(checkpoint)))).toEqual(nobody);
    expect(answerOf(bytes(new ReadResp().setStreamNotFound(new ReadResp.StreamNotFound())))).toEqual({ ...nobody, isNotFound: true });
    expect(answerOf(bytes(new ReadResp().setLastStreamPosition(String(2n ** 64n - 1n))))).toEqual(nobody);
    expect(answerOf(Buffer.alloc(0))).toEqual(nobody);
    // a caught-up of newer servers says when and where
    expect(answerOf(bytes(new ReadResp().setCaughtUp(new ReadResp.CaughtUp())))).toEqual({ ...nobody, isCaughtUp: true });
    expect(answerOf(Buffer.from([0x42, 2, 0x08, 5, 0xf9, 0x06, 1, 2, 3, 4, 5, 6, 7, 8, 0xfd, 0x06, 1, 2, 3, 4]))).toEqual({
      ...nobody,
      isCaughtUp: true,
    });
  });

  it('tells the end of a stream that was deleted for ever, whose revision is the largest', () => {
    const recorded = new ReadResp.ReadEvent.RecordedEvent().setStreamRevision(String(2n ** 63n - 1n)).setId(new UUID().setString('x'));
    const { event } = answerOf(bytes(new ReadResp().setEvent(new ReadResp.ReadEvent().setEvent(recorded).setNoPosition(new Empty()))));
    expect(event).toMatchObject({ revision: Number(2n ** 63n - 1n), position: positionOf(0) });
  });

  it('is refused where it is cut short or no message at all, and never read for ever', () => {
    fc.assert(
      fc.property(events, fc.nat(), (event, cut) => {
        const whole = bytes(sent(event));
        expect(() => answerOf(whole.subarray(0, cut % (whole.length - 1) || 1))).toThrow(RangeError);
      }),
    );
    fc.assert(
      fc.property(data, (anything) => {
        try {
          answerOf(Buffer.from(anything));
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
    );
  });
});
