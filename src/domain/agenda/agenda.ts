import { accept, type Aggregate, type Decision, noChange, unreachable } from '../kernel/decider';
import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant } from '../kernel/fact';
import { refuse } from '../kernel/refusal';
import type { Policies } from '../policies';
import { plusMinutes } from '../time/civil-time';
import { overlaps, type Slot } from '../time/slot';
import { type DayPlan, checkPlan } from './day-plan';
import type { AgendaFact, BlockCause, Move, SlotConfirmed, SlotHeld, SlotReleased, TimeBlocked, TimeUnblocked } from './facts';

/**
 * What became of a hold. An id that was ever released or overwritten never holds again,
 * so a step that runs late, or twice, finds its door closed.
 */
export type HoldStatus = 'held' | 'confirmed' | 'released' | 'overwritten';

export type Hold = {
  readonly holdId: string;
  readonly ticketId: string;
  readonly slot: Slot;
  readonly standing: HoldStatus;
  /** while `held`: until when */
  readonly until: Instant;
  /** once `released`: from when the slot may be offered again (A30) */
  readonly freeFrom?: Instant;
  readonly releasedAt?: Instant;
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
      return withStatus(state, fact.data.holdId, (hold) => ({ ...hold, standing: 'confirmed' }));
    case 'SlotReleased': {
      const { holdId, ticketId, slot, releasedAt, freeFrom } = fact.data;
      const hold = state.holds[holdId] ?? { holdId, ticketId, slot, standing: 'held', until: releasedAt };
      return { ...state, holds: { ...state.holds, [holdId]: { ...hold, standing: 'released', freeFrom, releasedAt } } };
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

const withStatus = (state: AgendaState, holdId: string, change: (hold: Hold) => Hold): AgendaState => {
  const hold = state.holds[holdId];
  return hold ? { ...state, holds: { ...state.holds, [holdId]: change(hold) } } : state;
};

/** An unconfirmed hold whose place another hold now has is lost for ever. */
const overwritten = ({ holds }: AgendaState, newcomer: Hold): AgendaState['holds'] =>
  Object.fromEntries(
    Object.entries(holds).map(([holdId, hold]) => [
      holdId,
      hold.standing === 'held' && overlaps(hold.slot, newcomer.slot) ? { ...hold, standing: 'overwritten' } : hold,
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
      // released later than now: the clock has gone back since, and it is not known how long the slot has waited
      return hold.freeFrom !== undefined && hold.freeFrom > at && (hold.releasedAt ?? at) <= at;
    case 'overwritten':
      return false;
  }
};

/** What lies between meetings of one person (policy `meeting-gap`), and the hold of the meeting that is to move away, which needs none. */
type Between = { readonly gapMinutes?: number; readonly moving?: string };

/** The time that a hold keeps free: its own, and of a meeting the minutes before and after. An hour that waits to be offered again is none. */
const aroundMeeting = ({ slot, standing }: Hold, gapMinutes: number): Slot =>
  standing === 'released' ? slot : { startsAt: plusMinutes(slot.startsAt, -gapMinutes), endsAt: plusMinutes(slot.endsAt, gapMinutes) };

/** What cannot be offered at this instant: holds, confirmed meetings, slots not yet free again, blocked time. */
export const takenTimes = (
  state: AgendaState,
  at: Instant,
  { gapMinutes = 0, moving }: Between = {},
): readonly { readonly from: Instant; readonly to: Instant }[] => [
  ...Object.values(state.holds)
    .filter((hold) => keepsOthersOut(hold, at))
    .map((hold) => aroundMeeting(hold, hold.holdId === moving ? 0 : gapMinutes))
    .map(({ startsAt, endsAt }) => ({ from: startsAt, to: endsAt })),
  ...liveBlocks(state).map(({ from, to }) => ({ from, to })),
];

export const liveBlocks = (state: AgendaState): readonly Block[] => Object.values(state.blocks).filter(({ lifted }) => !lifted);

export const isBlocked = (state: AgendaState, slot: Slot): boolean =>
  liveBlocks(state).some(({ from, to }) => from < slot.endsAt && slot.startsAt < to);

/** Whether another ticket has given this slot back, or lost it, since then: it had been taken, and became free. */
export const leftSince = (state: AgendaState, slot: Slot, since: Instant, ticketId: string): boolean =>
  Object.values(state.holds).some((hold) => {
    if (hold.ticketId === ticketId || !overlaps(hold.slot, slot)) return false;
    return hold.standing === 'released' ? (hold.freeFrom ?? '') > since : hold.standing === 'held' && hold.until > since;
  });

export type HoldSlot = {
  readonly holdId: string;
  readonly ticketId: string;
  readonly slot: Slot;
  readonly at: Instant;
  readonly until: Instant;
  /** the person's day as staff and calendar facts make it */
  readonly plan: DayPlan;
  readonly dailyCap: Policies['daily-cap']['value'];
  /** policy `meeting-gap`; left out, none */
  readonly gapMinutes?: number;
  readonly from?: string;
  readonly move?: Move;
};

/**
 * Step 3 of a booking. Free or the hold there expired, not blocked, within the day's plan, and an id that was never released or overwritten.
 * Appended again with a later `until` when a new code is asked for (A9).
 */
export const holdSlot = (command: HoldSlot, state: AgendaState): Decision<SlotHeld> => {
  const { holdId, ticketId, slot, at, until, plan, dailyCap, gapMinutes = 0, from, move } = command;
  const own = state.holds[holdId];
  if (own?.standing === 'confirmed') return noChange();
  if (own?.standing === 'held' && own.until >= until) return noChange();
  if (own && own.standing !== 'held') return refuse('slot-taken', { article: '3 c' });
  const closed = checkPlan(plan, slot);
  if (closed) return closed;
  if (isBlocked(state, slot)) return refuse('slot-taken', { article: '3 c' });
  const others = Object.values(state.holds).filter((hold) => hold.holdId !== holdId && keepsOthersOut(hold, at));
  if (others.some((other) => overlaps(aroundMeeting(other, other.holdId === from ? 0 : gapMinutes), slot))) {
    return refuse('slot-taken', { article: '3 c' });
  }
  const meetings = others.filter((other) => other.standing !== 'released' && other.holdId !== from).length;
  if (dailyCap && meetings >= dailyCap.meetings) return refuse('slot-taken', { article: '3 c' });
  return accept({
    type: 'SlotHeld',
    data: { holdId, ticketId, slot, heldAt: at, until, ...defined({ from, move }) },
  });
};

/**
 * Step 5 of a booking: still the holder, and not blocked since. Late is fine if no other hold took the place, nor an hour so near that no
 * `gapMinutes` are left between.
 */
export const confirmSlot = (
  { holdId, at, gapMinutes = 0 }: { readonly holdId: string; readonly at: Instant; readonly gapMinutes?: number },
  state: AgendaState,
): Decision<SlotConfirmed> => {
  const hold = state.holds[holdId];
  if (hold?.standing === 'confirmed') return noChange();
  if (hold?.standing !== 'held' || isBlocked(state, hold.slot)) return refuse('slot-taken', { article: '3 c' });
  const isInTheWay = (other: Hold): boolean =>
    other.holdId !== hold.from && keepsOthersOut(other, at) && overlaps(aroundMeeting(other, gapMinutes), hold.slot);
  // a hold that has ended is in the way of no hold, not even its own
  if (hold.until <= at && Object.values(state.holds).some(isInTheWay)) return refuse('slot-taken', { article: '3 c' });
  return accept({ type: 'SlotConfirmed', data: { holdId, ticketId: hold.ticketId, slot: hold.slot, confirmedAt: at } });
};

/**
 * Only after the ticket holds a fact that makes the hold useless for ever. The slot is offered again from `freeFrom` on (A30); a hold that
 * another had overwritten is closed without keeping the slot from others. A hold that never arrived is released too: that closes the door
 * to a step 3 that comes late.
 */
export const releaseSlot = (
  command: { readonly holdId: string; readonly ticketId: string; readonly slot: Slot; readonly at: Instant; readonly freeFrom: Instant },
  state: AgendaState,
): Decision<SlotReleased> => {
  const { holdId, ticketId, slot, at, freeFrom } = command;
  const standing = state.holds[holdId]?.standing;
  if (standing === 'released') return noChange();
  const keptUntil = standing !== 'overwritten' && freeFrom > at ? freeFrom : at;
  return accept({ type: 'SlotReleased', data: { holdId, ticketId, slot, releasedAt: at, freeFrom: keptUntil } });
};

/** Absences, bridge days, changed hours and departures close time. Meetings already there stay, and become tasks. */
export const blockTime = (
  command: { readonly blockId: string; readonly from: Instant; readonly to: Instant; readonly cause: BlockCause; readonly at: Instant },
  state: AgendaState,
): Decision<TimeBlocked> => {
  const { blockId, from, to, cause, at } = command;
  if (state.blocks[blockId]) return noChange();
  return accept({ type: 'TimeBlocked', data: { blockId, from, to, cause, blockedAt: at } });
};

/** Lifts one block, by its id. One that never arrived is lifted too, so that it cannot come late and stay. */
export const unblockTime = (
  { blockId, at }: { readonly blockId: string; readonly at: Instant },
  state: AgendaState,
): Decision<TimeUnblocked> =>
  state.blocks[blockId]?.lifted ? noChange() : accept({ type: 'TimeUnblocked', data: { blockId, unblockedAt: at } });
