import { pause } from '../../application/kernel/pause';
import type { Process } from '../../application/kernel/processes/process';
import { runProcesses } from '../../application/kernel/processes/runner';
import type { Ports } from '../../application/kernel/ports/ports';
import { EventLogCorrupt, type Position } from '../../application/kernel/ports/event-store';
import type { Projection } from '../../application/kernel/ports/projection';
import type { ProjectionStore } from '../../application/kernel/ports/projection-store';
import { defaultRetention, keptSince, type RetentionPeriods } from '../../domain/retention/retention';
import { runProjections } from '../../projections/kernel/projector';
import { errorCode } from '../runtime/error-code';
import type { Lease } from '../database/postgres/lease';
import { whileCalm } from '../proof/alarm/log-alarm';
import { keepSigning, signTheRest } from '../proof/signing/sign-log';
import { LogNotAsSigned } from '../signed-log/not-as-signed';
import { newestFault } from '../log/codec/verify-chain';
import { newestSignedFault } from '../proof/signing/newest-signed-fault';
import type { StorageHealth } from '../database/storage-health';
import type { TraceOfEvent } from '../telemetry/trace-of-event';
import { tracedProcess } from '../telemetry/traced-ports';
import type { BackgroundTask } from './background-tasks';
import type { FollowedTables } from './provided';
import type { SealedLog } from './signed-log';
import { everyTable, ownTables } from './tables';

const pauseMilliseconds = 1000;
/** Of one process: an effect mostly waits for a disk, and those that wait together share one write. */
const effectsAtOnce = 64;
const hourMilliseconds = 3_600_000;
/** So late at most a process hears of an alarm that another one has raised. */
const alarmMilliseconds = 2000;

/** Why the service is not ready; `ready` when nothing keeps it. */
export type Readiness = 'ready' | 'catching-up' | 'log-corrupt' | 'storage-failing';

/** What goes on beside the requests: tables follow the log, the log is sealed, processes perform what is due, old idempotency keys are forgotten. */
export class Background {
  readonly #stop = new AbortController();
  readonly #stopSealing = new AbortController();
  #work: Promise<unknown> = Promise.resolve();
  #sealing: Promise<unknown> = Promise.resolve();
  #toReach: Position = '';
  #corrupt = false;

  constructor(
    private readonly ports: Ports,
    private readonly rows: ProjectionStore,
    private readonly tables: FollowedTables,
    private readonly options: {
      readonly processes: boolean;
      readonly storage?: StorageHealth;
      /** where several service processes share the stores; alone, one does everything at all times */
      readonly lease?: (name: string) => Lease;
      readonly traces?: TraceOfEvent;
      readonly sealing?: SealedLog;
      /** how long what is only operational is remembered; `null` for ever */
      readonly retention?: Pick<RetentionPeriods, 'operational' | 'refused-attempts'>;
      /** what else one process of all does, where effects are performed */
      readonly tasks?: readonly BackgroundTask[];
    },
  ) {}

