import { createHash } from 'node:crypto';
import { once, EventEmitter } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { type AppendResult, type EventStore, EventStoreUnavailable, largestAppendBytes, type Recorded } from 'tichet-albastru';

const positionOf = (number: number): string => String(number).padStart(20, '0');

/** What cannot ever be appended is a fault of the caller, not an outage. */
class Refused extends Error {}

/** One append, one line: whatever a crash has cut off in the middle of it was acknowledged to nobody. */
type Line = { readonly events: readonly Recorded[]; readonly sum: string };
const sumOf = (events: readonly Recorded[]): string => createHash('sha256').update(JSON.stringify(events)).digest('hex');
const readLines = (path: string): { readonly events: readonly Recorded[]; readonly bytes: number } => {
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const events: Recorded[] = [];
  let bytes = 0;
  for (const line of text.split('\n').slice(0, -1)) {
    const read = JSON.parse(line) as Line;
    if (sumOf(read.events) !== read.sum) throw new Error(`A line of ${path} is not what was written.`);
    events.push(...read.events);
    bytes += Buffer.byteLength(line) + 1;
  }
  return { events, bytes };
};

/** A log in one file of JSON lines, and all of it in memory: for one process, and for as many events as fit there. */
export class JsonLinesStore implements EventStore {
  readonly #all: Recorded[] = [];
  readonly #streams = new Map<string, Recorded[]>();
  readonly #byId = new Map<string, Recorded>();
  readonly #news = new EventEmitter().setMaxListeners(0);
  #bytes: number;
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly file: FileHandle,
    { events, bytes }: ReturnType<typeof readLines>,
  ) {
    this.#bytes = bytes;
    this.#remember(events);
  }

  static async open(path: string): Promise<JsonLinesStore> {
    const read = readLines(path);
    const file = await open(path, 'a', 0o600);
    await file.truncate(read.bytes);
    return new JsonLinesStore(file, read);
  }

  close(): Promise<void> {
    return this.file.close();
  }

  append(...asked: Parameters<EventStore['append']>): Promise<AppendResult> {
    // one after the other: what is compared with is what stands when it is written
    const answer = this.#turn.then(() => this.#appendNow(...asked));
    this.#turn = answer.catch(() => undefined);
    return answer;
  }

  async *read(stream: string, from = 0): AsyncGenerator<Recorded> {
    await Promise.resolve();
    for (let at = from, event = this.#streams.get(stream)?.[at]; event !== undefined; event = this.#streams.get(stream)?.[at]) {
      yield event;
      at += 1;
    }
  }

  async *readAll({ after = '', limit = Infinity }: { readonly after?: string; readonly limit?: number } = {}): AsyncGenerator<Recorded> {
    await Promise.resolve();
    const first = Number(after);
    for (let at = first, event = this.#all[at]; event !== undefined && at - first < limit; event = this.#all[at]) {
      yield event;
      at += 1;
    }
  }

  async *subscribe({ after = '', signal }: Parameters<EventStore['subscribe']>[0]): ReturnType<EventStore['subscribe']> & AsyncGenerator {
    let position = after;
    const isOver = (): boolean => signal.aborted;
    while (!isOver()) {
      const woken = once(this.#news, 'appended', { signal }).catch(() => undefined);
      for await (const event of this.readAll({ after: position })) {
        if (isOver()) return;
        yield event;
        position = event.position;
      }
      if (!isOver()) yield { kind: 'caught-up', position };
      await woken;
    }
  }

  end(): Promise<string> {
    return Promise.resolve(this.#all.at(-1)?.position ?? '');
  }

  async #appendNow(...[stream, expected, events]: Parameters<EventStore['append']>): Promise<AppendResult> {
    if (events.reduce((sum, { body }) => sum + Buffer.byteLength(body), 0) > largestAppendBytes) throw new Refused(`${stream}: too large`);
    const standing = this.#streams.get(stream) ?? [];
    const first = this.#byId.get(events[0].id);
    if (first !== undefined) return this.#repeated(first, stream, standing, events);
    if (events.some(({ id }) => this.#byId.has(id))) throw new Refused(`${stream}: an id that stands elsewhere`);

    const last = standing.at(-1);
    const revision = last?.revision ?? -1;
    const asSeen = expected.kind === 'no-stream' ? last === undefined : revision === expected.revision && last?.hash === expected.hash;
    if (!asSeen) return { kind: 'conflict', revision };

    const recorded = events.map((event, nth) => ({
      ...event,
      stream,
      revision: revision + 1 + nth,
      position: positionOf(this.#all.length + 1 + nth),
    }));
    await this.#write(`${JSON.stringify({ events: recorded, sum: sumOf(recorded) } satisfies Line)}\n`);
    this.#remember(recorded);
    return { kind: 'appended', revision: revision + events.length, position: positionOf(this.#all.length) };
  }

  /** Whoever asked repeats what may not have been written, to the byte. */
  async #write(line: string): Promise<void> {
    try {
      await this.file.appendFile(line);
      await this.file.datasync();
      this.#bytes += Buffer.byteLength(line);
    } catch (error) {
      await this.file.truncate(this.#bytes);
      throw new EventStoreUnavailable(String(error));
    }
  }

  /** The same append again is answered as the first time. */
  #repeated(first: Recorded, stream: string, standing: readonly Recorded[], events: readonly { readonly id: string }[]): AppendResult {
    if (first.stream !== stream) throw new Refused(`${stream}: an id that stands elsewhere`);
    const same = events.filter(({ id }, nth) => standing[first.revision + nth]?.id === id);
    const { revision, position } = standing[first.revision + same.length - 1] ?? first;
    return { kind: 'already-appended', revision, position };
  }

  #remember(events: readonly Recorded[]): void {
    for (const event of events) {
      this.#all.push(event);
      const stream = this.#streams.get(event.stream);
      if (stream === undefined) this.#streams.set(event.stream, [event]);
      else stream.push(event);
      this.#byId.set(event.id, event);
    }
    this.#news.emit('appended');
  }
}
