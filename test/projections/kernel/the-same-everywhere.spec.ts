import { readFileSync } from 'node:fs';
import type { Instant } from '../../../src/domain/kernel/fact';
import { plusSeconds } from '../../../src/domain/time/civil-time';
import { dutiesNow, dutiesThen, owedThen } from '../../support/everywhere/duties';
import { figuresEverywhere } from '../../support/everywhere/figures';
import { verdictsEverywhere, verdictsNow } from '../../support/everywhere/verdicts';
import type { Said } from '../../support/everywhere/kinds';
import { type Asked, askedCity, differencesOf } from '../../support/everywhere/same-answers';

/** A thousand tickets and a hundred moments take a quarter of an hour: test/story/the-same-everywhere.spec.ts. */
let asked: Asked;
beforeAll(async () => {
  asked = await askedCity(30, 6);
});

describe('Art. 9: what was so at a moment', () => {
  it('is the same in SQL of both databases, over the API, in the file, on the page and on the command line', async () => {
    const { differing, said } = await differencesOf(asked, [verdictsEverywhere, figuresEverywhere]);
    expect(differing).toEqual([]);
    expect(said).toBeGreaterThan(1000);
  });

  it('is owed by the same people, by the same two dates, wherever it is asked who owes what (Art. 3 to 8)', async () => {
    const { differing, said } = await differencesOf({ ...asked, moments: [asked.city.now] }, [dutiesNow]);
    expect(differing).toEqual([]);
    expect(said).toBeGreaterThan(100);
  });

  it('was owed by the same people, wherever it is asked of one ticket, and is told as most urgent by every list', async () => {
    const begun = await asked.databases.sqlite<{ readonly since: Instant }>('SELECT DISTINCT since FROM v2_duties ORDER BY 1');
    // few things are owed at a moment that comes by chance
    const moments = begun.flatMap(({ since }, index) => (index % 8 === 0 ? [since] : []));
    for (const kind of [dutiesThen, owedThen]) {
      const { differing, said } = await differencesOf({ ...asked, moments }, [kind]);
      expect(differing).toEqual([]);
      expect(said).toBeGreaterThan(moments.length / 2);
    }
  });

  it('ends with what is the answer now', async () => {
    const { differing, said } = await differencesOf({ ...asked, moments: [asked.city.now] }, [verdictsNow]);
    expect(differing).toEqual([]);
    expect(said).toBeGreaterThan(300);
  });

  it('is asked in SQL as the documents ask it', async () => {
    const statements = [...readFileSync('docs/checks.md', 'utf8').matchAll(/```sql\n([\s\S]*?)```/g)].map(
      ([, statement = '']) => statement,
    );
    expect(statements).toHaveLength(3);
    const inText = (rows: readonly object[]): Said =>
      rows.map((row) =>
        Object.values(row)
          .map((value: unknown) => (value instanceof Date ? value.toISOString() : String(value)))
          .join(' '),
      );
    for (const statement of statements) {
      const found = inText(await asked.databases.sqlite(statement));
      expect(found.length).toBeGreaterThan(0);
      expect(inText(await asked.databases.postgres(statement))).toEqual(found);
    }
  });

  it('is another thing a millisecond later where something turns, and that is found', async () => {
    const { differing } = await differencesOf(asked, [
      {
        ...verdictsEverywhere,
        ways: async (...everybody) => {
          const { SQLite } = await verdictsEverywhere.ways(...everybody);
          if (SQLite === undefined) throw new Error('SQLite is asked.');
          return { SQLite, 'SQLite, a millisecond later': { ask: (moment) => SQLite.ask(plusSeconds(moment, 0.001)) } };
        },
      },
    ]);
    expect(differing.length).toBeGreaterThan(0);
  });

  it('turns in the tables when its time has come, without a new fact, and turns back with a clock that goes back behind the log', async () => {
    const { city, databases, moments } = asked;
    const { clock } = city.service.ports;
    const answers = new Set<string>();
    for (const now of [...moments.slice(3), ...moments.slice(1, 2), city.now]) {
      clock.set(now);
      await databases.fillAt(now);
      expect(await differencesOf({ ...asked, moments: [now] }, [verdictsNow, dutiesNow])).toMatchObject({ differing: [] });
      const counts = await databases.sqlite('SELECT check_id, verdict, count(*) AS tickets FROM v2_verdicts GROUP BY check_id, verdict');
      answers.add(JSON.stringify(counts));
    }
    expect(answers.size).toBeGreaterThan(2);
  });
});
