import { setTimeout as sleep } from 'node:timers/promises';
import { allProcesses } from '../../application/processes';
import { runProcesses } from '../../application/processes/runner';
import type { Ports } from '../../application/ports/ports';
import type { Position } from '../../application/ports/event-store';
import { EventLogCorrupt } from '../../application/ports/event-store';
import type { ProjectionStore } from '../../application/ports/projection-store';
import { allProjections } from '../../projections/all-projections';
import { runProjections } from '../../projections/kernel/projector';

const everyTable = [...allProjections, ...allProcesses];
const pauseMilliseconds = 1000;
/** Of one process: an effect mostly waits for a disk, and those that wait together share one write. */
const effectsAtOnce = 16;
const keysAreKeptHours = 24;
const hourMilliseconds = 3_600_000;

/** What goes on beside the requests: tables follow the log, processes perform what is due, old idempotency keys are forgotten. */
export class Background {
  readonly #stop = new AbortController();
  #work: Promise<unknown> = Promise.resolve();
  #endAtStart: Position = '';
  #failed = false;

  constructor(
    private readonly ports: Ports,
    private readonly rows: ProjectionStore,
    private readonly options: { readonly processes: boolean },
  ) {}

  /** Tables exist when this resolves; they need not have read the log yet. */
  async start(): Promise<void> {
    this.#endAtStart = await this.ports.store.end();
    for (const table of everyTable) await this.rows.prepare(table);
    const { signal } = this.#stop;
    this.#work = Promise.all([
      this.#keepOn('projections', () => runProjections({ ...this.ports, rows: this.rows }, everyTable, { signal })),
      this.#keepOn('idempotency-keys', () => this.#prune(signal)),
      ...(this.options.processes
        ? [this.#keepOn('processes', () => runProcesses(this.ports, allProcesses, { signal, concurrency: effectsAtOnce }))]
        : []),
    ]);
  }

  /** Whether the tables have read the log as it stood at the start, and still follow it. */
  async ready(): Promise<boolean> {
    return !this.#failed && !this.#stop.signal.aborted && (await this.ports.readModels.reached(this.#endAtStart, 0));
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#work;
  }

  /** A loop that ends for another reason than the end of the service begins again; on a broken log it must not. */
  async #keepOn(name: string, work: () => Promise<void>): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      try {
        await work();
      } catch (error) {
        if (this.#stop.signal.aborted) return;
        this.ports.journal.error('background.failed', { name, kind: error instanceof Error ? error.name : 'unknown' });
        if (error instanceof EventLogCorrupt) {
          this.#failed = true;
          return;
        }
      }
      await sleep(pauseMilliseconds, undefined, { signal }).catch(() => undefined);
    }
  }

  async #prune(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const before = new Date(Date.parse(this.ports.clock.now()) - keysAreKeptHours * hourMilliseconds).toISOString();
      await this.ports.operations.idempotency.prune(before);
      await sleep(hourMilliseconds, undefined, { signal }).catch(() => undefined);
    }
  }
}
