import { watchClock } from '../../application/audit/watch-clock';
import { setMaxListeners } from 'node:events';
import { pause } from '@tichet-albastru/kernel/pause';
import type { Process } from '../../application/kernel/processes/process';
import { runProcesses } from '../../application/kernel/processes/runner';
import type { Ports } from '../../application/kernel/ports/ports';
import { derivedFrom } from '../../application/kernel/ports/tables';
import type { Instant } from '../../domain/kernel/fact';
import { EventLogCorrupt, type Position } from '@tichet-albastru/event-log/ports/event-store';
import type { Projection } from '../../application/kernel/ports/projection';
import { isFillingOf, outdatedIn, type ProjectionStore } from '@tichet-albastru/event-log/ports/projection-store';
import type { ReportingStore } from '@tichet-albastru/event-log/ports/reporting-store';
import { ReportingUnavailable } from '@tichet-albastru/event-log/ports/reporting';
import { unfinishedBuilds } from '../../application/operation/table-rebuilds';
import { defaultRetention, keptSince, type Period, type RetentionPeriods } from '../../domain/retention/retention';
import { runReporting } from '@tichet-albastru/event-log/reporting/fill-reporting';
import { runProjections } from '@tichet-albastru/event-log/projector/projector';
import { reportingTablesUnder, reportingViews } from '../../projections/reporting/reporting';
import { errorCode } from '@tichet-albastru/kernel/error-code';
import { tablesOf } from '@tichet-albastru/event-log/read-models/columns';
import { removedAtOnce } from '@tichet-albastru/event-log/database/sql/table';
import type { Lease } from '@tichet-albastru/event-log/database/postgres/lease';
import { whileCalm } from '../proof/alarm/log-alarm';
import { keepSigning, signTheRest } from '../proof/signing/sign-log';
import { LogNotAsSigned } from '@tichet-albastru/signed-log';
import { newestFault } from '@tichet-albastru/event-log/codec/verify-chain';
import { newestSignedFault } from '../proof/signing/newest-signed-fault';
import { type Failing, outageOf, type StorageHealth } from '@tichet-albastru/event-log/database/storage-health';
import type { TraceOfEvent } from '../telemetry/trace-of-event';
import { tracedProcess } from '../telemetry/traced-ports';
import type { BackgroundTask } from './background-tasks';
import type { FollowedTables } from './provided';
import type { SealedLog } from './signed-log';
import { fillRequestedTables } from './requested-rebuilds';
import { refuseTable } from './own-declarations';
import { everyTable, ownTables } from './tables';

const pauseMilliseconds = 1000;
/** Of one process: an effect mostly waits for a disk, and those that wait together share one write. */
const effectsAtOnce = 64;
const hourMilliseconds = 3_600_000;
/** So late at most a process hears of an alarm that another one has raised. */
const alarmMilliseconds = 2000;
/** Of what was acknowledged: how often it is asked whether it is time to compare. */
const lookMilliseconds = 250;
/**
 * How often the log, the tables and the folder are asked whether they are there, but for what has written since: with the patience for an
 * answer, less than five seconds.
 */
const storageMilliseconds = 1000;
/** The reporting tables that went on for so long were there: that they are not is told again. */
const wellMilliseconds = 10_000;
/** So long whoever asks for readiness waits for a place that fails to be asked again: it may be mended. */
const mendedMilliseconds = 1000;

/** Why the service is not ready; `ready` when nothing keeps it. */
export type Readiness = 'ready' | 'catching-up' | 'log-corrupt' | 'storage-failing';

