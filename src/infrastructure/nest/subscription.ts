import { Inject, Injectable } from '@nestjs/common';
import { type DomainEvent, factShapes } from '../../domain/facts';
import { enableWebhook, tellTarget, webhookList, type WebhookView } from '../../application/operation/webhooks';
import type { Ports } from '../../application/kernel/ports/ports';
import type { LooksAt } from '../../application/kernel/ports/projection';
import type { Delivery, WebhookTarget } from '../../application/kernel/ports/webhooks';
import { inBoth, SaidError } from '../phrasing/sentences';
import { errorCode } from '@tichet-albastru/kernel/error-code';
import { againAndAgain, type BackgroundTask } from './background-tasks';
import { noFactIn } from './own-declarations';
import { optionsToken, portsToken } from './tokens';

/**
 * What a host does with facts, durably: each event that it looks at is handed over at least once, in the order of the log, by one process
 * of all. How far it got is kept. A throw has the same event handed over again, ever more seldom; after a day without success the
 * subscription is parked, and told in the log.
 */
export type Subscription = {
  /** for ever: how far it got is kept under it */
  readonly name: string;
  readonly looksAt: LooksAt;
  /**
   * @param signal aborts when this process stops telling: the application closes, or another process is to go on. Whoever then does not end
   *   in five seconds is left behind, and handed the same event at the next start
   */
  handle(event: DomainEvent, signal: AbortSignal): Promise<void>;
  /** from the first event of the log on; left out, from the moment when it is first there */
  readonly fromBeginning?: boolean;
};

/** A subscription that the host declares cannot be told of facts, or would take them from another. */
export class SubscriptionUnusable extends SaidError {
  override readonly name = 'SubscriptionUnusable';
}

/** As long as the address of the API takes it. */
const longestName = 100;
const subscriptionName = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
const isName = (name: unknown): name is string => typeof name === 'string' && subscriptionName.test(name) && name.length <= longestName;

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const isTypes = (types: unknown): boolean =>
  types === undefined || types === 'all' || (Array.isArray(types) && types.every((type) => typeof type === 'string'));
const isLooksAt = (looksAt: unknown): boolean =>
  isObject(looksAt) && Object.entries(looksAt).every(([category, types]) => Object.hasOwn(factShapes, category) && isTypes(types));
const isSubscription = (given: object): given is Subscription =>
  'handle' in given && typeof given.handle === 'function' && 'looksAt' in given && isLooksAt(given.looksAt);

/**
 * The host's subscriptions, each under a name of its own: two of one name would share how far they got, and one would miss facts for good.
 * What a host declares is looked at whatever its type says: it may be written in JavaScript.
 * @throws SubscriptionUnusable before anything is opened
 */
export const subscriptionsOf = ({ subscriptions: own = [] }: { readonly subscriptions?: unknown }): readonly Subscription[] => {
  const said = inBoth.unusable.subscription;
  const given: readonly unknown[] | undefined = Array.isArray(own) ? own : undefined;
  if (given === undefined) throw new SubscriptionUnusable(said.noList);
  const taken = new Set<string>();
  return given.map((subscription, place) => {
    if (!isObject(subscription)) throw new SubscriptionUnusable(said.none({ place: place + 1 }));
    const name: unknown = Reflect.get(subscription, 'name');
    if (!isName(name)) throw new SubscriptionUnusable(said.noName({ name: String(name).slice(0, longestName), longest: longestName }));
    if (taken.has(name)) throw new SubscriptionUnusable(said.taken({ name }));
    taken.add(name);
    if (!isSubscription(subscription))
      throw new SubscriptionUnusable(said.looksAt({ name, categories: Object.keys(factShapes).join(', ') }));
    const noFact = noFactIn(subscription.looksAt);
    if (noFact !== undefined) throw new SubscriptionUnusable(said.fact({ name, ...noFact }));
    return subscription;
  });
};

/** Under this name is kept how far it got. */
export const subscriptionTarget = ({ name }: Pick<Subscription, 'name'>): { readonly name: string } => ({ name: `subscription/${name}` });

const nameOf = (error: unknown): string => errorCode(error) ?? (error instanceof Error ? error.name : 'not-an-error');

/** So long a handler may take to end once it is told to, in milliseconds: less than a container is given to stop. */
const patienceMilliseconds = 5_000;

export const subscriptionTask = (ports: Ports, subscription: Subscription, patience = patienceMilliseconds): BackgroundTask => {
  const { looksAt, fromBeginning = false } = subscription;
  const target: WebhookTarget = {
    ...subscriptionTarget(subscription),
    fromBeginning,
    wants: ({ category, fact }) => {
      const types = looksAt[category];
      return types === 'all' || types?.includes(fact.type) === true;
    },
  };
  const handled = async (event: DomainEvent, signal: AbortSignal): Promise<Delivery> => {
    try {
      await subscription.handle(event, signal);
      return { kind: 'delivered' };
    } catch (error) {
      return { kind: 'failed', reason: nameOf(error) };
    }
  };
  /** Nobody waits for ever for the host's code: what it has not ended counts as not done. */
  const deliver = (_: string, event: DomainEvent, signal: AbortSignal): Promise<Delivery> =>
    new Promise((resolve) => {
      let timer: NodeJS.Timeout | undefined;
      const hurry = (): void => {
        timer = setTimeout(() => {
          ports.logger.warn('subscription.left-behind', { target: target.name, eventId: event.id });
          resolve({ kind: 'failed', reason: 'left-behind' });
        }, patience);
      };
      if (signal.aborted) hurry();
      else signal.addEventListener('abort', hurry, { once: true });
      void handled(event, signal).then((delivery) => {
        clearTimeout(timer);
        signal.removeEventListener('abort', hurry);
        resolve(delivery);
      });
    });
  const telling = { ...ports, webhooks: { targets: [target], deliver } };
  return { name: target.name, work: againAndAgain((signal) => tellTarget(telling, target, signal)) };
};

/** How far each subscription of this host is, and how one that was parked goes on. */
@Injectable()
export class Subscriptions {
  constructor(
    @Inject(portsToken) private readonly ports: Ports,
    @Inject(optionsToken) private readonly options: { readonly subscriptions?: readonly Subscription[] },
  ) {}

  async list(): Promise<readonly WebhookView[]> {
    const { subscriptions = [] } = this.options;
    const shown = await webhookList(this.ports, this.#targets());
    return shown.map((each, place) => ({ ...each, name: subscriptions[place]?.name ?? each.name }));
  }

  /** From the event on at which it stopped, within a second; also one that waits for its next attempt. Any process may ask for it. */
  enable(name: string): Promise<'enabled' | 'not-waiting' | 'not-found'> {
    return enableWebhook(this.ports, this.#targets(), subscriptionTarget({ name }).name);
  }

  #targets(): readonly { readonly name: string }[] {
    return (this.options.subscriptions ?? []).map(subscriptionTarget);
  }
}
