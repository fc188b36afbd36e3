import { momentTyped, stepNumber, stepPath, ticketQuery } from '../../../../src/infrastructure/web/audit/ticket-view';
import { historySteps } from '../../../../src/domain/audit/history';
import { onlineHistory } from '../../../support/histories';

describe('the moment that somebody types', () => {
  it.each([
    // to the end of what was written, in Romania
    ['2026-03-05 10:15', '2026-03-05T08:15:59.999Z'],
    ['2026-03-05T10:15', '2026-03-05T08:15:59.999Z'],
    ['2026-03-05T10:15:08', '2026-03-05T08:15:08.999Z'],
    ['2026-07-05 10:15', '2026-07-05T07:15:59.999Z'],
    // that very instant
    ['2026-03-05T08:15:00.000Z', '2026-03-05T08:15:00.000Z'],
    ['2026-03-05T10:15:00+02:00', '2026-03-05T08:15:00.000Z'],
    // the hour that comes twice in October: the first, unless the offset says otherwise
    ['2026-10-25 03:30', '2026-10-25T00:30:59.999Z'],
    ['2026-10-25T03:30:00+02:00', '2026-10-25T01:30:00.000Z'],
    // no moments
    ['2026-02-30 10:15', undefined],
    ['2026-03-05 24:00', undefined],
    ['2026-03-05 10:15:60', undefined],
    ['2026-03-05', undefined],
    ['ieri', undefined],
    ['<script>', undefined],
    ['', undefined],
  ])('%s is %s', (typed, instant) => {
    expect(momentTyped(typed)).toBe(instant);
  });

  it('is a fault when it is none, and nothing when it is left out', () => {
    expect(ticketQuery({ la: 'ieri' })).toEqual({ typed: 'ieri', faulty: true });
    expect(ticketQuery({})).toEqual({ typed: '', faulty: false });
    expect(ticketQuery({ la: ['2026-03-05 10:15', 'x'], pas: '-1' })).toEqual({ typed: '', faulty: false });
  });
});

describe('the step that is shown', () => {
  const steps = historySteps(onlineHistory().ticket);
  it('is the one asked for, the last when there are fewer, or that of an event', () => {
    expect(stepNumber(steps, ticketQuery({ pas: '3' }))).toBe(3);
    expect(stepNumber(steps, ticketQuery({ pas: '9999' }))).toBe(steps.length);
    expect(stepNumber(steps, ticketQuery({}))).toBe(steps.length);
    expect(stepNumber(steps, ticketQuery({ eveniment: steps[4]?.eventId }))).toBe(5);
    expect(stepNumber([], ticketQuery({ pas: '3' }))).toBe(0);
  });

  it('keeps the moment in its address, unless it is none', () => {
    expect(stepPath('t', ticketQuery({ la: '2026-03-05 10:15' }), 2)).toBe('/audit/t?pas=2&la=2026-03-05%2010%3A15#pas');
    expect(stepPath('t', ticketQuery({ la: 'ieri' }), 2)).toBe('/audit/t?pas=2#pas');
  });
});
