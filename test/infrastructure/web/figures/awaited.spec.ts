import { figuresOf } from '../../../../src/application/reports/counted-tickets';
import { foldFigures } from '../../../../src/application/reports/report-figures';
import { recordingAwaitedIn, unrecordedIn } from '../../../../src/infrastructure/web/figures/columns';
import { cardsOf } from '../../../../src/infrastructure/web/figures/figures-table';
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

describe('how it is known that meetings were recorded and resolutions delivered', () => {
  const told = (count: number, facts: Parameters<typeof factsAt>[1]) =>
    Array.from({ length: count }, () => factsAt(at, { held: true, ...facts }));
  const rows = [
    ...told(91, { recorded: true, recordedGrade: 'observed', resolutionAt: at, resolutionGrade: 'observed' }),
    ...told(7, { recorded: true, recordedGrade: 'declared', resolutionAt: at, resolutionGrade: 'declared' }),
    ...told(2, { recordingMissing: true }),
  ];
  const period = { from: '2027-03-10', to: '2027-03-10' };

  it.each([
    ['ro', '91 % observate, 7 % declarate, 2 % fără înregistrare', '91 % observate, 7 % declarate'],
    ['en', '91 % observed, 7 % declared, 2 % missing', '91 % observed, 7 % declared'],
  ] as const)('is said in percent, in %s', (locale, recorded, delivered) => {
    const known = cardsOf(foldFigures(period, rows, []), locale).map((card) => card.known?.replaceAll('\u00a0', ' '));
    expect(known).toEqual([undefined, recorded, delivered, undefined]);
  });
});
