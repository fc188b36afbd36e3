import { randomUUID } from 'node:crypto';
import { type ClientDuplexStream, credentials, Metadata, type ServiceError } from '@grpc/grpc-js';
import { StreamIdentifier, UUID } from '@eventstore/db-client/generated/shared_pb';
import { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb';
import { BatchAppendReq, type BatchAppendResp } from '@eventstore/db-client/generated/streams_pb';
import { Empty } from 'google-protobuf/google/protobuf/empty_pb';
import { Timestamp } from 'google-protobuf/google/protobuf/timestamp_pb';
import { closing } from '../../../support/closing';
import { Cluster } from '../../../support/eventstoredb/cluster';
import { idOf } from '../../../support/eventstoredb/messages';
import { Emulator } from '../../../support/eventstoredb/emulator';

let emulator: Emulator;
beforeEach(async () => {
  emulator = closing(await Emulator.start());
});

type Chunk = {
  readonly correlation: string;
  readonly stream?: string;
  readonly types?: readonly string[];
  readonly deadline?: Date;
  readonly final?: boolean;
  readonly data?: Uint8Array;
};

/** One shared call, and everything that it is told. */
class SharedCall {
  private readonly client: StreamsClient;
  private readonly call: ClientDuplexStream<BatchAppendReq, BatchAppendResp>;
  private readonly said: string[] = [];
  private rouse = (): void => undefined;

  constructor(port: number, headers: Readonly<Record<string, string>> = {}) {
    this.client = new StreamsClient(`127.0.0.1:${port}`, credentials.createInsecure());
    const sent = new Metadata();
    for (const [key, value] of Object.entries(headers)) sent.set(key, value);
    this.call = this.client.batchAppend(sent);
    const hear = (what: string): void => {
      this.said.push(what);
      this.rouse();
    };
    this.call.on('data', (answer: BatchAppendResp) => {
      const { message } = answer.getError()?.toObject() ?? {};
      hear(`${idOf(answer.getCorrelationId())} ${message ?? answer.getSuccess()?.getCurrentRevision() ?? ''}`);
    });
    this.call.on('error', (error: ServiceError) => {
      hear(`failed: ${String(error.metadata.get('exception')[0] ?? error.code)}`);
    });
    this.call.on('end', () => {
      hear('end');
    });
  }

  close(): void {
    this.call.cancel();
    this.client.close();
  }

  /** With ids as two numbers instead of text. */
  sendStructured(correlation: readonly [string, string], stream: string): void {
    const idAs = ([most, least]: readonly [string, string]): UUID =>
      new UUID().setStructured(new UUID.Structured().setMostSignificantBits(most).setLeastSignificantBits(least));
    const identifier = new StreamIdentifier().setStreamName(new Uint8Array(Buffer.from(stream)));
    const proposed = new BatchAppendReq.ProposedMessage().setId(idAs(['1', '-1']));
    proposed.getMetadataMap().set('type', 'Noted').set('content-type', 'application/json');
    this.call.write(
      new BatchAppendReq()
        .setCorrelationId(idAs(correlation))
        .setIsFinal(true)
        .setOptions(new BatchAppendReq.Options().setStreamIdentifier(identifier).setNoStream(new Empty()))
        .setProposedMessagesList([proposed]),
    );
  }

  send({ correlation, stream, types = ['Noted'], deadline, final = true, data = new Uint8Array() }: Chunk): void {
    const chunk = new BatchAppendReq().setCorrelationId(new UUID().setString(correlation)).setIsFinal(final);
    if (stream !== undefined) {
      const identifier = new StreamIdentifier().setStreamName(new Uint8Array(Buffer.from(stream)));
      const options = new BatchAppendReq.Options().setStreamIdentifier(identifier).setAny(new Empty());
      if (deadline) options.setDeadline(Timestamp.fromDate(deadline));
      chunk.setOptions(options);
    }
    for (const type of types) {
      const proposed = new BatchAppendReq.ProposedMessage().setId(new UUID().setString(randomUUID())).setData(data);
      proposed.getMetadataMap().set('type', type).set('content-type', 'application/octet-stream');
      chunk.addProposedMessages(proposed);
    }
    this.call.write(chunk);
  }

  /** Half-closes, as a client that is done. */
  done(): void {
    this.call.end();
  }

  async heard(most: number): Promise<readonly string[]> {
    while (this.said.length < most) await new Promise<void>((resolve) => (this.rouse = resolve));
    return this.said.slice(0, most);
  }
}

const shared = (headers?: Readonly<Record<string, string>>): SharedCall => closing(new SharedCall(emulator.wire.port, headers));

describe('a shared call of appends on the emulator', () => {
  it('compares no clocks where no deadline is given, as observed on 23.10.8', async () => {
    emulator.misbehaviour.clockAhead = 60_000;
    const call = shared();
    call.send({ correlation: 'a', stream: 'ticket-1', deadline: new Date(Date.now() + 10_000) });
    call.send({ correlation: 'b', stream: 'ticket-1' });
    expect(await call.heard(2)).toEqual(['a Timeout', 'b 0']);
  });

  it('takes appends in pieces, many at a time, and writes each in one. Not observed: from the server’s source', async () => {
    const call = shared();
    call.send({ correlation: 'a', stream: 'ticket-1', final: false });
    call.send({ correlation: 'b', stream: 'ticket-2' });
    expect(await call.heard(1)).toEqual(['b 0']);
    call.send({ correlation: 'a', types: ['Noted', 'Noted'] });
    expect(await call.heard(2)).toEqual(['b 0', 'a 2']);
    expect(emulator.log.events.map(({ stream }) => stream)).toEqual(['ticket-2', 'ticket-1', 'ticket-1', 'ticket-1']);
  });

  it('takes ids as two numbers, and answers with them. Not observed: from the server’s source', async () => {
    const call = shared();
    call.sendStructured(['1', '2'], 'ticket-1');
    call.sendStructured(['-1', '2'], 'ticket-2');
    expect(await call.heard(2)).toEqual(['00000000-0000-0001-0000-000000000002 0', 'ffffffff-ffff-ffff-0000-000000000002 0']);
    expect(emulator.log.events[0]?.id).toBe('00000000-0000-0001-ffff-ffffffffffff');
  });

  it('gives up one whose rest does not come within two seconds. Not observed: from the server’s source', async () => {
    const call = shared();
    call.send({ correlation: 'a', stream: 'ticket-1', final: false });
    expect(await call.heard(1)).toEqual(['a Timeout']);
    call.send({ correlation: 'a' });
    call.send({ correlation: 'b', stream: 'ticket-1' });
    expect(await call.heard(2)).toEqual(['a Timeout', 'b 0']);
  });

  it('answers what is refused once, and an event that cannot be twice. Not observed: from the server’s source', async () => {
    const call = shared();
    call.send({ correlation: 'a', stream: 'ticket-1', data: new Uint8Array(1_048_577) });
    call.send({ correlation: 'b' });
    call.send({ correlation: 'c', stream: 'ticket-1', types: [''] });
    expect(await call.heard(3)).toEqual(['a MaximumAppendSizeExceeded', 'c BadRequest', 'c Timeout']);
    expect(emulator.log.events).toEqual([]);
  });

  it('asks for the right to write with each append, and who it is once. Not observed: from the server’s source', async () => {
    emulator.access.setUser('clerk', 'secret');
    const call = shared({ authorization: `Basic ${Buffer.from('clerk:secret').toString('base64')}` });
    call.send({ correlation: 'a', stream: 'ticket-1' });
    await call.heard(1);
    emulator.access.setUser('clerk', 'other');
    emulator.log.setMetadata('ticket-2', { $acl: { $w: '$admins' } });
    call.send({ correlation: 'b', stream: 'ticket-2' });
    call.send({ correlation: 'c', stream: 'ticket-1' });
    expect(await call.heard(3)).toEqual(['a 0', 'b AccessDenied', 'c 1']);
    const another = shared({ authorization: `Basic ${Buffer.from('clerk:secret').toString('base64')}` });
    expect(await another.heard(1)).toEqual(['failed: 16']);
  });

  it('says of each append that there is no leader, and fails as a whole on a follower whose leader is wanted, as observed on 23.10.8', async () => {
    emulator.loseQuorum();
    const call = shared();
    call.send({ correlation: 'a', stream: 'ticket-1' });
    expect(await call.heard(1)).toEqual(['a Server Is Not Ready']);
    const cluster = closing(await Cluster.start());
    const port = cluster.followers[0]?.wire.port ?? 0;
    const there = closing(new SharedCall(port, { 'requires-leader': 'true' }));
    there.send({ correlation: 'a', stream: 'ticket-1' });
    expect(await there.heard(1)).toEqual(['failed: not-leader']);
    const handedOn = closing(new SharedCall(port));
    handedOn.send({ correlation: 'a', stream: 'ticket-1' });
    expect(await handedOn.heard(1)).toEqual(['a 0']);
  });

  it('ends when its client does, and when the server wants it to, whatever waits', async () => {
    const [call, another] = [shared(), shared()];
    emulator.misbehaviour.next('append', { kind: 'silent' });
    another.send({ correlation: 'a', stream: 'ticket-1' });
    another.send({ correlation: 'b', stream: 'ticket-1' });
    expect(await another.heard(1)).toEqual(['b 0']);
    call.done();
    expect(await call.heard(1)).toEqual(['end']);
    emulator.endBatches();
    expect(await another.heard(2)).toEqual(['b 0', 'end']);
  });
});
