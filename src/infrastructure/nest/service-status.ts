import { Inject, Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant } from '../../domain/kernel/fact';
import { momentAfter } from '../../domain/time/civil-time';
import type { Asker } from '../../application/kernel/access';
import { EventLogCorrupt, type EventStore, type Position } from '@tichet-albastru/event-log/ports/event-store';
import type { Projection } from '../../application/kernel/ports/projection';
import { type Build, isFillingOf, type UnfinishedBuild } from '@tichet-albastru/event-log/ports/projection-store';
import type { ParkedKey } from '@tichet-albastru/event-log/ports/read-models';
import type { ParkedReportingRow, ReportingFreshness, ReportingStore } from '@tichet-albastru/event-log/ports/reporting-store';
import { ReportingUnavailable } from '@tichet-albastru/event-log/ports/reporting';
import type { Process } from '../../application/kernel/processes/process';
import { actedFor } from '../../application/operation/operator-acts';
import { parkedGroups, type ParkedGroup } from '../../application/operation/parked-groups';
import { askForRebuild, rebuildRequestOf, type RebuildRequest, unfinishedBuildOf } from '../../application/operation/table-rebuilds';
import { waitingEffects, wantedAttempts, type WaitingEffects } from '../../application/operation/waiting-effects';
import { webhookList, type WebhookView } from '../../application/operation/webhooks';
import type { Refusal } from '../../domain/kernel/refusal';
import { reportingTablesUnder } from '../../projections/reporting/reporting';
import type { HeldLease } from '@tichet-albastru/event-log/database/postgres/held-leases';
import type { Failing } from '@tichet-albastru/event-log/database/storage-health';
import { numberOf } from '@tichet-albastru/event-log/stores/append-rules';
import { signingState, type SigningState } from '../proof/signing/current-signed-log';
import { countsEvents } from '../proof/signing/signing';
import { processName } from '../runtime/process-name';
import { LogNotAsSigned, type SignedLogFault } from '@tichet-albastru/signed-log';
import { unlessThrown } from '@tichet-albastru/kernel/error-code';
import { shownAs } from '@tichet-albastru/event-log/reporting/reporting-dialect';
import type { OpenedPorts } from './provided';
import { tablesNamed } from './tables';
import { openedToken } from './tokens';

/** How far something that reads the log is behind its end. */
export type Behind = {
  /** not read yet */
  readonly events: number;
  /** so many were counted, and there are more: of a log whose positions do not count its events */
  readonly more?: true;
  /** since the oldest of them was recorded; 0 where there is none */
  readonly seconds: number;
};

/**
 * `rebuilding`: a new one fills beside the one that is read. `asked`: it will be. `refused`: the new one was filled, and could not take events
 * that the old one took; it waits beside for a person. `outdated`: the program has a newer version of it, and none fills.
 */
export const tableStates = ['up-to-date', 'behind', 'asked', 'rebuilding', 'refused', 'outdated'] as const;
export type TableState = (typeof tableStates)[number];

/** A new table that fills beside the one that is read. */
export type FillingStatus = {
  readonly version: number;
  readonly position: Position;
  readonly behind: Behind;
  /** of the log, in whole per cent; 100 before the last step, which computes what is derived and puts it in the other's place */
  readonly percent: number;
  readonly parked: number;
};

export type TableStatus = {
  readonly name: string;
  /** is computed from it, and filled with it */
  readonly derived?: string;
  /** holds what a process has to do */
  readonly process?: true;
  /** of the rows that are read */
  readonly version: number;
  readonly state: TableState;
  readonly position: Position;
  readonly behind: Behind;
  /** rows that wait for a person */
  readonly parked: number;
  /** of a process: rows whose time has come, also those that were done or given up and that no fact has removed yet */
  readonly due?: number;
  readonly filling?: FillingStatus;
  readonly asked?: RebuildRequest;
};

/** Somebody who is told of events: a webhook, or a subscription of the host. */
export type TargetStatus = WebhookView & { readonly behind?: Behind };

export type SignedStatus = Partial<SigningState> & { readonly alarm?: { readonly fault: SignedLogFault; readonly at: Instant } };

/** A reporting table, and why rows of its source are not in it. */
export type ReportingStatus = ReportingFreshness & { readonly errors: readonly string[] };

