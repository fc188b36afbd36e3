import type { Instant } from '../../../src/domain/kernel/fact';
import { type City, cityOf, momentsOf } from './city';
import { type AskedDatabases, databasesOf } from './databases';
import type { Kind, Said, Way } from './kinds';

/** Everybody who can be asked, and about which moments. */
export type Asked = { readonly city: City; readonly databases: AskedDatabases; readonly moments: readonly Instant[] };

export const askedCity = async (tickets: number, moments: number): Promise<Asked> => {
  const { times, ...city } = await cityOf(tickets);
  const databases = await databasesOf(city.folder, city.opened, city.now);
  const turns = await databases.sqlite<{ readonly turn: Instant }>(
    'SELECT DISTINCT valid_from AS turn FROM v2_verdict_intervals ORDER BY 1',
  );
  const exact = turns.map(({ turn }) => turn);
  return { city, databases, moments: momentsOf(times, exact, moments) };
};

type Differing = {
  readonly kind: string;
  readonly moment: Instant;
  readonly way: string;
  /** the first few that only this one says, and that it does not say */
  readonly more: Said;
  readonly less: Said;
};

const firstBut = (said: Said, other: Said): Said => {
  const known = new Set(other);
  return said.filter((one) => !known.has(one)).slice(0, 5);
};

const inOrder = (said: Said): Said => [...said].sort();

/** Who says something else than the first who is asked, of every moment; and how much is said in all. */
export const differencesOf = async (
  { city, databases, moments }: Asked,
  kinds: readonly Kind[],
): Promise<{ readonly differing: readonly Differing[]; readonly said: number }> => {
  const differing: Differing[] = [];
  let said = 0;
  for (const kind of kinds) {
    const [first, ...others] = Object.entries<Way>(await kind.ways(city, databases));
    if (first === undefined) throw new Error(`Nobody is asked about ${kind.name}.`);
    for (const moment of moments) {
      const known = await first[1].ask(moment);
      said += known.length;
      for (const [way, { ask, partly }] of others) {
        const [found, expected] = [inOrder(await ask(moment)), inOrder(partly === undefined ? known : partly(known))];
        if (found.join('\n') === expected.join('\n')) continue;
        differing.push({ kind: kind.name, moment, way, more: firstBut(found, expected), less: firstBut(expected, found) });
      }
    }
  }
  return { differing, said };
};