  /** Tables exist when this resolves; they need not have read the log yet. */
  async start(): Promise<void> {
    this.#toReach = await this.ports.store.end();
    await this.#verifyNewest();
    for (const table of everyTable(this.tables)) await this.rows.prepare(table);
    if (this.options.sealing !== undefined)
      this.#sealing = this.#oneAtATime('seal', (signal) => this.#seal(signal), this.#stopSealing.signal);
    this.#work = Promise.all([
      ...(this.options.sealing ? [this.#keepOn('seal-alarm', this.#stop.signal, (signal) => this.#hearAlarm(signal))] : []),
      ...this.#followed().map(([name, tables]) => this.#oneAtATime(name, (signal) => this.#followLog(tables, signal))),
      this.#keepOn('idempotency-keys', this.#stop.signal, (signal) => this.#prune(signal)),
      ...(this.options.processes ? [this.#oneAtATime('processes', (signal) => this.#performWhatIsDue(signal))] : []),
    ]);
  }

  /** What one process of all does at a time. That two do it while they do not know of each other does no harm, and no good. */
  #oneAtATime(name: string, work: (signal: AbortSignal) => Promise<void>, signal = this.#stop.signal): Promise<unknown> {
    const lease = this.options.lease?.(name);
    if (lease === undefined) return this.#keepOn(name, signal, work);
    const corrupt = new AbortController();
    const over = AbortSignal.any([signal, corrupt.signal]);
    return this.#keepOn(`${name}-lease`, over, () =>
      lease.held(over, async (held) => {
        if ((await this.#keepOn(name, held, work)) === 'corrupt') corrupt.abort();
      }),
    );
  }

  /**
   * The host's tables by themselves: ours are followed in a thread that does not know their code, and of several processes those that bring
   * the same tables take turns with them, whichever others follow ours.
   */
  #followed(): readonly (readonly [lease: string, tables: readonly Projection[]])[] {
    const own = ownTables(this.tables);
    const ours = everyTable(this.tables).filter((table) => !own.includes(table));
    if (own.length === 0) return [['projections', ours]];
    const named = own.map(({ name, version }) => `${name}@${version}`).sort();
    return [
      ['projections', ours],
      [`projections ${named.join(' ')}`, own],
    ];
  }

  /** Nothing goes out while the alarm stands: what is due waits, and is performed once it is cleared. */
  async #performWhatIsDue(permitted: AbortSignal): Promise<void> {
    const { tasks = [], sealing } = this.options;
    await whileCalm(sealing?.alarm, permitted, async (signal) => {
      await Promise.all([
        ...tasks.map(({ name, work }) => this.#keepOn(name, signal, work)),
        this.#keepOn('effects', signal, () => runProcesses(this.ports, this.#tracedProcesses(), { signal, concurrency: effectsAtOnce })),
      ]);
    });
  }

  /** Ends with the first fault, and begins again when a person has cleared the alarm. */
  async #seal(permitted: AbortSignal): Promise<void> {
    const { sealing } = this.options;
    if (sealing === undefined) return;
    const alarming = async (work: Promise<void>): Promise<void> => {
      try {
        await work;
      } catch (error) {
        if (!(error instanceof LogNotAsSigned)) throw error;
        await sealing.alarm.raise(error.fault);
      }
    };
    await whileCalm(sealing.alarm, permitted, (signal) => alarming(keepSigning(this.ports, sealing, signal)));
    if (this.#stopSealing.signal.aborted && sealing.alarm.standing() === undefined) await alarming(signTheRest(this.ports, sealing));
  }

  async #hearAlarm(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await pause(alarmMilliseconds, signal);
      await this.options.sealing?.alarm.look();
    }
  }

  #tracedProcesses(): readonly Process[] {
    const { traces } = this.options;
    const { processes } = this.tables;
    return traces === undefined ? processes : processes.map((process) => tracedProcess(process, traces));
  }

  /** Ready once the tables have read the log as it stood when they began to follow it, and while the disk takes what is written. */
  async readiness(): Promise<Readiness> {
    if (this.#corrupt || this.options.sealing?.alarm.standing() !== undefined) return 'log-corrupt';
    if (!(await this.#diskWrites())) return 'storage-failing';
    const follows = !this.#stop.signal.aborted && (await this.ports.readModels.reached(this.#toReach, 0));
    return follows ? 'ready' : 'catching-up';
  }

  /** After a write that failed, another is tried: a service that nobody asks because it is not ready would never find out. */
  async #diskWrites(): Promise<boolean> {
    const { storage } = this.options;
    if (storage?.failing() === undefined) return true;
    await this.ports.operations.keyValues.put('storage-tried', this.ports.clock.now()).catch(() => undefined);
    return storage.failing() === undefined;
  }

  /** A log that was changed from outside is told at once, not when somebody reads the event; what can be read is read on. */
  async #verifyNewest(): Promise<void> {
    const fault = await newestFault(this.ports);
    if (fault !== undefined) this.ports.logger.error('log.corrupt', fault);
    const { sealing } = this.options;
    const notAsSealed = sealing && (await newestSignedFault({ store: this.ports.store, ...sealing }));
    // an alarm stands until it is cleared; without one nobody could say that it is well again but another start
    if (notAsSealed !== undefined) await sealing?.alarm.raise(notAsSealed);
    else this.#corrupt = fault !== undefined;
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#work;
    // last: what the others have written is sealed as well
    this.#stopSealing.abort();
    await this.#sealing;
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
        this.ports.logger.error('background.failed', { name, kind, code: errorCode(error) });
        if (error instanceof EventLogCorrupt) {
          this.#corrupt = true;
          return 'corrupt';
        }
      }
      await pause(pauseMilliseconds, signal);
    }
    return 'stopped';
  }

  async #followLog(tables: readonly Projection[], signal: AbortSignal): Promise<void> {
    this.#toReach = await this.ports.store.end();
    await runProjections({ ...this.ports, rows: this.rows }, tables, { signal });
  }

  async #prune(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const now = this.ports.clock.now();
      const { idempotency, sessions, drafts, codes, openings, refusals, tokens, throttle } = this.ports.operations;
      const { operational, 'refused-attempts': attempts } = this.options.retention ?? defaultRetention;
      await sessions.prune(now);
      await drafts.prune(now);
      await tokens.prune(now);
      await codes.prune(now);
      await throttle.prune(now);
      if (operational !== null) {
        await idempotency.prune(keptSince(now, operational));
        await openings.prune(keptSince(now, operational));
      }
      if (attempts !== null) await refusals.prune(keptSince(now, attempts));
      await pause(hourMilliseconds, signal);
    }
  }
}
