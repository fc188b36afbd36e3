import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { clockNumbers } from '../../application/audit/watch-clock';
import type { BounceFound } from '../../application/resolution/bounces';
import type { Clock } from '@tichet-albastru/event-log/ports/clock';
import type { EventStore } from '@tichet-albastru/event-log/ports/event-store';
import type { Mailer } from '../../application/kernel/ports/mailer';
import { defined } from '@tichet-albastru/kernel/defined';
import type { Operations } from '../../application/kernel/ports/operations';
import type { ReadModels } from '@tichet-albastru/event-log/ports/read-models';
import type { ReportingStore } from '@tichet-albastru/event-log/ports/reporting-store';
import { awaited, type Process, secondsWaited, tryToRead } from '../../application/kernel/processes/process';
import type { Instant } from '../../domain/kernel/fact';
import { outageOf, places, type StorageHealth } from '@tichet-albastru/event-log/database/storage-health';
import { reportingGauges } from './reporting-gauges';
import type { SpanCount } from './span-queue';
import { whenKnown } from './when-known';

/** How a call ended: the class of its status, or how the peer kept silent. */
export type HttpOutcome = '2xx' | '3xx' | '4xx' | '5xx' | 'rate-limited' | 'not-reached' | 'no-answer';
export type HttpWatch = (peer: string, operation: string, outcome: HttpOutcome) => void;

/** What came of handing a checkpoint to somebody outside. */
export type OutsideOutcome = 'confirmed' | 'refused' | 'unavailable';

/** Counts what came of it, and when each last confirmed. Names are those of the settings. */
export type OutsideWatch = {
  count(name: string, outcome: OutsideOutcome): void;
  /** @param at an instant */
  confirmed(name: string, at: string): void;
};

export const outsideMetrics = (registry: Registry): OutsideWatch => {
  const registers = [registry];
  const outcomes = new Counter({
    name: 'tichet_checkpoints_outside_total',
    help: 'Checkpoints handed to a witness, a time-stamping authority or the control department, by outcome.',
    labelNames: ['outside', 'outcome'],
    registers,
  });
  const last = new Gauge({
    name: 'tichet_checkpoint_outside_timestamp_seconds',
    help: 'When each of them last confirmed a checkpoint.',
    labelNames: ['outside'],
    registers,
  });
  return {
    count: (outside, outcome) => {
      outcomes.inc({ outside, outcome });
    },
    confirmed: (outside, at) => {
      last.set({ outside }, Math.floor(Date.parse(at) / 1000));
    },
  };
};

/** Numbers for whoever runs the service. Labels are names of ours only: never an id, never a person. */
export type Metrics = {
  readonly contentType: string;
  text(): Promise<string>;
  request(method: string, route: string, status: number, seconds: number): void;
  /** The same store, counting what it does. */
  watchStore(store: EventStore): EventStore;
  /** The same mailer, counting what it does. */
  watchMailer(mailer: Mailer): Mailer;
  /** Counts what is found where letters come back to. */
  readonly watchBounces: (found: BounceFound) => void;
  /** Counts the calls to systems outside. */
  readonly watchHttp: HttpWatch;
  /** Counts what became of checkpoints that were handed to somebody outside. */
  readonly outside: OutsideWatch;
  /** Counts what the collector of traces took, and what was dropped. */
  readonly spans: SpanCount;
  /** Where rooms register gauges of their own. */
  readonly registers: Registry[];
  /** Looked at when the numbers are asked for. */
  watchReading(ports: {
    readonly readModels: ReadModels;
    readonly store: EventStore;
    readonly operations: Operations;
    readonly clock: Clock;
    /** the names of those that are read */
    readonly tables: readonly string[];
    readonly processes: readonly Process[];
    readonly storage?: Pick<StorageHealth, 'failing'>;
    /** where there are tables for reporting tools */
    readonly reporting?: Pick<ReportingStore, 'freshness'>;
  }): void;
};

/** The same store with another way to append. */
export const appendingBy = (store: EventStore, append: EventStore['append']): EventStore => ({
  append,
  read: (stream, from, most) => store.read(stream, from, most),
  readAll: (options) => store.readAll(options),
  subscribe: (options) => store.subscribe(options),
  end: () => store.end(),
  ...(store.newestEvents && { newestEvents: store.newestEvents.bind(store) }),
  ...(store.readFromWholeLog && { readFromWholeLog: store.readFromWholeLog.bind(store) }),
  ...(store.at && { at: store.at.bind(store) }),
  damaged: (looking) => store.damaged?.(looking) ?? Promise.resolve([]),
  lacks: (stream) => store.lacks?.(stream) === true,
});

