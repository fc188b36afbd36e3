import type { Recorded } from '../kernel/ports/event-store';
import type { Ports } from '../kernel/ports/ports';
import type { Delivery, WebhookTarget, Webhooks } from '../kernel/ports/webhooks';
import { isGivenUp, nextDeliveryAt } from './webhook-back-off';
import { positionIn, readStanding, type WebhookStanding, writeStanding } from './webhook-standing';

type Telling = Pick<Ports, 'store' | 'codec' | 'operations' | 'clock' | 'identifiers' | 'journal'> & { readonly webhooks: Webhooks };

/** So many unwanted events may pass before how far we are is written down; they would only be read again. */
const unwrittenAtMost = 500;

const begun = async ({ store, operations }: Telling, target: WebhookTarget): Promise<WebhookStanding> => {
  const standing: WebhookStanding = { position: target.fromBeginning ? '' : await store.end() };
  await writeStanding(operations, target.name, standing);
  return standing;
};

const afterFailure = (
  { identifiers, clock, journal }: Telling,
  { name }: WebhookTarget,
  standing: WebhookStanding,
  delivery: Exclude<Delivery, { readonly kind: 'delivered' }>,
): WebhookStanding => {
  const at = clock.now();
  const { reason } = delivery;
  const attempts = (standing.failing?.attempts ?? 0) + 1;
  const since = standing.failing?.since ?? at;
  const waitSeconds = delivery.kind === 'failed' ? delivery.waitSeconds : undefined;
  const failing = { since, attempts, nextAt: nextDeliveryAt(identifiers, at, attempts, waitSeconds), reason };
  if (delivery.kind === 'unwanted' || isGivenUp(since, at)) {
    journal.error('webhook.disabled', { target: name, attempts, reason });
    return { ...standing, failing, disabledAt: at };
  }
  journal.warn('webhook.failed', { target: name, attempts, reason });
  return { ...standing, failing };
};

/** Tells the target of one event after the other, from where it stands until one cannot be delivered. */
const tellFrom = async (ports: Telling, target: WebhookTarget, from: WebhookStanding, signal: AbortSignal): Promise<void> => {
  const { store, codec, operations, webhooks } = ports;
  let standing = from;
  let unwritten = 0;
  const write = async (next: WebhookStanding): Promise<void> => {
    standing = next;
    unwritten = 0;
    await writeStanding(operations, target.name, next);
  };
  const passed = ({ position, stream, revision, id }: Recorded): WebhookStanding => ({ position, last: { stream, revision, id } });

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
  const standing = (await readStanding(ports.operations, target.name)) ?? (await begun(ports, target));
  if (standing.disabledAt !== undefined || (standing.failing?.nextAt ?? '') > ports.clock.now()) return;
  await tellFrom(ports, target, { ...standing, position: await positionIn(ports.store, standing) }, signal);
};
