import { Inject, Injectable } from '@nestjs/common';
import type { Ports } from '../../../application/kernel/ports/ports';
import { portsToken } from '../../nest/tokens';
import { HttpProblem } from '../problem/problem';

const minute = 60_000;

/**
 * How often the holder of a token may ask (`request-rate`): a sliding minute, weighed from this minute's count and the last one's.
 * In memory, for it protects this process only; a holder who asked nothing for two minutes is forgotten.
 */
@Injectable()
export class RequestRate {
  #window = 0;
  #now = new Map<string, number>();
  #before = new Map<string, number>();

  constructor(@Inject(portsToken) private readonly ports: Ports) {}

  /** Counts one request of this holder. @throws HttpProblem `too-many-requests` */
  count(holder: string): void {
    const bound = this.ports.policies['request-rate'].value;
    if (bound === null) return;
    const at = Date.parse(this.ports.clock.now());
    this.#turnTo(Math.floor(at / minute));
    const left = minute - (at % minute);
    const asked = (this.#now.get(holder) ?? 0) + ((this.#before.get(holder) ?? 0) * left) / minute;
    if (asked >= bound.perMinute) {
      throw new HttpProblem({ code: 'too-many-requests', retryAfterSeconds: Math.ceil(left / 1000) });
    }
    this.#now.set(holder, (this.#now.get(holder) ?? 0) + 1);
  }

  #turnTo(window: number): void {
    if (window === this.#window) return;
    this.#before = window === this.#window + 1 ? this.#now : new Map<string, number>();
    this.#now = new Map<string, number>();
    this.#window = window;
  }
}
