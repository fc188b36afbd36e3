import { EventStoreUnavailable, type Position, type Recorded } from '@tichet-albastru/event-log/ports/event-store';
import type { Connection } from './connection';
import type { Reader } from './reader';

/** What was seen somewhere: the whole event, by its hash; by its id, where a twin may have sealed it otherwise; or only that there was one. */
export type Place = { readonly position: Position; readonly hash?: string; readonly id?: string };

/** The code of an outage in which the server answers, with a log that is not the one that was seen before. */
export const positionLost = 'position-lost';
export const lostPosition = (): EventStoreUnavailable =>
  new EventStoreUnavailable('EventStoreDB does not hold what this process has seen there: its log has become another one.', positionLost);

/** Whether it still stands where it was seen; the beginning of the log always does. @throws EventStoreUnavailable */
export const standsThere = async (reader: Pick<Reader, 'at'>, { position, hash, id }: Place): Promise<boolean> => {
  if (position === '') return true;
  const found = await reader.at(position);
  return found !== undefined && (hash === undefined || found.hash === hash) && (id === undefined || found.id === id);
};

/**
 * The newest event that this process has seen or written. Positions are places in the server's files, and a hash is over stream, revision, id and
 * body: while this event stands where it stood, so does all that stands before it, for whatever puts another log in the place of
 * this one (an older copy, an empty one, a majority that had not received it) takes the newest first. It is looked for whenever a call or a
 * subscription was cut off, once for all who ask, before anything is written.
 */
export class LastSeen {
  private newest: Place | undefined;
  /** how often something was cut off, and up to which time the newest was found to stand since */
  private doubts = 0;
  private settled = 0;
  private asking: Promise<boolean> | undefined;

  constructor(
    private readonly reader: Pick<Reader, 'at'>,
    private readonly connection: Pick<Connection, 'watch' | 'wasCut'>,
  ) {}

  saw({ position, hash }: Pick<Recorded, 'position' | 'hash'>): void {
    this.place({ position, hash });
  }

  /** Of what was written nobody knows the bytes: the server takes an append for a success whose ids a twin has written meanwhile. */
  wrote({ position, id }: Pick<Recorded, 'position' | 'id'>): void {
    this.place({ position, id });
  }

  private place(place: Place): void {
    if (this.newest === undefined || place.position > this.newest.position) this.newest = place;
  }

  doubt(): void {
    this.doubts += 1;
  }

  /** Whoever knows more has compared, or is about to. */
  forget(): void {
    this.newest = undefined;
  }

  /**
   * For what was read or written just now, on whichever connection: from now on its loss is noticed, and where another was lost before it, what
   * is believed of the log is looked at first. At rest nothing is asked.
   * @throws EventStoreUnavailable where the log is not the one that was seen
   */
  async mustStand(): Promise<void> {
    await this.connection.watch();
    if (!(await this.stands())) throw lostPosition();
  }

  /** @throws EventStoreUnavailable when the server cannot say now */
  async stands(): Promise<boolean> {
    if (this.connection.wasCut()) this.doubt();
    while (this.settled < this.doubts) {
      this.asking ??= this.ask(this.doubts).finally(() => {
        this.asking = undefined;
      });
      if (!(await this.asking)) return false;
    }
    return true;
  }

  private async ask(doubts: number): Promise<boolean> {
    if (this.newest !== undefined && !(await standsThere(this.reader, this.newest))) return false;
    this.settled = doubts;
    return true;
  }
}
