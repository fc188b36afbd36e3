import { Webhook } from 'standardwebhooks';
import type { DomainEvent } from '../../../domain/facts';
import type { Clock } from '@tichet-albastru/event-log/ports/clock';
import type { Delivery, Webhooks } from '../../../application/kernel/ports/webhooks';
import { defined } from '@tichet-albastru/kernel/defined';
import { createHttpClient, type HttpClient, type HttpAnswer, type HttpLimits, type HttpWatch } from '../http-client/http-client';
import { unlessUnreachable } from '../http-client/unreachable';
import { agentFor, type Resolve } from '../http-client/pinned-agent';
import { retryAfterSeconds } from '../http-client/retry-after';
import { cloudEventOf, isMeant, outgoingNameOf } from './outgoing-events';
import type { WebhookSettings } from './webhook-settings';

const usualLimits: HttpLimits = { connect: 3_000, headers: 10_000, body: 10_000, whole: 10_000 };
/** Of a receiver's answer, only the status is read. */
const mostBytes = 64 * 1024;

export type WebhookOptions = {
  /** `source` of every CloudEvent */
  readonly source: string;
  readonly clock: Clock;
  readonly watch?: HttpWatch;
  readonly limits?: HttpLimits;
  readonly resolve?: Resolve;
};

const deliveryOf = ({ status, headers }: HttpAnswer, now: string): Delivery => {
  if (status >= 200 && status < 300) return { kind: 'delivered' };
  if (status === 410) return { kind: 'unwanted', reason: '410' };
  const waitSeconds = retryAfterSeconds(headers, now);
  return { kind: 'failed', reason: String(status), ...defined({ waitSeconds }) };
};

type Door = { readonly settings: WebhookSettings; readonly peer: HttpClient; readonly path: string };

const doorOf = (settings: WebhookSettings, { watch, limits = usualLimits, resolve }: WebhookOptions): Door => {
  const { origin, pathname, search } = new URL(settings.url);
  const agent = agentFor(settings.private, limits.connect, resolve);
  const peer = createHttpClient(`webhook-${settings.name}`, origin, { limits, mostBytes, agent, ...defined({ watch }) });
  return { settings, peer, path: pathname + search };
};

const headersOf = ({ secrets }: WebhookSettings, id: string, at: Date, body: string): Readonly<Record<string, string>> => ({
  'content-type': 'application/cloudevents+json; charset=utf-8',
  'user-agent': 'tichet-albastru',
  'webhook-id': id,
  'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
  'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(' '),
});

/** CloudEvents over HTTP, signed by Standard Webhooks. Redirects are not followed: a redirect is a failure. */
export const createWebhooks = (
  targets: readonly WebhookSettings[],
  options: WebhookOptions,
): Webhooks & { readonly close: () => Promise<void> } => {
  const doors = new Map(targets.map((settings) => [settings.name, doorOf(settings, options)]));
  const { source, clock } = options;

  const deliver = async (target: string, event: DomainEvent, signal: AbortSignal): Promise<Delivery> => {
    const door = doors.get(target);
    if (door === undefined) throw new TypeError(`There is no webhook ${target}.`);
    const { settings, peer, path } = door;
    const body = cloudEventOf(source, event);
    const headers = headersOf(settings, event.id, new Date(clock.now()), body);
    const asked = peer.ask({ operation: 'deliver', method: 'POST', path, headers, body, mayRepeat: false, signal });
    return unlessUnreachable<Delivery, Delivery>(
      asked.then((answer) => deliveryOf(answer, clock.now())),
      ({ code }) => ({ kind: 'failed', reason: code }),
    );
  };

  return {
    targets: targets.map(({ name, events, fromBeginning }) => ({
      name,
      fromBeginning,
      wants: (event) => isMeant(outgoingNameOf(event), events),
    })),
    deliver,
    close: async () => {
      for (const { peer } of doors.values()) await peer.close();
    },
  };
};
