import { type Reading, recordReading } from '../../../application/privacy/record-reading';
import type { CivilDate } from '../../../domain/kernel/fact';
import { civilDateOf } from '../../../domain/time/civil-time';
import type { OpenedPorts } from '../../nest/provided';
import { LogReadOnly } from '../../proof/alarm/log-alarm';
import { unseen } from '../../runtime/opened-for';
import { oneAtATime } from '@tichet-albastru/kernel/turns';
import { LogNotAsSigned } from '@tichet-albastru/signed-log';
import { waitingReadings } from './waiting-readings.codec';

/** Longer streams are read anew each time, and one key would stand for more than one day's work. */
const mostFacts = 200;

/** One stream of a reader's day. */
type DayOfReader = { readonly pseudonym: string; readonly facts: number };

/** What an answer shows, and to whom. */
export type Looked = Omit<Reading, 'readingId' | 'pseudonym' | 'readAt'>;

const idsIn = (streams: ReadonlySet<string>, prefix: string): readonly string[] =>
  [...streams].filter((stream) => stream.startsWith(prefix)).map((stream) => stream.slice(prefix.length));

/** Whose personal data these streams hold; `undefined` where they are of officials only. Reading the list of readers is noted too. */
export const shownIn = (streams: ReadonlySet<string>): Pick<Looked, 'tickets' | 'requests'> | undefined => {
  const shown = { tickets: idsIn(streams, 'ticket-'), requests: idsIn(streams, 'request-') };
  return shown.tickets.length + shown.requests.length + idsIn(streams, 'reading-').length === 0 ? undefined : shown;
};

/** Notes who was shown what: in the log, or in a local file while the log takes nothing. */
export class ReadingLog {
  /** The streams to which nothing is being written: two answers at once to one official go into two of them, and never wait for each other. */
  readonly #free = new Map<string, DayOfReader[]>();
  #freeOn: CivilDate | undefined;
  readonly #inTurn = oneAtATime();
  readonly #waiting: ReturnType<typeof waitingReadings>;
  #mayWait = true;

  constructor(private readonly opened: Pick<OpenedPorts, 'ports' | 'settings' | 'purposeKeys'>) {
    this.#waiting = waitingReadings(opened.settings.dataDirectory, opened.purposeKeys);
  }

  /** Durable once it answers. @throws what keeps it from being noted: then nothing may be shown */
  record(looked: Looked): Promise<void> {
    const { clock, identifiers } = this.opened.ports;
    const readAt = clock.now();
    const date = civilDateOf(readAt);
    const day = this.#dayOf(looked.person, date);
    const reading: Reading = { ...looked, readingId: identifiers.next(), pseudonym: day.pseudonym, readAt };
    return unseen(async () => {
      try {
        await this.#write(reading);
      } finally {
        const facts = day.facts + 1;
        if (facts < mostFacts && this.#freeOn === date)
          this.#free.set(looked.person, [...(this.#free.get(looked.person) ?? []), { ...day, facts }]);
      }
    });
  }

  /** What could not be appended when it was read. It stays where it is until it stands in the log; there it stands once. */
  async appendWaiting(): Promise<void> {
    if (!this.#mayWait) return;
    const { ports } = this.opened;
    try {
      await this.#inTurn(async () => {
        this.#mayWait = false;
        for (const id of await this.#waiting.ids()) {
          const reading = await this.#waiting.read(id);
          if (reading === 'gone') continue;
          if (reading === 'unreadable') {
            ports.logger.warn('readings.unreadable');
            continue;
          }
          await recordReading(ports)(reading);
          await this.#waiting.remove(id);
        }
      });
    } catch {
      // the next reading tries again, and so does the next start
      this.#mayWait = true;
      ports.logger.warn('readings.waiting');
    }
  }

  #dayOf(person: string, date: CivilDate): DayOfReader {
    if (this.#freeOn !== date) this.#free.clear();
    this.#freeOn = date;
    return this.#free.get(person)?.pop() ?? { pseudonym: this.opened.ports.identifiers.next(), facts: 0 };
  }

  async #write(reading: Reading): Promise<void> {
    try {
      await recordReading(this.opened.ports)(reading);
    } catch (error) {
      if (!(error instanceof LogReadOnly || error instanceof LogNotAsSigned)) throw error;
      await this.#waiting.add(reading);
      this.#mayWait = true;
      return;
    }
    await this.appendWaiting();
  }
}
