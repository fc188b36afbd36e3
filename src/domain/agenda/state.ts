import type { Aggregate } from '../kernel/decider';
import { unreachable } from '../kernel/decider';
import { defined } from '../kernel/defined';
import type { Instant } from '../kernel/instant';
import { overlaps, type Slot } from '../time/slot';
import type { AgendaFact, BlockCause, Move } from './facts';

/**
 * What became of a hold. An id that was ever released or overwritten never holds again,
 * so a step that runs late, or twice, finds its door closed.
 */
export type HoldStanding = 'held' | 'confirmed' | 'released' | 'overwritten';

export type Hold = {
  readonly holdId: string;
  readonly ticketId: string;
  readonly slot: Slot;
  readonly standing: HoldStanding;
  /** while `held`: until when */
  readonly until: Instant;
  /** once `released`: from when the slot may be offered again (A30) */
  readonly freeFrom?: Instant;
  readonly from?: string;
  readonly move?: Move;
};

export type Block = { readonly from: Instant; readonly to: Instant; readonly cause: BlockCause; readonly lifted: boolean };

/** One person's day. */
export type AgendaState = {
  readonly holds: Readonly<Record<string, Hold>>;
  readonly blocks: Readonly<Record<string, Block>>;
};

const evolve = (state: AgendaState, fact: AgendaFact): AgendaState => {
  switch (fact.type) {
    case 'SlotHeld': {
      const { holdId, ticketId, slot, until, from, move } = fact.data;
      const hold: Hold = {
        holdId,
        ticketId,
        slot,
        standing: 'held',
        until,
        ...defined({ from, move }),
      };
      return { ...state, holds: { ...overwritten(state, hold), [holdId]: hold } };
    }
    case 'SlotConfirmed':
      return withStanding(state, fact.data.holdId, (hold) => ({ ...hold, standing: 'confirmed' }));
    case 'SlotReleased': {
      const { holdId, ticketId, slot, releasedAt, freeFrom } = fact.data;
      const hold = state.holds[holdId] ?? { holdId, ticketId, slot, standing: 'held', until: releasedAt };
      return { ...state, holds: { ...state.holds, [holdId]: { ...hold, standing: 'released', freeFrom } } };
    }
    case 'TimeBlocked': {
      const { blockId, from, to, cause } = fact.data;
      return { ...state, blocks: { ...state.blocks, [blockId]: { from, to, cause, lifted: false } } };
    }
    case 'TimeUnblocked': {
      const block = state.blocks[fact.data.blockId] ?? { from: '', to: '', cause: 'absence', lifted: true };
      return { ...state, blocks: { ...state.blocks, [fact.data.blockId]: { ...block, lifted: true } } };
    }
    default:
      return unreachable(state, fact);
  }
};

const withStanding = (state: AgendaState, holdId: string, change: (hold: Hold) => Hold): AgendaState => {
  const hold = state.holds[holdId];
  return hold ? { ...state, holds: { ...state.holds, [holdId]: change(hold) } } : state;
};

/** Whoever held, unconfirmed, a place that another now holds has lost it for ever. */
const overwritten = ({ holds }: AgendaState, newcomer: Hold): AgendaState['holds'] =>
  Object.fromEntries(
    Object.entries(holds).map(([holdId, hold]) => [
      holdId,
      holdId !== newcomer.holdId && hold.standing === 'held' && overlaps(hold.slot, newcomer.slot)
        ? { ...hold, standing: 'overwritten' }
        : hold,
    ]),
  );

export const agenda: Aggregate<AgendaState, AgendaFact> & { readonly category: 'agenda' } = {
  category: 'agenda',
  initial: { holds: {}, blocks: {} },
  evolve,
};

/** Does this hold keep others out at this instant? Judged lazily: a wrong clock costs fairness, never safety. */
export const keepsOthersOut = (hold: Hold, at: Instant): boolean => {
  switch (hold.standing) {
    case 'confirmed':
      return true;
    case 'held':
      return hold.until > at;
    case 'released':
      return hold.freeFrom !== undefined && hold.freeFrom > at;
    case 'overwritten':
      return false;
  }
};

/** What cannot be offered at this instant: holds, confirmed meetings, slots not yet free again, blocked time. */
export const takenTimes = (state: AgendaState, at: Instant): readonly { readonly from: Instant; readonly to: Instant }[] => [
  ...Object.values(state.holds)
    .filter((hold) => keepsOthersOut(hold, at))
    .map(({ slot }) => ({ from: slot.startsAt, to: slot.endsAt })),
  ...liveBlocks(state).map(({ from, to }) => ({ from, to })),
];

export const liveBlocks = (state: AgendaState): readonly Block[] => Object.values(state.blocks).filter(({ lifted }) => !lifted);

export const isBlocked = (state: AgendaState, slot: Slot): boolean =>
  liveBlocks(state).some(({ from, to }) => from < slot.endsAt && slot.startsAt < to);
