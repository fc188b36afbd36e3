import { accept, nothing, type Decision } from '../kernel/decider';
import type { Instant } from '../kernel/instant';
import type { ClearText } from '../kernel/personal-text';
import { refuse, type Refusal } from '../kernel/refusal';
import type { ResolutionHandedOver } from './facts';
import { isHeld, isRequested, type HeldTicket, type TicketState } from './state';

export type HandOverResolution = {
  readonly channel: 'post' | 'pickup';
  readonly handedOverAt: Instant;
  /** a receipt number, a signature; key `record` */
  readonly proof: ClearText;
  readonly at: Instant;
};

const checkTimes = ({ handedOverAt, at }: HandOverResolution, { held, resolution }: HeldTicket): Refusal | undefined => {
  if (handedOverAt > at) return refuse('invalid', { field: 'at', reason: 'in-the-future' });
  if (handedOverAt < held.endedAt) return refuse('invalid', { article: '7', field: 'at', reason: 'before-the-end' });
  const issuedAt = resolution.issued?.issuedAt;
  return issuedAt !== undefined && handedOverAt < issuedAt
    ? refuse('invalid', { article: '7', field: 'at', reason: 'before-it-was-issued' })
    : undefined;
};

/**
 * Art. 7 (A11). By post or over the counter, where no e-mail was given or it came back. The same hand-over again changes nothing.
 * Refuses `wrong-state` before the end of the meeting (A18) or without a resolution, `invalid` without proof.
 */
export const handOverResolution = (command: HandOverResolution, state: TicketState): Decision<ResolutionHandedOver> => {
  if (!isRequested(state)) return refuse('not-found');
  const { channel, handedOverAt, proof } = command;
  if (!isHeld(state)) return refuse('wrong-state', { article: '7', reason: 'not-held' });
  if (state.resolution.issued === undefined) return refuse('wrong-state', { article: '7', reason: 'not-issued' });
  if (proof.clear.trim() === '') return refuse('invalid', { article: '7', field: 'proof', reason: 'required' });
  if (state.resolution.handedOver.some((done) => done.channel === channel && done.handedOverAt === handedOverAt)) return nothing();
  const refusal = checkTimes(command, state);
  if (refusal !== undefined) return refusal;
  return accept({ type: 'ResolutionHandedOver', data: { channel, handedOverAt, proof } });
};
