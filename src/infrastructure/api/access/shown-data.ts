import type { FastifyRequest } from 'fastify';
import type { Principal } from '../../../application/kernel/access';
import type { Action } from '../../../application/kernel/rights';

/** Of whom a reading is told: of officials as such it is not, but of who of them looked it is. */
const isTold = (stream: string): boolean => /^(?:ticket|request|reading)-/.test(stream);

/** Where the personal data stand that are opened for one answer. What an answer shows is known before its first byte is given. */
export class ShownData {
  readonly streams = new Set<string>();
  #begun = false;

  /** Another answer is made instead: nothing of the first was given. */
  clear(): void {
    this.streams.clear();
    this.#begun = false;
  }

  /** The answer is on its way. */
  begin(): void {
    this.#begun = true;
  }

  /** @throws where the answer has begun: that this was shown could no longer be noted */
  add(stream: string): void {
    if (this.#begun && isTold(stream) && !this.streams.has(stream))
      throw new Error('Personal data would be shown unnoticed: the answer has begun.');
    this.streams.add(stream);
  }
}

const shown = new WeakMap<FastifyRequest, ShownData>();
const admitted = new WeakMap<FastifyRequest, { readonly principal: Principal; readonly action: Action }>();

/** What is opened for the answer to this request. */
export const shownTo = (request: FastifyRequest): ShownData => {
  const known = shown.get(request) ?? new ShownData();
  shown.set(request, known);
  return known;
};

export const rememberAdmitted = (request: FastifyRequest, principal: Principal, action: Action): void => {
  admitted.set(request, { principal, action });
};
/** Who was let in, and what for. */
export const admittedTo = (request: FastifyRequest) => admitted.get(request);
