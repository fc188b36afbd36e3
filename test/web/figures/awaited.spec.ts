import { figuresOf } from '../../../src/application/reports/counted-tickets';
import { recordingAwaitedIn, unrecordedIn } from '../../../src/infrastructure/web/figures/columns';
import { factsAt } from './rows';

const at = '2027-03-10T07:00:00.000Z';

describe('A13: meetings without a recording', () => {
  it.each([
    [{ held: true }, 1, 1],
    [{ held: true, recordingMissing: true }, 1, 0],
    [{ held: true, recordingWaived: true }, 1, 0],
    [{ held: true, recorded: true, recordingMissing: true }, 0, 0],
    [{ held: true, mode: 'phone' as const }, 0, 0],
    [{ held: false }, 0, 0],
  ])('of %j %i has none, and %i may still come', (facts, unrecorded, awaited) => {
    const figures = figuresOf([factsAt(at, facts)]);
    expect([unrecordedIn(figures), recordingAwaitedIn(figures)]).toEqual([unrecorded, awaited]);
  });
});
