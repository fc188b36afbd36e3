import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { AppendResp } from '@eventstore/db-client/generated/streams_pb';
import { closing, endsByItself } from '../../../support/closing';
import { Cluster } from '../../../support/eventstoredb/cluster';
import type { Emulator } from '../../../support/eventstoredb/emulator';
import { RawClient } from '../../../support/eventstoredb/raw-client';

let cluster: Cluster;
beforeEach(async () => {
  cluster = closing(await Cluster.start());
});

const clientOf = (node: Emulator | undefined): RawClient => closing(new RawClient(`127.0.0.1:${node?.wire.port ?? 0}`));
const note = () => jsonEvent({ type: 'Noted', data: {} });

describe('a cluster of emulators', () => {
  it('has followers that hand on what is written and may read what is old, as observed on 23.10.8', async () => {
    const follower = clientOf(cluster.followers[0]);
    cluster.hold();
    expect(await follower.append('ticket-1', 'no-stream', {})).toBeInstanceOf(AppendResp);
    expect((await clientOf(cluster.leader).read({ stream: 'ticket-1' })).events).toHaveLength(1);
    expect(await follower.read({ stream: 'ticket-1' })).toMatchObject({ others: ['stream-not-found'] });
    cluster.release();
    expect((await follower.read({ stream: 'ticket-1' })).events).toHaveLength(1);
    expect((await follower.read({ filter: { by: 'stream', prefixes: ['ticket-'] } })).events).toHaveLength(1);
  });

  it('names the leader to whoever wants it, for every kind of call, as observed on 23.10.8', async () => {
    const follower = clientOf(cluster.followers[0]);
    follower.headers.set('requires-leader', 'true');
    const named = {
      exception: 'not-leader',
      trailers: { 'leader-endpoint-host': '127.0.0.1', 'leader-endpoint-port': String(cluster.leader.wire.port) },
    };
    expect(await follower.append('ticket-1', 'any', {})).toMatchObject(named);
    expect(await follower.delete('ticket-1')).toMatchObject(named);
    for (const question of [{}, { stream: 'ticket-1' }, { subscription: true }, { filter: { by: 'stream', prefixes: ['t'] } }] as const)
      expect(await follower.read(question)).toMatchObject({ failure: named });
    expect(cluster.nodes.map(({ log }) => log.events.length)).toEqual([0, 0, 0]);
  });

  it('lets followers of its log be subscribed to, who hear what they have', async () => {
    cluster.hold();
    const heard = await clientOf(cluster.followers[1]).read({ subscription: true }, ({ events, others }) => {
      if (others.includes('caught-up') && cluster.leader.log.events.length === 0) {
        cluster.leader.log.softDelete('ticket-1');
        cluster.leader.log.tombstone('ticket-2');
        cluster.release();
      }
      return events.length === 1;
    });
    expect(heard.events.map(({ type }) => type)).toEqual(['$streamDeleted']);
  });

  it('goes on with another leader, and the client finds it by gossip, as observed on 23.10.8', async () => {
    const official = endsByItself(EventStoreDBClient.connectionString(cluster.url), 'dispose');
    await official.appendToStream('ticket-1', note());
    const dead = cluster.killLeader();
    await expect(official.appendToStream('ticket-1', note())).rejects.toThrow();
    const [next] = cluster.nodes.filter((node) => node !== dead);
    if (next) cluster.elect(next);
    await dead.open();
    // the first question may still find what is gone
    const written = () => official.appendToStream('ticket-1', note());
    await written().catch(written);
    expect(cluster.nodes.map(({ log }) => log.stream('ticket-1').length)).toEqual([2, 2, 2]);
    expect([cluster.leader === dead, cluster.followers.includes(dead)]).toEqual([false, true]);
  });
});