export const createMetrics = (): Metrics => {
  const registry = new Registry();
  const registers = [registry];
  const counter = <Label extends string>(name: string, help: string, ...labelNames: Label[]): Counter<Label> =>
    new Counter({ name, help, labelNames, registers });
  const appends = counter('tichet_appends_total', 'Appends by outcome.', 'outcome');
  const appendSeconds = new Histogram({
    name: 'tichet_append_seconds',
    help: 'Time until an append is durable.',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1],
    registers,
  });
  const letters = counter('tichet_letters_total', 'Attempts to hand a letter over, by outcome.', 'outcome');
  const bounces = counter(
    'tichet_bounces_total',
    'Messages about letters that came back, by what they came to; readings of their mailbox that failed.',
    'found',
  );
  const outbound = counter('tichet_outbound_requests_total', 'Calls to systems outside, by outcome.', 'peer', 'operation', 'outcome');
  const spans = counter('tichet_trace_spans_total', 'Spans by what became of them.', 'outcome');
  const requests = new Histogram({
    name: 'tichet_http_request_seconds',
    help: 'Answers by method, route template and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers,
  });
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    request: (method, route, status, seconds) => {
      requests.observe({ method, route, status: String(status) }, seconds);
    },
    watchStore: (store) =>
      appendingBy(store, async (stream, expected, events) => {
        const stop = appendSeconds.startTimer();
        try {
          const result = await store.append(stream, expected, events);
          appends.inc({ outcome: result.kind });
          return result;
        } catch (error) {
          appends.inc({ outcome: 'failed' });
          throw error;
        } finally {
          stop();
        }
      }),
    watchMailer: (mailer) => ({
      send: async (letter) => {
        try {
          const delivery = await mailer.send(letter);
          letters.inc({ outcome: delivery.kind });
          return delivery;
        } catch (error) {
          letters.inc({ outcome: 'failed' });
          throw error;
        }
      },
      forget: (ticketId) => mailer.forget(ticketId),
      ...defined({ kept: mailer.kept }),
    }),
    watchBounces: (found) => {
      bounces.inc({ found });
    },
    watchHttp: (peer, operation, outcome) => {
      outbound.inc({ peer, operation, outcome });
    },
    outside: outsideMetrics(registry),
    spans: (outcome, count) => {
      spans.inc({ outcome }, count);
    },
    registers,
    watchReading: ({ readModels, store, operations, clock, tables, processes, storage, reporting }) => {
      if (reporting !== undefined) reportingGauges(registers, { reporting, clock, storage });
      new Gauge({
        name: 'tichet_storage_failing',
        help: '1 while the log, the tables or the data folder are not there, or take nothing.',
        labelNames: ['place'],
        registers,
        collect() {
          const failing = storage?.failing() ?? [];
          for (const place of places) this.set({ place }, failing.some((one) => one.place === place) ? 1 : 0);
        },
      });
      const ofEach = (
        label: string,
        name: string,
        help: string,
        look: (set: (of: string, value?: number) => void) => Promise<void>,
      ): void => {
        new Gauge({
          name,
          help,
          labelNames: [label],
          registers,
          collect() {
            const forget = (): void => {
              this.reset();
            };
            const set = (of: string, value?: number): void => {
              if (value === undefined) this.remove({ [label]: of });
              else this.set({ [label]: of }, value);
            };
            return whenKnown({ forget, storage }, () => look(set));
          },
        });
      };
      ofEach('projection', 'tichet_projection_behind', '1 while the table has not read the end of the log.', async (set) => {
        const end = await store.end();
        for (const table of tables) set(table, (await readModels.position(table)) < end ? 1 : 0);
      });
      const ofProcess = (name: string, help: string, look: (process: Process, at: Instant) => Promise<number>, unread?: number): void => {
        ofEach('process', name, help, async (set) => {
          for (const process of processes) {
            const found = look(process, clock.now()).catch((error: unknown) => {
              if (outageOf(error) !== undefined) throw error;
              return unread;
            });
            set(process.name, await found);
          }
        });
      };
      const reading = (process: Process, at: Instant): Promise<number> => tryToRead({ readModels }, process, at).then(() => 0);
      ofProcess('tichet_process_cannot_read', '1 while the process cannot read its table.', reading, 1);
      ofProcess('tichet_process_waiting_seconds', 'How long the oldest of its letters and timers has been due.', (process, at) =>
        secondsWaited({ readModels, operations }, process, at),
      );
      const counted = (name: string, help: string, look: () => Promise<number>): void => {
        new Gauge({
          name,
          help,
          registers,
          collect() {
            // a number without labels would be 0 when it is reset
            const forget = (): void => {
              this.remove();
            };
            return whenKnown({ forget, storage }, async () => {
              this.set(await look());
            });
          },
        });
      };
      counted('tichet_parked_keys', 'Rows that wait for a person.', async () => (await readModels.parked()).length);
      const ofClock = (name: string, help: string, which: 'behindSeconds' | 'olderFacts'): void => {
        counted(name, help, async () => (await clockNumbers({ readModels, clock }))[which]);
      };
      ofClock('tichet_clock_behind_seconds', 'By how much the clock of this process is behind the newest fact.', 'behindSeconds');
      ofClock('tichet_clock_older_facts', 'Facts older by more than half a minute than one before them in the log.', 'olderFacts');
      counted('tichet_effects_retrying', 'Effects that failed and will be tried again.', async () => {
        const all = await operations.attempts.unfinished();
        return all.filter(({ error }) => error !== undefined && error !== awaited).length;
      });
    },
  };
};
