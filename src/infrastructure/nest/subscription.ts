import type { DomainEvent } from '../../domain/facts';
import { tellTarget } from '../../application/operation/webhooks';
import type { Ports } from '../../application/kernel/ports/ports';
import type { LooksAt } from '../../application/kernel/ports/projection';
import type { Delivery, WebhookTarget } from '../../application/kernel/ports/webhooks';
import { errorCode } from '../runtime/error-code';
import { againAndAgain, type BackgroundTask } from './background-tasks';

/**
 * What a host does with facts, durably: each event that it looks at is handed over at least once, in the order of the log, by one process
 * of all. How far it got is kept. A throw has the same event handed over again, ever more seldom; after a day without success the
 * subscription is parked, and told in the log.
 */
export type Subscription = {
  /** for ever: how far it got is kept under it */
  readonly name: string;
  readonly looksAt: LooksAt;
  handle(event: DomainEvent, signal: AbortSignal): Promise<void>;
  /** from the first event of the log on; left out, from the moment when it is first there */
  readonly fromBeginning?: boolean;
};

const nameOf = (error: unknown): string => errorCode(error) ?? (error instanceof Error ? error.name : 'not-an-error');

export const subscriptionTask = (ports: Ports, subscription: Subscription): BackgroundTask => {
  const { name, looksAt, fromBeginning = false } = subscription;
  const target: WebhookTarget = {
    name: `subscription/${name}`,
    fromBeginning,
    wants: ({ category, fact }) => {
      const types = looksAt[category];
      return types === 'all' || types?.includes(fact.type) === true;
    },
  };
  const deliver = async (_: string, event: DomainEvent, signal: AbortSignal): Promise<Delivery> => {
    try {
      await subscription.handle(event, signal);
      return { kind: 'delivered' };
    } catch (error) {
      return { kind: 'failed', reason: nameOf(error) };
    }
  };
  const telling = { ...ports, webhooks: { targets: [target], deliver } };
  return { name: target.name, work: againAndAgain((signal) => tellTarget(telling, target, signal)) };
};
