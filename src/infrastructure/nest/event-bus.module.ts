import { Inject, Module, type OnApplicationBootstrap } from '@nestjs/common';
import { CqrsModule, EventBus } from '@nestjs/cqrs';
import type { Ports } from '../../application/kernel/ports/ports';
import type { DomainEvent } from '../../domain/facts';
import { errorCode } from '@tichet-albastru/kernel/error-code';
import { Facts } from './facts';
import { portsToken } from './tokens';

/** On Nest's EventBus where a host asks for it (`eventBus: true`): this fact was written. */
export class FactRecorded {
  constructor(readonly event: DomainEvent) {}
}

/** Facts on Nest's EventBus, for what may be missed: nothing of ours listens there. */
@Module({ imports: [CqrsModule] })
export class EventBusModule implements OnApplicationBootstrap {
  constructor(
    private readonly facts: Facts,
    private readonly bus: EventBus<FactRecorded>,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  onApplicationBootstrap(): void {
    this.facts.facts$.subscribe((event) => void this.#publish(event));
  }

  /** A handler that throws is Nest's to tell; a publisher that a host put in place of Nest's own may throw, too. */
  async #publish(event: DomainEvent): Promise<void> {
    try {
      await this.bus.publish(new FactRecorded(event));
    } catch (error) {
      const kind = error instanceof Error ? error.name : 'unknown';
      this.ports.logger.error('background.failed', { name: 'event-bus', kind, code: errorCode(error) });
    }
  }
}
