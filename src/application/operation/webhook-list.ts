import type { Instant } from '../../domain/kernel/fact';
import type { Operations } from '../kernel/ports/operations';
import { readStanding, writeStanding } from './webhook-standing';

/** A target as an administrator sees it. Its address stays out: it may hold a secret of the receiver. */
export type WebhookShown = {
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

type Kept = { readonly operations: Pick<Operations, 'registers'> };
type Read = { readonly operations: { readonly registers: Pick<Operations['registers'], 'get'> } };
type Known = readonly { readonly name: string }[];

const shown = async ({ operations }: Read, name: string): Promise<WebhookShown> => {
  const standing = await readStanding(operations, name);
  if (standing === undefined) return { name, state: 'new' };
  const { position, failing, disabledAt } = standing;
  const trouble = failing && { attempts: failing.attempts, failingSince: failing.since, reason: failing.reason };
  if (disabledAt !== undefined) return { name, state: 'disabled', position, ...trouble, disabledAt };
  return failing === undefined
    ? { name, state: 'active', position }
    : { name, state: 'failing', position, ...trouble, nextAt: failing.nextAt };
};

export const webhookList = (kept: Read, targets: Known): Promise<readonly WebhookShown[]> =>
  Promise.all(targets.map(({ name }) => shown(kept, name)));

/** From where it stopped; also for one that waits for its next attempt, which is then made at once. Nothing was lost meanwhile. */
export const enableWebhook = async (kept: Kept, targets: Known, name: string): Promise<'enabled' | 'not-waiting' | 'not-found'> => {
  if (!targets.some((target) => target.name === name)) return 'not-found';
  const standing = await readStanding(kept.operations, name);
  if (standing?.failing === undefined && standing?.disabledAt === undefined) return 'not-waiting';
  const { failing: _failing, disabledAt: _disabledAt, ...rest } = standing;
  await writeStanding(kept.operations, name, rest);
  return 'enabled';
};
