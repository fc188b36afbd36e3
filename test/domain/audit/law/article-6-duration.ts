import { placements } from '../../../../src/domain/audit/case-file';
import { plusHours, plusMinutes, plusSeconds } from '../../../../src/domain/time/civil-time';
import type { Slot } from '../../../../src/domain/time/slot';
import { slotAt } from '../../../support/plot';
import { ticketOtherwise } from '../../../support/retelling';
import { bookedAt, type Breach, type Breaks, each, of, only } from './breaking';
import { isHeld } from './occasions';

/** Begun so many minutes after its hour, and so many seconds long; the rest as it was. */
const heldElsewhen = (minutesLate: number, seconds: number): Breaks =>
  only(isHeld)((history) => {
    const slot = placements(history).at(-1)?.fact.data.slot;
    if (slot === undefined) return undefined;
    const startedAt = plusMinutes(slot.startsAt, minutesLate);
    const endedAt = plusSeconds(startedAt, seconds);
    return ticketOtherwise(history, ({ fact }) => {
      if (fact.type === 'MeetingStarted') return { data: { startedAt } };
      return fact.type === 'Held' ? { data: { startedAt, endedAt } } : undefined;
    });
  });

const lasting = ({ startsAt }: Slot, minutes: number): Slot => ({ startsAt, endsAt: plusMinutes(startsAt, minutes) });

/** How long they meet, and how long one waits (Art. 6). */
export const duration: readonly Breach[] = [
  ...of('6', 'A15', 'C08', {
    'half an hour': bookedAt((slot) => lasting(slot, 30)),
    'off the grid': bookedAt(({ startsAt }) => slotAt(plusMinutes(startsAt, 5))),
    'ten minutes, after it was moved': each('Rescheduled', ({ slot }) => ({ slot: lasting(slot, 10) })),
    'another length with a colleague': each('Reassigned', ({ slot }) => ({ slot: lasting(slot, 45) })),
  }),
  ...of('6', 'A15', 'C22', {
    'held four days late': heldElsewhen(4 * 24 * 60, 14 * 60),
    'held hours late on the same day': heldElsewhen(5 * 60, 14 * 60),
    'held for one second': heldElsewhen(0, 1),
    'held for two hours': heldElsewhen(0, 2 * 60 * 60),
  }),
  ...of('6', 'A18', 'C22', {
    'begun before its hour': heldElsewhen(-30, 14 * 60),
    'ended before it began': each('Held', ({ startedAt }) => ({ endedAt: plusMinutes(startedAt, -1) })),
    'held from earlier on than it began': only(isHeld)(
      each('MeetingStarted', ({ startedAt }) => ({ startedAt: plusMinutes(startedAt, 30) })),
    ),
    'begun in another hour than the one it stood in': only(isHeld)(
      each('MeetingStarted', ({ slot }) => ({ slot: slotAt(plusHours(slot.startsAt, 24)) })),
    ),
  }),
  ...of('6', 'A22', 'C20', {
    'absent after five minutes': each('CitizenAbsent', ({ slot }) => ({ waitedMinutes: 5, absentAt: plusMinutes(slot.startsAt, 5) })),
    'waited longer than since the hour': each('CitizenAbsent', () => ({ waitedMinutes: 90 })),
  }),
];
