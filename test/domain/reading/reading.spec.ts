import { fold } from '../../../src/domain/kernel/decider';
import { personal } from '../../../src/domain/kernel/personal-text';
import { type PersonalDataRead, reading, readingFactShapes, readingStream } from '../../../src/domain/reading/reading';

describe('GDPR 5 (1) f: that an official was shown personal data', () => {
  const { fields } = readingFactShapes.PersonalDataRead;

  it('says who in which role looked where, why and when, and about which tickets and requests', () => {
    expect(Object.keys(fields)).toEqual(['person', 'role', 'departmentCode', 'purpose', 'page', 'tickets', 'requests', 'readAt']);
  });

  it('seals who it was with a key of its own, and nothing else of it is personal', () => {
    expect(Object.entries(fields).filter(([, { kind }]) => kind === 'personal')).toEqual([
      ['person', { kind: 'personal', keys: ['reader'] }],
    ]);
    expect(readingStream('p-1', '2026-03-02')).toBe('reading-p-1_2026-03-02');
  });

  it('decides nothing: the next answer is recorded as the first was', () => {
    const data = {
      person: personal('reader', 'S-017'),
      role: 'head',
      purpose: 'ticket',
      page: '/tichete',
      tickets: [],
      requests: [],
    } as const;
    const shown: PersonalDataRead = { type: 'PersonalDataRead', data: { ...data, readAt: '2026-03-02T08:00:00.000Z' } };
    expect(fold(reading, [shown, shown])).toEqual(reading.initial);
  });
});
