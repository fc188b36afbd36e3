import type { RequestIdentity } from '../../../src/domain/request/facts';

const letters = 'abcdefghijklmnopqrstuvwxyzăâîșț';

/** Words by chance, the same in every run: twelve letters, some of them Romanian. */
const wordsOf = (seed: number): (() => string) => {
  let state = seed;
  const chance = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >> 8) % below;
  };
  return () => {
    const word = Array.from({ length: 11 }, () => letters[chance(letters.length)] ?? 'a').join('');
    return `${word}${'ășț'[chance(3)] ?? 'ț'}`;
  };
};

/** How a ticket goes; every kind of free text is in one of them. */
export const ways = [
  'recorded',
  'by-phone',
  'cancelled',
  'moved',
  'reassigned',
  'citizen-absent',
  'missing-recording',
  'waived-recording',
  'bounced',
  'in-person',
] as const;
export type Way = (typeof ways)[number];

/** Somebody, with everything that is told about them; each word is nobody else's. */
export type Person = {
  readonly index: number;
  readonly way: Way;
  readonly request: RequestIdentity;
  readonly name: string;
  readonly subject: string;
  readonly email: string;
  readonly phone: string;
  readonly notes: string;
  readonly reason: string;
  readonly link: string;
  readonly conclusions: string;
  readonly staffId: string;
  readonly startsAt: string;
  /** the words of all this by which they can be found */
  readonly words: readonly string[];
};

const titled = (word: string): string => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
const plain = (word: string): string => word.normalize('NFD').replaceAll(/[^a-z]/g, '');

export const staffIds = Array.from({ length: 12 }, (_, index) => `e${String(index + 1).padStart(3, '0')}`);
/** Thursday, Monday and Tuesday; the world begins on the Monday before. */
const days = ['2026-03-05', '2026-03-09', '2026-03-10'];
const hours = ['07:00', '08:00', '09:00', '10:00', '11:00', '12:00', '13:00'];

export const peopleOf = (count: number, seed = 20_260_302): readonly Person[] => {
  const word = wordsOf(seed);
  return Array.from({ length: count }, (_, index) => {
    const [first, family, about, note, said, address, meeting, concluded] = [0, 1, 2, 3, 4, 5, 6, 7].map(() => word());
    const email = `${plain(address ?? '')}.canary@exemplu.ro`;
    const phone = `+4079${String(1_000_000 + index * 7919).padStart(7, '0')}`;
    const link = `https://primaria.webex.com/${plain(meeting ?? '')}-room`;
    return {
      index,
      way: ways[index % ways.length] ?? 'recorded',
      request: { number: String(600_001 + index), filedOn: '2026-02-10' },
      name: `${titled(family ?? '')} ${titled(first ?? '')}`,
      subject: `Cerere despre ${about ?? ''}`,
      email,
      phone,
      notes: `Despre „${note ?? ''}”, cu acte`,
      reason: `Pentru că ${said ?? ''}`,
      link,
      conclusions: `S-a lămurit: ${concluded ?? ''}.`,
      staffId: staffIds[index % staffIds.length] ?? 'e001',
      startsAt: `${days[Math.floor(index / staffIds.length) % days.length] ?? ''}T${
        hours[Math.floor(index / staffIds.length / days.length)] ?? ''
      }:00.000Z`,
      words: [first, family, about, note, said, concluded].flatMap((one) => one ?? []).concat(email, phone, link),
    };
  });
};
