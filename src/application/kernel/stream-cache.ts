import type { EventStore } from './ports/event-store';

/** How many streams of one store are remembered; the one not looked at for longest is forgotten first. */
const mostStreams = 2_000;
/** Longer streams are read anew each time: what is remembered stays small. */
const mostEvents = 500;

type Entry = { readonly aggregate: object; readonly loaded: unknown };
type Sized = { readonly events: readonly unknown[] };

/**
 * What streams came to when they were last read. A log only grows, so a reader goes on from there:
 * what is remembered is never wrong, only short of the newest events. Where a log was put back to an earlier state under
 * a running process (a restored backup, a standby that had not heard everything), the next append finds that out.
 */
export class StreamCache {
  private readonly entries = new Map<string, Entry>();

  get<Loaded>(stream: string, aggregate: object, isLoaded: (value: unknown) => value is Loaded): Loaded | undefined {
    const entry = this.entries.get(stream);
    return entry?.aggregate === aggregate && isLoaded(entry.loaded) ? entry.loaded : undefined;
  }

  forget(stream: string): void {
    this.entries.delete(stream);
  }

  put(stream: string, aggregate: object, loaded: Sized): void {
    this.entries.delete(stream);
    if (loaded.events.length === 0 || loaded.events.length > mostEvents) return;
    this.entries.set(stream, { aggregate, loaded });
    if (this.entries.size <= mostStreams) return;
    for (const oldest of this.entries.keys()) {
      this.entries.delete(oldest);
      return;
    }
  }
}

const caches = new WeakMap<EventStore, StreamCache>();

/** One memory for each store. */
export const streamCacheOf = (store: EventStore): StreamCache => {
  const known = caches.get(store);
  if (known) return known;
  const cache = new StreamCache();
  caches.set(store, cache);
  return cache;
};
