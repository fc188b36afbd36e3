import { setTimeout as sleep } from 'node:timers/promises';
import { allProcesses } from '../../application/processes';
import type { Process } from '../../application/processes/process';
import { runProcesses } from '../../application/processes/runner';
import type { Ports } from '../../application/ports/ports';
import type { Position } from '../../application/ports/event-store';
import { EventLogCorrupt } from '../../application/ports/event-store';
import type { ProjectionStore } from '../../application/ports/projection-store';
import { defaultRetention } from '../../domain/retention/classes';
import { keptSince, type Period } from '../../domain/retention/period';
import { allProjections } from '../../projections/all-projections';
import { runProjections } from '../../projections/kernel/projector';
import { errorCode } from '../error-code';
import type { Lease } from '../postgres/lease';
import { newestFault } from '../serialization/verify-newest';
import type { StorageHealth } from '../storage-health';
import type { TraceOfEvent } from '../telemetry/trace-of-event';
import { tracedProcess } from '../telemetry/traced-processes';
import type { Beside } from './beside';

const everyTable = [...allProjections, ...allProcesses];
const pauseMilliseconds = 1000;
/** Of one process: an effect mostly waits for a disk, and those that wait together share one write. */
const effectsAtOnce = 64;
const hourMilliseconds = 3_600_000;

/** Why the service is not ready; `ready` when nothing keeps it. */
export type Readiness = 'ready' | 'catching-up' | 'log-corrupt' | 'storage-failing';

/** What goes on beside the requests: tables follow the log, processes perform what is due, old idempotency keys are forgotten. */
export class Background {
  readonly #stop = new AbortController();
  #work: Promise<unknown> = Promise.resolve();
  #toReach: Position = '';
  #corrupt = false;

  constructor(
    private readonly ports: Ports,
    private readonly rows: ProjectionStore,
    private readonly options: {
      readonly processes: boolean;
      readonly storage?: StorageHealth;
      /** where several service processes share the stores; alone, one does everything at all times */
      readonly lease?: (name: string) => Lease;
      readonly traces?: TraceOfEvent;
      /** how long idempotency keys and spent codes are remembered; `null` for ever */
      readonly keptFor?: Period | null;
      /** what else one process of all does, where effects are performed */
      readonly beside?: readonly Beside[];
    },
  ) {}

  /** Tables exist when this resolves; they need not have read the log yet. */
  async start(): Promise<void> {
    this.#toReach = await this.ports.store.end();
    await this.#verifyNewest();
    for (const table of everyTable) await this.rows.prepare(table);
    this.#work = Promise.all([
      this.#oneAtATime('projections', (signal) => this.#followLog(signal)),
      this.#keepOn('idempotency-keys', this.#stop.signal, (signal) => this.#prune(signal)),
      ...(this.options.processes ? [this.#oneAtATime('processes', (signal) => this.#performWhatIsDue(signal))] : []),
    ]);
  }

  /** What one process of all does at a time. That two do it while they do not know of each other does no harm, and no good. */
  #oneAtATime(name: string, work: (signal: AbortSignal) => Promise<void>): Promise<unknown> {
    const lease = this.options.lease?.(name);
    const { signal } = this.#stop;
    if (lease === undefined) return this.#keepOn(name, signal, work);
    const corrupt = new AbortController();
    const over = AbortSignal.any([signal, corrupt.signal]);
    return this.#keepOn(`${name}-lease`, over, () =>
      lease.held(over, async (held) => {
        if ((await this.#keepOn(name, held, work)) === 'corrupt') corrupt.abort();
      }),
    );
  }

  async #performWhatIsDue(signal: AbortSignal): Promise<void> {
    const { beside = [] } = this.options;
    await Promise.all([
      ...beside.map(({ name, work }) => this.#keepOn(name, signal, work)),
      this.#keepOn('effects', signal, () => runProcesses(this.ports, this.#tracedProcesses(), { signal, concurrency: effectsAtOnce })),
    ]);
  }

  #tracedProcesses(): readonly Process[] {
    const { traces } = this.options;
    return traces === undefined ? allProcesses : allProcesses.map((process) => tracedProcess(process, traces));
  }

  /** Ready once the tables have read the log as it stood when they began to follow it, and while the disk takes what is written. */
  async readiness(): Promise<Readiness> {
    if (this.#corrupt) return 'log-corrupt';
    if (!(await this.#diskWrites())) return 'storage-failing';
    const follows = !this.#stop.signal.aborted && (await this.ports.readModels.reached(this.#toReach, 0));
    return follows ? 'ready' : 'catching-up';
  }

  /** After a write that failed, another is tried: a service that nobody asks because it is not ready would never find out. */
  async #diskWrites(): Promise<boolean> {
    const { storage } = this.options;
    if (storage?.failing() === undefined) return true;
    await this.ports.operations.registers.put('storage-tried', this.ports.clock.now()).catch(() => undefined);
    return storage.failing() === undefined;
  }

  /** A log that was changed from outside is told at once, not when somebody reads the event; what can be read is read on. */
  async #verifyNewest(): Promise<void> {
    const fault = await newestFault(this.ports);
    if (fault === undefined) return;
    this.#corrupt = true;
    this.ports.journal.error('log.corrupt', fault);
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#work;
  }

  /** A loop that ends for another reason than its signal begins again; on a broken log it must not. */
  async #keepOn(name: string, signal: AbortSignal, work: (signal: AbortSignal) => Promise<void>): Promise<'stopped' | 'corrupt'> {
    const isOver = (): boolean => signal.aborted;
    while (!isOver()) {
      try {
        await work(signal);
      } catch (error) {
        if (isOver()) return 'stopped';
        this.options.storage?.failed(error);
        const kind = error instanceof Error ? error.name : 'unknown';
        this.ports.journal.error('background.failed', { name, kind, code: errorCode(error) });
        if (error instanceof EventLogCorrupt) {
          this.#corrupt = true;
          return 'corrupt';
        }
      }
      await sleep(pauseMilliseconds, undefined, { signal }).catch(() => undefined);
    }
    return 'stopped';
  }

  async #followLog(signal: AbortSignal): Promise<void> {
    this.#toReach = await this.ports.store.end();
    await runProjections({ ...this.ports, rows: this.rows }, everyTable, { signal });
  }

  async #prune(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const now = this.ports.clock.now();
      await this.ports.operations.sessions.prune(now);
      const { keptFor = defaultRetention.operational } = this.options;
      if (keptFor !== null) {
        await this.ports.operations.idempotency.prune(keptSince(now, keptFor));
        await this.ports.operations.openings.prune(keptSince(now, keptFor));
      }
      await sleep(hourMilliseconds, undefined, { signal }).catch(() => undefined);
    }
  }
}