/** What goes on beside the requests: tables follow the log, the log is sealed, processes perform what is due, old idempotency keys are forgotten. */
export class Background {
  #stop = new AbortController();
  #stopSealing = new AbortController();
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
      /** the tables for reporting tools, which are filled whether effects are performed or not */
      readonly reporting?: ReportingStore;
      /** how long what is only operational is remembered; `null` for ever */
      readonly retention?: Pick<RetentionPeriods, 'operational' | 'refused-attempts'>;
      /** what else one process of all does, where effects are performed */
      readonly tasks?: readonly BackgroundTask[];
    },
  ) {}

  /** Tables exist when this resolves; they need not have read the log yet. What was stopped can be started again. */
  async start(): Promise<void> {
    [this.#stop, this.#stopSealing, this.#corrupt] = [new AbortController(), new AbortController(), false];
    this.#toReach = await this.ports.store.end();
    await this.#verifyNewest();
    for (const table of everyTable(this.tables)) await this.rows.prepare(table).catch(refuseTable);
    if (this.options.sealing !== undefined)
      this.#sealing = this.#oneAtATime('seal', (signal) => this.#seal(signal), this.#stopSealing.signal);
    this.#work = Promise.all([
      ...(this.options.sealing
        ? [
            this.#keepOn('seal-alarm', this.#stop.signal, (signal) => this.#hearAlarm(signal)),
            this.#keepOn('acknowledged', this.#stop.signal, (signal) => this.#compareAcknowledged(signal)),
            this.#keepOn('streams', this.#stop.signal, (signal) => this.#watchStreams(signal)),
          ]
        : []),
      this.#keepOn('storage', this.#stop.signal, (signal) => this.#lookAtStorage(signal)),
      ...this.#followed().map(([name, tables]) => this.#oneAtATime(name, (signal) => this.#followLog(tables, signal))),
      ...this.#reporting(),
      this.#keepOn('clock', this.#stop.signal, (signal) => watchClock(this.ports, signal)),
      // each by itself: where one cannot be swept, the others are
      ...this.#sweeps().map(([name, sweep]) => this.#keepOn(`old-${name}`, this.#stop.signal, (signal) => this.#prune(sweep, signal))),
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

  /** Filled from the tables that are followed, by whichever process: they need no alarm to be cleared, and no effect to be performed. */
  #reporting(): readonly Promise<unknown>[] {
    const { reporting } = this.options;
    if (reporting === undefined) return [];
    const { readModels, clock, logger, policies } = this.ports;
    const versions = new Map(
      everyTable(this.tables).flatMap((table) => tablesOf(table).map(({ name }): [string, number] => [name, table.version])),
    );
    const declared = { tables: reportingTablesUnder(policies), views: reportingViews, versions, derivedFrom };
    return [this.#oneAtATime('reporting', (signal) => runReporting({ reporting, readModels, clock, logger }, declared, { signal }))];
  }

  /** Nothing goes out while the alarm stands: what is due waits, and is performed once it is cleared. */
  async #performWhatIsDue(permitted: AbortSignal): Promise<void> {
    const { tasks = [], sealing } = this.options;
    const isFilled = async (process: Process): Promise<boolean> => outdatedIn(await this.rows.builds(), [process]).length === 0;
    await whileCalm(sealing?.alarm, permitted, async (signal) => {
      await Promise.all([
        ...tasks.map(({ name, work }) => this.#keepOn(name, signal, work)),
        this.#keepOn('effects', signal, () =>
          runProcesses(this.ports, this.#tracedProcesses(), { signal, concurrency: effectsAtOnce, isFilled }),
        ),
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

  async #compareAcknowledged(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await pause(lookMilliseconds, signal);
      await this.options.sealing?.acknowledged?.look();
    }
  }

  async #lookAtStorage(signal: AbortSignal): Promise<void> {
    const isOver = (): boolean => signal.aborted;
    while (!isOver()) {
      await pause(storageMilliseconds, signal);
      if (!isOver()) await this.options.storage?.look();
    }
  }

  async #watchStreams(signal: AbortSignal): Promise<void> {
    const { sealing } = this.options;
    while (!signal.aborted) {
      await pause(sealing?.alarm.standing() === undefined ? lookMilliseconds : alarmMilliseconds, signal);
      await sealing?.streams?.look();
    }
  }

  #tracedProcesses(): readonly Process[] {
    const { traces } = this.options;
    const { processes } = this.tables;
    return traces === undefined ? processes : processes.map((process) => tracedProcess(process, traces));
  }

  /** Ready once the tables have read the log as it stood when they began to follow it, and while all is there that something is kept in. */
  async readiness(): Promise<Readiness> {
    if (this.#corrupt || this.options.sealing?.alarm.standing() !== undefined) return 'log-corrupt';
    if (this.failing().length > 0) await Promise.race([this.#lookAgain(), pause(mendedMilliseconds)]);
    if (this.failing().length > 0) return 'storage-failing';
    try {
      // what another log says is not told before it was compared
      await this.#askWhetherSame();
      if (this.failing().length > 0) return 'storage-failing';
      const [tables, builds] = [everyTable(this.tables), await this.rows.builds()];
      const follows = builds.every(
        (build) => build.state === 'filling' || build.checkpoint >= this.#toReach || !tables.some((table) => isFillingOf(build, table)),
      );
      return follows && !this.#stop.signal.aborted ? 'ready' : 'catching-up';
    } catch (error) {
      if (outageOf(error) === undefined) throw error;
      this.options.storage?.heard(error);
      return 'storage-failing';
    }
  }

  /** Tables that are filled anew: their old rows are read until then, and the processes that go by them wait. */
  async filling(): Promise<readonly string[]> {
    return outdatedIn(await this.rows.builds(), everyTable(this.tables)).map(({ name }) => name);
  }

  async #askWhetherSame(): Promise<void> {
    const answered = new AbortController();
    const asked = this.options.sealing?.acknowledged?.ask() ?? Promise.resolve();
    // who says nothing is found out by the storage's look
    await Promise.race([
      asked.finally(() => {
        answered.abort();
      }),
      pause(mendedMilliseconds, answered.signal),
    ]);
  }

  async #lookAgain(): Promise<void> {
    // what is under way may have been asked before it was mended
    for (let asked = 0; asked < 2 && this.failing().length > 0; asked += 1) await this.options.storage?.look();
  }

  /** What is not there now, or does not do what it is asked, and why. */
  failing(): readonly Failing[] {
    const failing = this.options.storage?.failing() ?? [];
    const isAnother = failing.length === 0 && this.options.sealing?.acknowledged?.isAnother() === true;
    return isAnother ? [{ place: 'log', code: 'position-lost' }] : failing;
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
    // as many wait for the end as there are tasks and effects under way: no leak, and nothing to warn of at the eleventh
    setMaxListeners(0, signal);
    const isOver = (): boolean => signal.aborted;
    let told: string | undefined;
    while (!isOver()) {
      const begun = performance.now();
      try {
        await work(signal);
      } catch (error) {
        if (isOver()) return 'stopped';
        const outage = outageOf(error);
        // once for each outage, which fails every second
        if (error instanceof ReportingUnavailable ? performance.now() - begun > wellMilliseconds : this.failing().length === 0)
          told = undefined;
        this.options.storage?.heard(error);
        const kind = error instanceof Error ? error.name : 'unknown';
        if (outage === undefined || outage !== told) this.ports.logger.error('background.failed', { name, kind, code: errorCode(error) });
        told = outage;
        // one stream that is not whole is no reason to follow the others no more
        if (error instanceof EventLogCorrupt && error.damage === undefined) {
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
    const ports = { ...this.ports, rows: this.rows, unfinished: unfinishedBuilds(this.ports) };
    const over = new AbortController();
    // beside it, by the process that may write these tables
    const filling = fillRequestedTables(ports, tables, AbortSignal.any([signal, over.signal]));
    try {
      await runProjections(ports, tables, { signal });
    } finally {
      over.abort();
      await filling;
    }
  }

  /** What counts no longer, by where it stands, and how the next rows of it are removed. */
  #sweeps(): readonly (readonly [name: string, sweep: (now: Instant) => Promise<number>])[] {
    const { operations } = this.ports;
    const { operational, 'refused-attempts': attempts } = this.options.retention ?? defaultRetention;
    const ended = (['sessions', 'drafts', 'tokens', 'codes', 'throttle'] as const).map(
      (name) => [name, (now: Instant) => operations[name].prune(now)] as const,
    );
    const old = (name: 'idempotency' | 'openings' | 'refusals', period: Period | null) =>
      period === null ? [] : [[name, (now: Instant) => operations[name].prune(keptSince(now, period))] as const];
    return [...ended, ...old('idempotency', operational), ...old('openings', operational), ...old('refusals', attempts)];
  }

  async #prune(sweep: (now: Instant) => Promise<number>, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const now = this.ports.clock.now();
      const isMore = (await sweep(now)) >= removedAtOnce;
      if (!isMore) await pause(hourMilliseconds, signal);
    }
  }
}
