import { commandOf, type Executed } from '../../../application/kernel/execute';
import type { ExecutePorts } from '../../../application/kernel/aggregates';
import type { Clock } from '@tichet-albastru/event-log/ports/clock';
import { type EventStore, unlessDamaged } from '@tichet-albastru/event-log/ports/event-store';
import type { Logger } from '@tichet-albastru/event-log/ports/logger';
import type { Operations } from '../../../application/kernel/ports/operations';
import type { Projection } from '../../../application/kernel/ports/projection';
import type { ProjectionStore } from '@tichet-albastru/event-log/ports/projection-store';
import { operationsOn, tickets } from '../../../application/kernel/streams';
import type { Category } from '../../../domain/facts';
import { noChange } from '../../../domain/kernel/decider';
import { isRefusal, type Refusal } from '../../../domain/kernel/refusal';
import { acceptLog, type GoneFact, ofTheLog } from '../../../domain/ops/ops';
import { ticketStream } from '../../../domain/ticket/facts';
import { isRequested } from '../../../domain/ticket/ticket';
import { raiseTask } from '../../../domain/ticket/tasks';
import { catchUp } from '@tichet-albastru/event-log/projector/projector';
import type { KeyStore } from '@tichet-albastru/event-log/keys/key-store';
import { acceptanceKey, alarmKey, type LogAlarm } from '../../proof/alarm/log-alarm';
import { acceptedLogs } from '../../proof/accepted-logs';
import { openSigning } from '../../proof/signing/signing';
import { createSigner } from '@tichet-albastru/signed-log';
import type { CarriedRows } from '../copy/carry-operations';
import { compareWithLog, whatOthersSay } from './compare-log';
import { findLoss, type Found } from './find-loss';
import { bringOperationsInLine } from './operations-in-line';
import { type Loss, type Plan, planOf, planText } from './plan.codec';
import type { SealInPlace } from './seal-aside';

/** Everything of an installation whose service is stopped. */
export type Stopped = ExecutePorts & {
  readonly dataFolder: string;
  readonly operations: Operations;
  readonly operationRows: { readonly read: Pick<CarriedRows, 'after'>; readonly write: Pick<CarriedRows, 'replace'> };
  readonly rows: ProjectionStore;
  readonly tables: readonly Projection[];
  readonly keys: KeyStore;
  readonly seal: SealInPlace;
  readonly alarm: LogAlarm;
  /** @throws InUse when a process of the service has been started meanwhile */
  readonly mustBeAlone: () => Promise<void>;
  readonly clock: Clock;
  readonly logger: Logger;
};

class NotWritten extends Error {
  override readonly name = 'NotWritten';
}

const mustBeDone = <C extends Category>(outcome: Executed<C> | Refusal): void => {
  if (isRefusal(outcome)) throw new NotWritten(`What the log must say was refused: ${outcome.code}.`);
};

const contextOf = ({ identifiers }: Stopped, { acceptance, by, at }: Plan, ...parts: readonly string[]) =>
  commandOf({ kind: 'command-line', person: by }, identifiers.derive(acceptance, ...parts), at);

const writeFacts = async (stopped: Stopped, plan: Plan): Promise<void> => {
  const { known, alarm, at, acceptance, reason, events, root, gone, behind } = plan;
  const parts = acceptLog({
    ...{ acceptance, reason, at, events, gone, alarm: alarm.reason, verifier: known.verifier ?? '' },
    ...(root !== undefined && { root }),
    ...(behind !== undefined && { behind }),
  });
  const aboutTheLog = await operationsOn(stopped, ofTheLog);
  for (const [place, part] of parts.entries())
    mustBeDone(await aboutTheLog.transact(contextOf(stopped, plan, 'part', String(place)), 'accept', () => part));
};

/** A stream that is gone whole is only in the list. An official whose ticket has lost a part finds it among their tasks. */
const askPeople = async (stopped: Stopped, plan: Plan): Promise<void> => {
  const ofTickets = ticketStream('');
  for (const stream of new Set(plan.gone.map((one) => one.stream))) {
    if (!stream.startsWith(ofTickets)) continue;
    const context = contextOf(stopped, plan, 'task', stream);
    const taskId = stopped.identifiers.derive('task', plan.acceptance, stream);
    const asked = tickets
      .of(stopped, stream.slice(ofTickets.length))
      .transact(context, 'raise facts-lost', (state) =>
        isRequested(state)
          ? raiseTask({ taskId, kind: 'facts-lost', staffId: state.booking.staffId, raisedAt: plan.at, subjectId: plan.acceptance }, state)
          : noChange(),
      );
    // nothing is written to a stream that is not whole: it is only in the list, too
    const written = await unlessDamaged(asked);
    if (written !== undefined) mustBeDone(written);
  }
};

const operationsInLine = async (stopped: Stopped, plan: Plan): Promise<void> => {
  const { store, operationRows, rows, seal } = stopped;
  const witnessed = await whatOthersSay(operationRows.read, rows);
  await compareWithLog(store, witnessed, { checkpoints: seal.checkpoints, sealed: 0 });
  await bringOperationsInLine(stopped, plan, witnessed);
};

/** Filled from nothing: a table that stands where the log does not lead would be read on from there. */
const fillTables = async (stopped: Stopped): Promise<void> => {
  const { rows, tables } = stopped;
  for (const build of await rows.builds()) await rows.dropBuild(build);
  await catchUp(stopped, tables);
};

