import type { Instant } from '../../domain/kernel/fact';
import type { Refusal } from '../../domain/kernel/refusal';
import { plusSeconds } from '../../domain/time/civil-time';
import type { Asker } from '../kernel/access';
import type { EventStore, Position, Recorded } from '@tichet-albastru/event-log/ports/event-store';
import type { Identifiers } from '@tichet-albastru/event-log/ports/identifiers';
import type { Operations } from '../kernel/ports/operations';
import type { Ports } from '../kernel/ports/ports';
import type { Delivery, Webhooks, WebhookTarget } from '../kernel/ports/webhooks';
import { nextAttemptAt, type Waits } from '../kernel/processes/process';
import { actedFor } from './operator-acts';

/** Of a receiver that is away: its events wait in the log, and it is asked ever more seldom, every hour in the end. */
const waits: Waits = { seconds: [5, 30, 120, 600, 1800, 3600], jitterPercent: 20 };
/** After this long without success a person must look. */
const mostSeconds = 24 * 60 * 60;

/** When a delivery that failed for the n-th time is tried again; never before the receiver asks for it. */
const nextDeliveryAt = (identifiers: Identifiers, at: Instant, attempt: number, askedSeconds = 0): Instant => {
  const [next, asked] = [nextAttemptAt(identifiers, at, attempt, waits), plusSeconds(at, askedSeconds)];
  return asked > next ? asked : next;
};

/** Nothing was delivered for a day. */
const isGivenUp = (since: Instant, at: Instant): boolean => plusSeconds(since, mostSeconds) <= at;

/** Where an event stands, independent of the log's positions: a log that was moved to another store has others. */
type Place = { readonly stream: string; readonly revision: number; readonly id: string };

/** How far a target has been told, durable in the operations under its name. */
type WebhookStatus = {
  /** everything up to here is done with: delivered, or not wanted */
  readonly position: Position;
  /** the event at that position, once one was done with */
  readonly last?: Place;
  /** the event behind it could not be delivered yet */
  readonly failing?: { readonly since: Instant; readonly attempts: number; readonly nextAt: Instant; readonly reason: string };
  /** since when nothing is sent any more until an administrator enables it again */
  readonly disabledAt?: Instant;
};

/** Under which name it is kept how far a target was told. */
export const webhookRegister = (target: string): string => `webhook:${target}`;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;
const isPlace = (value: unknown): value is Place =>
  isObject(value) && typeof value['stream'] === 'string' && typeof value['revision'] === 'number' && typeof value['id'] === 'string';
const isFailing = (value: unknown): value is NonNullable<WebhookStatus['failing']> =>
  isObject(value) &&
  typeof value['since'] === 'string' &&
  typeof value['attempts'] === 'number' &&
  typeof value['nextAt'] === 'string' &&
  typeof value['reason'] === 'string';
const stillStands = (value: unknown): value is WebhookStatus =>
  isObject(value) &&
  typeof value['position'] === 'string' &&
  (value['last'] === undefined || isPlace(value['last'])) &&
  (value['failing'] === undefined || isFailing(value['failing'])) &&
  (value['disabledAt'] === undefined || typeof value['disabledAt'] === 'string');

/** What is kept is ours: another shape is a fault of the program, and guessing would lose events. */
class StatusUnreadable extends Error {
  override readonly name = 'StandingUnreadable';
}

/** `undefined` for a target that was never told anything. @throws StatusUnreadable */
const readStatus = async (
  { keyValues }: { readonly keyValues: Pick<Operations['keyValues'], 'get'> },
  target: string,
): Promise<WebhookStatus | undefined> => {
  const text = await keyValues.get(webhookRegister(target));
  if (text === undefined) return undefined;
  const value: unknown = JSON.parse(text);
  if (!stillStands(value)) throw new StatusUnreadable(`What is kept of the webhook ${target} cannot be read.`);
  return value;
};

const writeStatus = (operations: Pick<Operations, 'keyValues'>, target: string, standing: WebhookStatus): Promise<void> =>
  operations.keyValues.put(webhookRegister(target), JSON.stringify(standing));

/**
 * Where to go on in the log as it is now. After a move the last event is found by its stream; in a log that was restored from before it,
 * nothing is behind the end that could have been told.
 */
const positionIn = async (store: EventStore, { position, last }: WebhookStatus): Promise<Position> => {
  if (last !== undefined) {
    for await (const recorded of store.read(last.stream, last.revision)) {
      if (recorded.id === last.id) return recorded.position;
      break;
    }
  }
  const end = await store.end();
  return position < end ? position : end;
};

/** A target as an administrator sees it. Its address stays out: it may hold a secret of the receiver. */
export type WebhookView = {
  readonly name: string;
  /** `new`: nothing was sent yet; `failing`: will be tried again; `disabled`: waits for an administrator */
  readonly state: 'new' | 'active' | 'failing' | 'disabled';
  /** everything up to here is done with */
  readonly position?: string;
  readonly attempts?: number;
  readonly failingSince?: Instant;
  readonly nextAt?: Instant;
  readonly disabledAt?: Instant;
  readonly reason?: string;
};

type Kept = { readonly operations: Pick<Operations, 'keyValues'> };
type Read = { readonly operations: { readonly keyValues: Pick<Operations['keyValues'], 'get'> } };
type Known = readonly { readonly name: string }[];

