import { LRUCache } from 'lru-cache';
import type { Hash } from '../../../../application/kernel/ports/event-store';

/** More are not remembered, and asked for again. */
const mostStreams = 10_000;

/**
 * The newest events of streams, as this process has read or written them. The server compares revisions and knows of no hashes: whoever
 * says what it saw is held to it here. What stands at a revision never changes; after an outage the server may stand on an older copy.
 */
export class KnownHashes {
  private readonly newest = new LRUCache<string, { readonly revision: number; readonly hash: Hash }>({ max: mostStreams });

  learn(stream: string, revision: number, hash: Hash): void {
    if (revision < (this.newest.get(stream)?.revision ?? -1)) return;
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