/** The whole log under the new key, with the fact in it. */
const signAll = async ({ store, seal, clock }: Stopped, { known, at }: Plan): Promise<void> => {
  const key = await seal.setAside(known, at);
  const { checkpoints } = seal;
  const signing = await openSigning({ store, checkpoints, signer: createSigner(checkpoints, key), now: () => clock.now() });
  for await (const event of store.readAll(signing.position === '' ? {} : { after: signing.position })) signing.add(event);
  await signing.sign();
};

/** A process that was started while the tables were filled has read those from before: it would write beside them. */
const endAlarm = async ({ alarm, mustBeAlone }: Stopped, by: string, reason: string): Promise<void> => {
  await mustBeAlone();
  await alarm.clear(by, reason);
};

type Step = { readonly name: string; readonly run: (stopped: Stopped, plan: Plan) => Promise<void> };

/**
 * In this order, each durable before the next: first writing is stopped for every process, and what is to be done is known; last the alarm
 * ends. Each may be done again: ended anywhere, the command goes on when it is run again, and what is done already stays as it is.
 */
export const acceptanceSteps: readonly Step[] = [
  {
    name: 'alarm-raised',
    run: async ({ alarm, operations }, plan) => {
      await alarm.raise(plan.alarm);
      if ((await operations.keyValues.get(alarmKey)) === undefined) throw new NotWritten('The alarm could not be kept.');
    },
  },
  { name: 'plan-kept', run: ({ operations }, plan) => operations.keyValues.put(acceptanceKey, planText(plan)) },
  {
    name: 'seal-set-aside',
    run: async ({ seal }, { known, at }) => {
      await seal.setAside(known, at);
    },
  },
  { name: 'facts-written', run: writeFacts },
  { name: 'people-asked', run: askPeople },
  { name: 'operations-in-line', run: operationsInLine },
  // positions of the log that was say nothing of this one: the next start destroys again the keys of all who were erased
  { name: 'keys-in-line', run: ({ keys }) => keys.noteErasedUntil('') },
  { name: 'tables-filled', run: fillTables },
  { name: 'all-signed', run: signAll },
  { name: 'plan-done', run: ({ operations }) => operations.keyValues.remove(acceptanceKey) },
  { name: 'alarm-ended', run: (stopped, { by, reason }) => endAlarm(stopped, by, reason) },
];

const stands = async (store: Pick<EventStore, 'read'>, fact: GoneFact): Promise<boolean> =>
  (await unlessDamaged(isThere(store, fact))) === true;

const isThere = async (store: Pick<EventStore, 'read'>, { stream, revision, id, hash }: GoneFact): Promise<boolean> => {
  if (revision === undefined && id !== undefined) return false;
  for await (const event of store.read(stream, revision ?? 0, 1)) return id === undefined || (event.id === id && event.hash === hash);
  return false;
};

/** What was begun before, over the log as it is now: until the log says what is gone, something may have been put back. */
const begunPlan = async ({ store, operations }: Stopped): Promise<Plan | undefined> => {
  const begun = await operations.keyValues.get(acceptanceKey);
  const plan = begun === undefined ? undefined : planOf(begun);
  if (plan === undefined || (await acceptedLogs(store)).acceptances.some(({ acceptance }) => acceptance === plan.acceptance)) return plan;
  const gone: GoneFact[] = [];
  for (const fact of plan.gone) if (!(await stands(store, fact))) gone.push(fact);
  return { ...plan, gone };
};

export type AcceptOutcome =
  | { readonly kind: 'accepted'; readonly plan: Plan }
  | { readonly kind: 'would-accept'; readonly loss: Loss }
  /** nothing is gone; an alarm may stand all the same, for another reason */
  | { readonly kind: 'nothing-gone'; readonly alarm: boolean }
  | Extract<Found, { readonly kind: 'contradicts-itself' }>;

type Asked = {
  readonly reason: string;
  readonly dryRun: boolean;
  /** who asks, as the log names them; asked for only where something is written */
  readonly by: () => Promise<string>;
  readonly onProgress?: (done: number, total: number) => void;
  readonly onStep?: (name: string) => void;
  /** a test's other order */
  readonly steps?: readonly Step[];
};

/** Goes on with the log as it is. What was begun before is gone on with, for the reason that was given then. */
export const acceptLogAsItIs = async (
  stopped: Stopped,
  { reason, dryRun, by, onProgress, onStep = () => undefined, steps = acceptanceSteps }: Asked,
): Promise<AcceptOutcome> => {
  const { alarm, clock, identifiers, operationRows } = stopped;
  await alarm.look();
  let plan = await begunPlan(stopped);
  if (plan === undefined) {
    const standing = alarm.standing();
    const found = await findLoss({ ...stopped, operationRows: operationRows.read }, standing, onProgress);
    if (found.kind === 'contradicts-itself') return found;
    if (found.kind === 'whole') {
      const ended = standing && (await acceptedLogs(stopped.store)).acceptances.some(({ at }) => at >= standing.at);
      // ended between the last two steps
      if (ended === true && !dryRun) await endAlarm(stopped, await by(), reason);
      return { kind: 'nothing-gone', alarm: alarm.standing() !== undefined };
    }
    if (dryRun) return { kind: 'would-accept', loss: found.loss };
    plan = { ...found.loss, acceptance: identifiers.next(), at: clock.now(), by: await by(), reason };
  }
  if (dryRun) return { kind: 'would-accept', loss: plan };
  for (const { name, run } of steps) {
    await run(stopped, plan);
    onStep(name);
  }
  return { kind: 'accepted', plan };
};
