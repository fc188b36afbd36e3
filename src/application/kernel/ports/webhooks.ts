import type { DomainEvent } from '../../../domain/facts';

/** A system of another team that is told of what happens. */
export type WebhookTarget = {
  /** of the installation's own choosing: lower-case letters, digits and dashes */
  readonly name: string;
  /** told of everything since the log began; otherwise of what happens once the target is known */
  readonly fromBeginning: boolean;
  wants(event: Pick<DomainEvent, 'category' | 'fact'>): boolean;
};

/** How an attempt ended. */
export type Delivery =
  | { readonly kind: 'delivered' }
  | {
      readonly kind: 'failed';
      /** a status (`503`) or what happened to the connection (`ECONNREFUSED`): never what the receiver wrote */
      readonly reason: string;
      /** seconds that the receiver asked us to wait */
      readonly waitSeconds?: number;
    }
  /** the receiver says that it wants nothing more (410) */
  | { readonly kind: 'unwanted'; readonly reason: string };

/** Events on their way to the targets. Every attempt of an event carries the event's own id, by which a receiver knows it again. */
export type Webhooks = {
  readonly targets: readonly WebhookTarget[];
  /** One attempt, within ten seconds. Never throws for what a receiver does. */
  deliver(target: string, event: DomainEvent, signal: AbortSignal): Promise<Delivery>;
};
