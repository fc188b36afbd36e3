import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { readingPurposes } from '../../../application/kernel/reading-purposes';
import { type Reading, recordReading } from '../../../application/privacy/record-reading';
import { defined } from '../../../domain/kernel/defined';
import type { CivilDate } from '../../../domain/kernel/fact';
import { civilDateOf } from '../../../domain/time/civil-time';
import type { OpenedPorts } from '../../nest/provided';
import { openedToken } from '../../nest/tokens';
import { LogReadOnly } from '../../proof/alarm/log-alarm';
import { openedFor } from '../../runtime/opened-for';
import { oneAtATime } from '../../runtime/turns';
import { LogNotAsSigned } from '../../signed-log/not-as-signed';
import { admittedTo, shownTo } from './shown-data';
import { waitingReadings } from './waiting-readings.codec';

/** Longer streams are read anew each time, and one key would stand for more than one day's work. */
const mostFacts = 200;

/** One stream of a reader's day. */
type DayOfReader = { readonly pseudonym: string; readonly facts: number };

const idsIn = (streams: ReadonlySet<string>, prefix: string): readonly string[] =>
  [...streams].filter((stream) => stream.startsWith(prefix)).map((stream) => stream.slice(prefix.length));

/**
 * Notes which personal data an answer shows to an official, before it is given. They are known where they are opened, so that no page and no
 * route has to say so, and none can forget it.
 */
@Injectable()
export class ReadingRecorder implements OnApplicationBootstrap {
  /** The streams to which nothing is being written: two answers at once to one official go into two of them, and never wait for each other. */
  readonly #free = new Map<string, DayOfReader[]>();
  #freeOn: CivilDate | undefined;
  readonly #inTurn = oneAtATime();
  readonly #waiting: ReturnType<typeof waitingReadings>;
  #mayWait = true;

  constructor(@Inject(openedToken) private readonly opened: OpenedPorts) {
    this.#waiting = waitingReadings(opened.settings.dataDirectory, opened.purposeKeys);
  }

  /** What could not be appended when the service was here last. */
  async onApplicationBootstrap(): Promise<void> {
    try {
      await this.#appendWaiting();
    } catch {
      this.opened.ports.logger.warn('readings.waiting');
    }
  }

  /** Between a request and its handler, and between its answer and whoever asked. */
  watch(server: FastifyInstance): void {
    server.addHook('preHandler', (request, _reply, done) => {
      openedFor(shownTo(request), done);
    });
    server.addHook('onSend', (request, reply, payload: unknown, done) => {
      const isShown = payload !== undefined && payload !== null && payload !== '' && request.method !== 'HEAD';
      const reading = isShown && (reply.statusCode < 300 || reply.statusCode >= 400) ? this.#readingOf(request) : undefined;
      if (reading === undefined) {
        done(null, payload);
        return;
      }
      this.#record(reading).then(
        () => {
          done(null, payload);
        },
        (error: unknown) => {
          done(error instanceof Error ? error : new Error('A reading was not recorded.'));
        },
      );
    });
  }

  #readingOf(request: FastifyRequest): Omit<Reading, 'pseudonym'> | undefined {
    const streams = shownTo(request);
    const { principal, action } = admittedTo(request) ?? {};
    const tickets = idsIn(streams, 'ticket-');
    const requests = idsIn(streams, 'request-');
    if (principal?.kind !== 'official' || action === undefined || tickets.length + requests.length === 0) return undefined;
    const { clock, identifiers } = this.opened.ports;
    const { role, departmentCode, person } = principal;
    return {
      readingId: identifiers.next(),
      person,
      role,
      ...defined({ departmentCode }),
      purpose: readingPurposes[action],
      page: `${request.method} ${request.routeOptions.url ?? ''}`,
      tickets,
      requests,
      readAt: clock.now(),
    };
  }

  async #record(read: Omit<Reading, 'pseudonym'>): Promise<void> {
    const { person, readAt } = read;
    const day = this.#dayOf(person, civilDateOf(readAt));
    try {
      await this.#write({ ...read, pseudonym: day.pseudonym });
    } finally {
      const facts = day.facts + 1;
      if (facts < mostFacts && this.#freeOn === civilDateOf(readAt)) {
        this.#free.set(person, [...(this.#free.get(person) ?? []), { ...day, facts }]);
      }
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
      await this.#inTurn(() => this.#waiting.add(reading));
      this.#mayWait = true;
      return;
    }
    await this.#appendWaiting();
  }

  #appendWaiting(): Promise<void> {
    if (!this.#mayWait) return Promise.resolve();
    return this.#inTurn(async () => {
      for (const reading of await this.#waiting.all()) await recordReading(this.opened.ports)(reading);
      await this.#waiting.clear();
      this.#mayWait = false;
    });
  }
}
