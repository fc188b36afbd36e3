import { allowedAbsences, allowedRecordings, citizenAbsentFrom } from '../../../src/domain/ticket/allowed';
import type { TicketFact } from '../../../src/domain/ticket/facts';
import { ticket } from '../../../src/domain/ticket/ticket';
import { plusMinutes } from '../../../src/domain/time/civil-time';
import { given } from '../../../src/infrastructure/testing/given-when-then';
import * as story from './story';

const { rules, slot } = story;
const after = (...facts: readonly TicketFact[]) => given(ticket, ...facts).state;
const minutes = (count: number): string => plusMinutes(slot.startsAt, count);

describe('the ways that are open now', () => {
  it('A22, A23: nobody is absent before the hour; the civil servant from it on, the citizen after ten minutes', () => {
    const standing = after(...story.booked());
    expect(allowedAbsences(standing, story.beforeStart, rules)).toEqual([]);
    expect(allowedAbsences(standing, minutes(0), rules)).toEqual(['staff']);
    expect(allowedAbsences(standing, minutes(10), rules)).toEqual(['citizen', 'staff']);
    expect(citizenAbsentFrom(standing, rules)).toBe(minutes(10));
  });

  it('A13: before the meeting nothing is said of a recording; once one is there, only another one', () => {
    const standing = after(...story.booked());
    expect(allowedRecordings(standing, minutes(1))).toEqual([]);
    const begun = [...story.booked(), story.started];
    expect(allowedRecordings(after(...begun), minutes(1))).toEqual(['attached', 'missing', 'waived']);
    const attached: TicketFact = { type: 'RecordingAttached', data: { recordingId: 'r1', durationSeconds: 800, attachedAt: minutes(20) } };
    expect(allowedRecordings(after(...begun, attached), minutes(20))).toEqual(['attached']);
    const missing: TicketFact = { type: 'RecordingMissing', data: { reason: story.text('?'), reportedAt: minutes(20) } };
    expect(allowedRecordings(after(...begun, missing), minutes(20))).toEqual(['attached']);
  });
});