const shown = async ({ operations }: Read, name: string): Promise<WebhookView> => {
  const standing = await readStatus(operations, name);
  if (standing === undefined) return { name, state: 'new' };
  const { position, failing, disabledAt } = standing;
  const trouble = failing && { attempts: failing.attempts, failingSince: failing.since, reason: failing.reason };
  if (disabledAt !== undefined) return { name, state: 'disabled', position, ...trouble, disabledAt };
  return failing === undefined
    ? { name, state: 'active', position }
    : { name, state: 'failing', position, ...trouble, nextAt: failing.nextAt };
};

export const webhookList = (kept: Read, targets: Known): Promise<readonly WebhookView[]> =>
  Promise.all(targets.map(({ name }) => shown(kept, name)));

/** From where it stopped; also for one that waits for its next attempt, which is then made at once. Nothing was lost meanwhile. */
export const enableWebhook = async (kept: Kept, targets: Known, name: string): Promise<'enabled' | 'not-waiting' | 'not-found'> => {
  if (!targets.some((target) => target.name === name)) return 'not-found';
  const standing = await readStatus(kept.operations, name);
  if (standing?.failing === undefined && standing?.disabledAt === undefined) return 'not-waiting';
  const { failing: _failing, disabledAt: _disabledAt, ...rest } = standing;
  await writeStatus(kept.operations, name, rest);
  return 'enabled';
};

/** The same for a caller who needs the right to do it. */
export const enableWebhookFor = (
  asker: Asker,
  kept: Kept & Pick<Ports, 'logger'>,
  targets: Known,
  name: string,
): Promise<Awaited<ReturnType<typeof enableWebhook>> | Refusal> =>
  actedFor(
    kept,
    asker,
    'webhook.enabled',
    () => enableWebhook(kept, targets, name),
    (outcome) => (outcome === 'enabled' ? 1 : 0),
  );

type Telling = Pick<Ports, 'store' | 'codec' | 'operations' | 'clock' | 'identifiers' | 'logger'> & { readonly webhooks: Webhooks };

/** So many unwanted events may pass before how far we are is written down; they would only be read again. */
const unwrittenAtMost = 500;

const begun = async ({ store, operations }: Telling, target: WebhookTarget): Promise<WebhookStatus> => {
  const standing: WebhookStatus = { position: target.fromBeginning ? '' : await store.end() };
  await writeStatus(operations, target.name, standing);
  return standing;
};

const afterFailure = (
  { identifiers, clock, logger }: Telling,
  { name }: WebhookTarget,
  standing: WebhookStatus,
  delivery: Exclude<Delivery, { readonly kind: 'delivered' }>,
): WebhookStatus => {
  const at = clock.now();
  const { reason } = delivery;
  const attempts = (standing.failing?.attempts ?? 0) + 1;
  const since = standing.failing?.since ?? at;
  const waitSeconds = delivery.kind === 'failed' ? delivery.waitSeconds : undefined;
  const failing = { since, attempts, nextAt: nextDeliveryAt(identifiers, at, attempts, waitSeconds), reason };
  if (delivery.kind === 'unwanted' || isGivenUp(since, at)) {
    logger.error('webhook.disabled', { target: name, attempts, reason });
    return { ...standing, failing, disabledAt: at };
  }
  logger.warn('webhook.failed', { target: name, attempts, reason });
  return { ...standing, failing };
};

/** Tells the target of one event after the other, from where it stands until one cannot be delivered. */
const tellFrom = async (ports: Telling, target: WebhookTarget, from: WebhookStatus, signal: AbortSignal): Promise<void> => {
  const { store, codec, operations, webhooks } = ports;
  let standing = from;
  let unwritten = 0;
  const write = async (next: WebhookStatus): Promise<void> => {
    standing = next;
    unwritten = 0;
    await writeStatus(operations, target.name, next);
  };
  const passed = ({ position, stream, revision, id }: Recorded): WebhookStatus => ({ position, last: { stream, revision, id } });

  for await (const item of store.subscribe({ after: standing.position, signal })) {
    if ('kind' in item) continue;
    const event = codec.decode(item);
    if (!target.wants(event)) {
      // a failing event is the next wanted one: what is passed over before it does not end its troubles
      standing = { ...standing, ...passed(item) };
      unwritten += 1;
      if (unwritten >= unwrittenAtMost) await write(standing);
      continue;
    }
    const delivery = await webhooks.deliver(target.name, event, signal);
    if (delivery.kind === 'delivered') {
      await write(passed(item));
      continue;
    }
    if (!signal.aborted) await write(afterFailure(ports, target, standing, delivery));
    return;
  }
};

/**
 * Tells one target of everything that it wants, in the order of the log, one event at a time: the next one waits until this one was
 * taken. How far it got is written down after the receiver's yes, so a crash in between repeats the event, with the same id.
 * Comes back when an event could not be delivered, at once when the target waits, and when `signal` aborts.
 */
export const tellTarget = async (ports: Telling, target: WebhookTarget, signal: AbortSignal): Promise<void> => {
  const standing = (await readStatus(ports.operations, target.name)) ?? (await begun(ports, target));
  if (standing.disabledAt !== undefined || (standing.failing?.nextAt ?? '') > ports.clock.now()) return;
  await tellFrom(ports, target, { ...standing, position: await positionIn(ports.store, standing) }, signal);
};
