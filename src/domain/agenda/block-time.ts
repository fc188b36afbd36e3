import { accept, nothing, type Decision } from '../kernel/decider';
import type { Instant } from '../kernel/instant';
import type { BlockCause, TimeBlocked, TimeUnblocked } from './facts';
import type { AgendaState } from './state';

/** Absences, bridge days, changed hours and departures close time. Meetings already there stay, and become tasks. */
export const blockTime = (
  command: { readonly blockId: string; readonly from: Instant; readonly to: Instant; readonly cause: BlockCause; readonly at: Instant },
  state: AgendaState,
): Decision<TimeBlocked> => {
  const { blockId, from, to, cause, at } = command;
  if (state.blocks[blockId]) return nothing();
  return accept({ type: 'TimeBlocked', data: { blockId, from, to, cause, blockedAt: at } });
};

/** Lifts one block, by its id. One that never arrived is lifted too, so that it cannot come late and stay. */
export const unblockTime = (
  { blockId, at }: { readonly blockId: string; readonly at: Instant },
  state: AgendaState,
): Decision<TimeUnblocked> =>
  state.blocks[blockId]?.lifted ? nothing() : accept({ type: 'TimeUnblocked', data: { blockId, unblockedAt: at } });
