import type { Hash } from '../../../../application/kernel/ports/event-store';

/** More are not remembered: all are forgotten, and asked for again. */
const mostStreams = 10_000;

/**
 * The newest events of streams, as this process has read or written them. The server compares revisions and knows of no hashes: whoever
 * says what it saw is held to it here. What stands at a revision never changes; after an outage the server may stand on an older copy.
 */
export class KnownHashes {
  private readonly newest = new Map<string, { readonly revision: number; readonly hash: Hash }>();

  learn(stream: string, revision: number, hash: Hash): void {
    if (revision < (this.newest.get(stream)?.revision ?? -1)) return;
    if (this.newest.size >= mostStreams) this.newest.clear();
    this.newest.set(stream, { revision, hash });
  }

  /** undefined when it is not known */
  at(stream: string, revision: number): Hash | undefined {
    const known = this.newest.get(stream);
    return known?.revision === revision ? known.hash : undefined;
  }

  forget(): void {
    this.newest.clear();
  }
}