/** What runs, how far it is, and what waits for a person. Every process of several says the same, but for `process`. */
export type ServiceStatusView = {
  readonly at: Instant;
  readonly end: Position;
  readonly tables: readonly TableStatus[];
  readonly parked: readonly ParkedGroup[];
  readonly effects: readonly WaitingEffects[];
  /** letters with a code for opening a ticket that have not left */
  readonly unsentOpenings: number;
  readonly targets: readonly TargetStatus[];
  /** left out where one process does everything */
  readonly leases?: readonly HeldLease[];
  /** left out where the log is not signed */
  readonly signed?: SignedStatus;
  /** left out where none are filled */
  readonly reporting?: readonly ReportingStatus[];
  /** what this process alone knows */
  readonly process: { readonly name: string; readonly failing: readonly Failing[] };
};

/** What is another whenever it is asked for, and nothing new. */
const passing = ['at', 'until', 'filledAt'];
const seconds = ['seconds', 'behindSeconds'];
/** Of something that stands still it is told again after so many seconds by how much it is behind. */
const secondsShown = 5;

/** What was recorded a moment ago is on its way. */
const behindAfterSeconds = 2;

/** Another text whenever a person would see something else. */
export const fingerprintOf = (view: ServiceStatusView): string => {
  const shown = JSON.stringify(view, (name, value: unknown) =>
    passing.includes(name) ? undefined : seconds.includes(name) ? Math.floor(Number(value) / secondsShown) : value,
  );
  return createHash('sha256').update(shown).digest('hex').slice(0, 16);
};

/** Of a log whose positions do not count its events, so many are counted at most. */
const mostCounted = 1000;

/** What is behind a place of the log; each place is looked at once. */
const behindIn = ({ store, codec }: Pick<OpenedPorts['ports'], 'store' | 'codec'>, end: Position, at: Instant) => {
  const known = new Map<Position, Promise<Behind>>();
  const look = async (position: Position): Promise<Behind> => {
    let [oldest, counted]: [Instant | undefined, number] = [undefined, 0];
    const counts = countsEvents(store);
    for await (const recorded of store.readAll({ ...(position !== '' && { after: position }), limit: counts ? 1 : mostCounted })) {
      oldest ??= codec.decode(recorded).recordedAt;
      counted += 1;
    }
    const events = counts ? Math.max(0, numberOf(end) - numberOf(position)) : counted;
    const seconds = oldest === undefined ? 0 : Math.max(0, Math.round((Date.parse(at) - Date.parse(oldest)) / 1000));
    return { events, seconds, ...(!counts && counted === mostCounted && { more: true as const }) };
  };
  return (position: Position): Promise<Behind> => {
    if (position >= end) return Promise.resolve({ events: 0, seconds: 0 });
    // an event that cannot be read is told by the alarm and by the journal; how many there are can be said all the same
    const unread = { events: Math.max(0, numberOf(end) - numberOf(position)), seconds: 0 };
    const looked = known.get(position) ?? unlessThrown(EventLogCorrupt, unread, () => look(position));
    known.set(position, looked);
    return looked;
  };
};

const percentOf = (store: EventStore, position: Position, end: Position, { events }: Behind): number => {
  if (position >= end || end === '') return 100;
  const whole = numberOf(end);
  const done = countsEvents(store) ? whole - events : numberOf(position);
  return Math.min(99, Math.max(0, Math.floor((100 * done) / whole)));
};

/** Rows that wait, of the table that is read and of its derived one. */
const parkedOf = (parked: readonly ParkedKey[], { name, derived }: Projection, filling: boolean): number =>
  parked.filter((item) => item.filling === filling && (item.projection === name || item.projection === derived?.name)).length;

const stateOf = (
  table: Projection,
  {
    live,
    filling,
    unfinished,
    asked,
    behind,
  }: {
    readonly live: Build | undefined;
    readonly filling: Build | undefined;
    readonly unfinished: UnfinishedBuild | undefined;
    readonly asked: RebuildRequest | undefined;
    readonly behind: Behind;
  },
): TableState => {
  const isAsked = asked !== undefined && asked.outcome === undefined;
  if (filling !== undefined && (isAsked || unfinished?.build !== filling.build)) return 'rebuilding';
  if (isAsked) return 'asked';
  if (filling !== undefined && unfinished?.because === 'parks-more') return 'refused';
  if (live !== undefined && !isFillingOf(live, table)) return 'outdated';
  return behind.events === 0 || behind.seconds < behindAfterSeconds ? 'up-to-date' : 'behind';
};

