import { Emulator } from './emulator';

/**
 * A leader and followers that have its log, as late as they are told. A follower reads what it has and hands on what is written, unless the
 * leader is wanted: then it names the leader. Not emulated: elections, which a test holds itself; a node that must truncate its log.
 */
export class Cluster {
  private readonly stopListening = new Map<Emulator, () => void>();
  private held = false;

  private constructor(readonly nodes: readonly Emulator[]) {}

  /** @param size nodes in all; the first leads */
  static async start(size = 3): Promise<Cluster> {
    const nodes: Emulator[] = [];
    while (nodes.length < size) nodes.push(await Emulator.start());
    const cluster = new Cluster(nodes);
    const [first] = nodes;
    for (const node of nodes) {
      node.members = nodes;
      cluster.stopListening.set(
        node,
        node.log.onChange(() => {
          if (node === node.leader) cluster.replicate();
        }),
      );
    }
    if (first) cluster.elect(first);
    return cluster;
  }

  /** Every node by its address, found by gossip. */
  get url(): string {
    return `esdb://${this.nodes.map(({ wire }) => `127.0.0.1:${wire.port}`).join(',')}?tls=false`;
  }

  get leader(): Emulator {
    const [leader] = this.nodes.filter(({ state }) => state === 'leader');
    if (!leader) throw new Error('The cluster has no leader.');
    return leader;
  }

  get followers(): readonly Emulator[] {
    return this.nodes.filter(({ state }) => state === 'follower');
  }

  /** From now on followers learn nothing, as behind a slow line. */
  hold(): void {
    this.held = true;
  }

  /** Followers have what the leader has. */
  release(): void {
    this.held = false;
    this.replicate();
  }

  /** The leader ends; the others have none until one is elected. */
  killLeader(): Emulator {
    const { leader } = this;
    leader.kill();
    for (const node of this.nodes) node.loseQuorum();
    return leader;
  }

  /** What was acknowledged had reached a majority: whoever is elected has it. */
  elect(leader: Emulator): void {
    const before = this.nodes.find(({ log }) => log.end > leader.log.end);
    if (before) leader.log.takeFrom(before.log);
    for (const node of this.nodes) {
      node.leader = leader;
      node.regainQuorum();
    }
    this.replicate();
  }

  async stop(): Promise<void> {
    for (const [node, stop] of this.stopListening) {
      stop();
      await node.stop();
    }
  }

  private replicate(): void {
    if (this.held) return;
    for (const { log, leader } of this.nodes) if (log !== leader.log) log.takeFrom(leader.log);
  }
}
