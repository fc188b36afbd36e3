import { type Metadata as Headers, type sendUnaryData, Server, ServerCredentials, type ServiceError } from '@grpc/grpc-js';
import { GossipService } from '@eventstore/db-client/generated/gossip_grpc_pb';
import { ClusterInfo } from '@eventstore/db-client/generated/gossip_pb';
import { ServerFeaturesService } from '@eventstore/db-client/generated/serverfeatures_grpc_pb';
import type { SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb';
import { Access } from './access';
import { largestMessage } from './append-decision';
import type { Certificate } from './certificate';
import { accessDenied, notLeader, notReady } from './failures';
import { emptyLog, Log, type LogCopy, type Stored } from './log';
import { serialized } from './messages';
import { type Call, type Mischief, Misbehaviour } from './misbehaviour';
import { type Member, memberInfo, supportedMethods } from './other-services';
import type { ServingNode, State } from './serving-node';
import { StreamsCalls, wait } from './streams-calls';
import type { SubscriptionFigures } from './subscription';
import { Wire } from './wire';

/** The service of the stubs, but for events that are encoded already. */
const streamsService = { ...StreamsService, read: { ...StreamsService.read, responseSerialize: serialized } };

export type EmulatorSettings = {
  /** speaks TLS; without it a client of EventStoreDB sends no user */
  readonly certificate?: Certificate;
  readonly log?: Log;
};

/**
 * The wire contract of EventStoreDB 23.10 as far as the client for streams uses it, over its own stubs. Keeps its log across restarts,
 * and misbehaves when told to. Not emulated: links, projections, persistent subscriptions.
 */
export class Emulator implements ServingNode {
  readonly log: Log;
  readonly access = new Access();
  readonly misbehaviour = new Misbehaviour();
  /** how often each kind of call was begun */
  readonly calls = new Map<Call | 'batch-append', number>();
  readonly subscriptions: SubscriptionFigures = { open: 0, sent: 0 };
  /** how many events of each stream were sent, to readers and subscribers */
  readonly sent = new Map<string, number>();
  /** what this node is in its cluster */
  state: State = 'leader';
  /** the leader, and every node, of its cluster */
  leader: Emulator = this;
  members: readonly Emulator[] = [this];
  private readonly streams = new StreamsCalls(this);
  private server: Server | undefined;

  private constructor(
    readonly wire: Wire,
    private readonly settings: EmulatorSettings,
  ) {
    this.log = settings.log ?? new Log();
  }

  static async start(settings: EmulatorSettings = {}): Promise<Emulator> {
    const emulator = new Emulator(await Wire.lay(), settings);
    await emulator.open();
    return emulator;
  }

  /** With TLS: without a user, and with the authority that made its certificate. */
  get url(): string {
    return this.urlFor();
  }

  urlFor(user?: string, password = ''): string {
    const { certificate } = this.settings;
    const who = user === undefined ? '' : `${encodeURIComponent(user)}:${encodeURIComponent(password)}@`;
    return certificate
      ? `esdb://${who}localhost:${this.wire.port}?tlsCAFile=${certificate.authorityFile}`
      : `esdb://127.0.0.1:${this.wire.port}?tls=false`;
  }

  get logOfLeader(): Log {
    return this.leader.log;
  }

  /** Ends the server at once, as kill -9 does, so that connections are refused. The log stays. */
  kill(): void {
    this.wire.target = undefined;
    this.wire.close();
    this.server?.forceShutdown();
    this.server = undefined;
  }

  /** Starts a server on what the last one kept. */
  async open(): Promise<void> {
    const { streams } = this;
    const server = new Server({ 'grpc.max_receive_message_length': largestMessage });
    server.addService(streamsService, {
      read: (call: Parameters<typeof streams.read>[0]) => void streams.read(call),
      append: (...asked: Parameters<typeof streams.append>) => void streams.append(...asked),
      batchAppend: (call: Parameters<typeof streams.batchAppend>[0]) => {
        streams.batchAppend(call);
      },
      delete: (...asked: Parameters<typeof streams.delete>) => {
        streams.delete(...asked);
      },
      tombstone: (...asked: Parameters<typeof streams.tombstone>) => {
        streams.tombstone(...asked);
      },
    });
    server.addService(ServerFeaturesService, {
      getSupportedMethods: (_: unknown, answer: sendUnaryData<SupportedMethods>) => void this.features(answer),
    });
    server.addService(GossipService, {
      read: (_: unknown, answer: sendUnaryData<ClusterInfo>) => {
        answer(null, new ClusterInfo().setMembersList(this.members.map((one) => memberInfo(one.asMember))));
      },
    });
    this.wire.target = await new Promise<number>((resolve, reject) => {
      server.bindAsync('127.0.0.1:0', this.credentials(), (error, port) => {
        if (error) reject(error);
        else resolve(port);
      });
    });
    this.server = server;
    this.log.forgetRecent();
    await this.wire.listen();
  }

  copyOfLog(): LogCopy {
    return this.log.copy();
  }

  /** As an operator who puts an older copy back: the server ends, and starts on that. @param copy none for an empty log */
  async putBack(copy: LogCopy = emptyLog): Promise<void> {
    this.kill();
    this.log.putBack(copy);
    await this.open();
  }

  async restart(): Promise<void> {
    this.kill();
    await this.open();
  }

  /** As SIGSTOP: everything is held, connections that begin, too, and nothing is lost. */
  freeze(): void {
    this.wire.clog();
  }

  thaw(): void {
    this.wire.unclog();
  }

  /** A node whose cluster has lost its majority: it reads what it has, and writes nothing. */
  loseQuorum(): void {
    this.state = 'unknown';
  }

  regainQuorum(): void {
    this.state = this.leader === this ? 'leader' : 'follower';
  }

  /** Ends the shared calls of appends as if all were well, whatever waits in them. */
  endBatches(): void {
    this.streams.endBatches();
  }

  stop(): Promise<void> {
    this.kill();
    return Promise.resolve();
  }

  begin(call: Call): Mischief | undefined {
    this.count(call);
    return this.misbehaviour.take(call);
  }

  count(call: Call | 'batch-append'): void {
    this.calls.set(call, (this.calls.get(call) ?? 0) + 1);
  }

  readonly noteSent = ({ stream }: Stored): void => {
    this.sent.set(stream, (this.sent.get(stream) ?? 0) + 1);
  };

  cut(mischief: { readonly and?: () => void }): void {
    this.wire.cut();
    mischief.and?.();
  }

  refusal(as: 'not-leader' | 'access-denied' | 'not-ready'): ServiceError {
    if (as === 'not-leader') return notLeader(this.leader.asMember.host, this.leader.wire.port);
    return as === 'access-denied' ? accessDenied() : notReady();
  }

  standingAgainst(headers: Headers, what: 'read' | 'write'): ServiceError | undefined {
    const leaderWanted = headers.get('requires-leader')[0] === 'true';
    if (this.state === 'unknown') return what === 'write' || leaderWanted ? notReady() : undefined;
    return this.state === 'follower' && leaderWanted ? this.refusal('not-leader') : undefined;
  }

  private get asMember(): Member {
    const host = this.settings.certificate ? 'localhost' : '127.0.0.1';
    return { host, port: this.wire.port, state: this.state, isAlive: this.server !== undefined };
  }

  private credentials(): ServerCredentials {
    const { certificate } = this.settings;
    if (!certificate) return ServerCredentials.createInsecure();
    return ServerCredentials.createSsl(null, [{ private_key: certificate.key, cert_chain: certificate.chain }]);
  }

  private async features(answer: sendUnaryData<SupportedMethods>): Promise<void> {
    const mischief = this.begin('features');
    if (mischief?.kind === 'refuse') {
      answer(this.refusal(mischief.as));
      return;
    }
    if (mischief?.kind === 'silent') return;
    if (mischief?.kind === 'late') await wait(mischief.milliseconds);
    answer(null, supportedMethods());
  }
}