/** Rows that reporting tables could not be filled from; none where the tables are not there: they can be made again. */
export const parkedReporting = async ({ reporting }: Pick<OpenedPorts, 'reporting'>): Promise<readonly ParkedReportingRow[]> =>
  reporting === undefined ? [] : unlessThrown(ReportingUnavailable, [], () => reporting.parked());

/** The state of everything that follows the log, for whoever runs the service; and what they may have done about it. */
@Injectable()
export class ServiceStatus {
  constructor(
    @Inject(openedToken)
    private readonly opened: Pick<
      OpenedPorts,
      'ports' | 'rows' | 'projections' | 'processes' | 'eventTargets' | 'leases' | 'sealing' | 'storage' | 'reporting'
    >,
  ) {}

  /** The look that has not begun yet, for whoever asks meanwhile: one at a time, and nobody is told what was before they asked. */
  #next: Promise<ServiceStatusView> | undefined;
  #underWay: Promise<unknown> = Promise.resolve();

  look(): Promise<ServiceStatusView> {
    this.#next ??= this.#underWay.then(() => {
      this.#next = undefined;
      const look = this.#look();
      this.#underWay = look.catch(() => undefined);
      return look;
    });
    return this.#next;
  }

  async #look(): Promise<ServiceStatusView> {
    const { ports, eventTargets, leases, storage } = this.opened;
    const { store, operations, readModels } = ports;
    const at = ports.clock.now();
    const end = await store.end();
    const behindOf = behindIn(ports, end, at);
    const parked = await readModels.parked();
    const targets: TargetStatus[] = [];
    for (const target of await webhookList(ports, eventTargets)) {
      targets.push({ ...target, ...(target.position !== undefined && { behind: await behindOf(target.position) }) });
    }
    const tables = await this.#tables(parked, end, behindOf, at);
    return {
      at,
      end,
      tables,
      parked: parkedGroups(parked),
      effects: waitingEffects(await wantedAttempts(readModels, await operations.attempts.unfinished(), at)),
      unsentOpenings: (await operations.openings.unsent()).length,
      targets,
      ...(leases !== undefined && { leases: await leases() }),
      ...defined({ signed: await this.#signed() }),
      ...defined({ reporting: await this.#reporting() }),
      process: { name: processName(), failing: storage?.failing() ?? [] },
    };
  }

  /** Another text as soon as a table has read on, or something is parked: one question to the tables and one to the log. */
  async glance(): Promise<string> {
    const { ports, rows } = this.opened;
    const builds = (await rows.builds()).map(({ build, state, checkpoint, parked }) => [build, state, checkpoint, parked]);
    return JSON.stringify([await ports.store.end(), builds]);
  }

  /** Has the table of this name filled anew, in whichever process fills tables. A derived one is filled with its source. */
  async rebuildFor(asker: Asker, name: string): Promise<'asked' | 'already' | 'not-found' | Refusal> {
    const [table] = tablesNamed(this.opened, name);
    if (table !== undefined) return askForRebuild(this.opened.ports, asker, table.name);
    return 'not-found';
  }

  /**
   * Has the rows of the source of which this reporting table could not be filled asked again; how many they are.
   * @param named as it is declared, or as whoever reads it calls it: `tickets`, `v2_tickets`
   */
  retryReportingFor(asker: Asker, named: string): Promise<number | 'not-found' | Refusal> {
    const ask = async () => {
      const found = this.#reportingOf(named);
      return found === undefined ? 'not-found' : found.reporting.askAgain(found.table);
    };
    return actedFor(this.opened.ports, asker, 'row.tried-again', ask, (rows) => (rows === 'not-found' ? 0 : rows));
  }

  /**
   * Has this reporting table filled anew, in place, by whichever process fills them.
   * @param named as above
   */
  fillReportingFor(asker: Asker, named: string): Promise<'asked' | 'not-found' | Refusal> {
    const fill = async () => {
      const found = this.#reportingOf(named);
      await found?.reporting.fillAnew(found.table);
      return found === undefined ? 'not-found' : 'asked';
    };
    return actedFor(this.opened.ports, asker, 'table.rebuilt', fill, (outcome) => (outcome === 'asked' ? 1 : 0));
  }

  /** Where such a table is kept, and how it is declared. */
  #reportingOf(named: string): { readonly reporting: ReportingStore; readonly table: string } | undefined {
    const { reporting, ports } = this.opened;
    const table = reportingTablesUnder(ports.policies).find(({ name }) => name === named || shownAs(name) === named);
    return reporting === undefined || table === undefined ? undefined : { reporting, table: table.name };
  }

  async #reporting(): Promise<readonly ReportingStatus[] | undefined> {
    const { reporting } = this.opened;
    if (reporting === undefined) return undefined;
    // what can be made again takes nothing else from whoever runs the service
    return unlessThrown(ReportingUnavailable, [], async () => {
      const parked = await parkedReporting(this.opened);
      return (await reporting.freshness()).map((table) => ({
        ...table,
        errors: [...new Set(parked.filter((row) => row.table === table.table).map(({ error }) => error))],
      }));
    });
  }

  async #tables(
    parked: readonly ParkedKey[],
    end: Position,
    behindOf: (position: Position) => Promise<Behind>,
    at: Instant,
  ): Promise<readonly TableStatus[]> {
    const { rows, projections, processes } = this.opened;
    const builds = await rows.builds();
    const tables: TableStatus[] = [];
    for (const table of projections) tables.push(await this.#table(table, builds, parked, end, behindOf));
    for (const process of processes) {
      const status = await this.#table(process, builds, parked, end, behindOf);
      tables.push({ ...status, process: true, due: await this.#due(process, at) });
    }
    return tables;
  }

  async #table(
    table: Projection,
    builds: readonly Build[],
    parked: readonly ParkedKey[],
    end: Position,
    behindOf: (position: Position) => Promise<Behind>,
  ): Promise<TableStatus> {
    const { ports } = this.opened;
    const ours = builds.filter(({ projection }) => projection === table.name);
    const [live, other] = [ours.find(({ state }) => state === 'live'), ours.find(({ state }) => state === 'filling')];
    const position = live?.checkpoint ?? '';
    const behind = await behindOf(position);
    const asked = await rebuildRequestOf(ports, table.name);
    const unfinished = other && (await unfinishedBuildOf(ports, table.name));
    return {
      name: table.name,
      ...defined({ derived: table.derived?.name }),
      version: live?.version ?? table.version,
      state: stateOf(table, { live, filling: other, unfinished, asked, behind }),
      position,
      behind,
      parked: parkedOf(parked, table, false),
      ...defined({ filling: other && (await this.#filling(table, other, parked, end, behindOf)), asked }),
    };
  }

  async #filling(
    table: Projection,
    { version, checkpoint }: Build,
    parked: readonly ParkedKey[],
    end: Position,
    behindOf: (position: Position) => Promise<Behind>,
  ): Promise<FillingStatus> {
    const behind = await behindOf(checkpoint);
    const percent = percentOf(this.opened.ports.store, checkpoint, end, behind);
    return { version, position: checkpoint, behind, percent, parked: parkedOf(parked, table, true) };
  }

  /** What the runner looks at now; what it finds done or given up, it passes by. */
  #due(process: Process, at: Instant): Promise<number> {
    const now = momentAfter(at);
    return this.opened.ports.readModels.count(process.name, [{ column: 'dueAt', before: now }, ...(process.among?.(at) ?? [])]);
  }

  async #signed(): Promise<SignedStatus | undefined> {
    const { ports, sealing } = this.opened;
    if (sealing === undefined || ports.signedLog === undefined) return undefined;
    const { signedLog, store } = ports;
    // where the newest checkpoint is not ours, the alarm says so
    const state = await unlessThrown(LogNotAsSigned, {}, () => signingState(signedLog, store, sealing.checkpoints));
    return { ...state, ...defined({ alarm: sealing.alarm.standing() }) };
  }
}
