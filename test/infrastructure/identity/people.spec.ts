import { isPseudonym } from '../../../src/application/kernel/access';
import { peopleIn } from '../../../src/infrastructure/outside/identity/people';
import { createTestPorts } from '../../../src/infrastructure/testing/test-ports';

const ports = createTestPorts();
const people = peopleIn(ports);
const stored = async (): Promise<string> => JSON.stringify(await ports.operations.people.list());

describe('the directory of people', () => {
  it('gives everybody one random pseudonym, and the same each time', async () => {
    const ana = await people.pseudonymOf({ by: 'token', name: 'Ana Pop' }, 'Ana Pop');
    expect(isPseudonym(ana)).toBe(true);
    expect(await people.pseudonymOf({ by: 'token', name: 'Ana Pop' })).toBe(ana);
    const others = await Promise.all([
      people.pseudonymOf({ by: 'token', name: 'Ion Pop' }),
      people.pseudonymOf({ by: 'system', name: 'Ana Pop' }),
      people.pseudonymOf({ by: 'provider', issuer: 'https://id.example', subject: 'u-1' }),
      people.pseudonymOf({ by: 'provider', issuer: 'https://other.example', subject: 'u-1' }),
      // two that join their parts at another place
      people.pseudonymOf({ by: 'provider', issuer: 'https://id.example\u001fu', subject: '1' }),
      people.pseudonymOf({ by: 'provider', issuer: 'https://id.example', subject: 'u\u001f1' }),
      peopleIn(createTestPorts()).pseudonymOf({ by: 'token', name: 'Ana Pop' }),
    ]);
    expect(new Set([ana, ...others]).size).toBe(8);
  });

  it('gives one to all who come at the same moment', async () => {
    const given = await Promise.all(Array.from({ length: 10 }, () => people.pseudonymOf({ by: 'system', name: 'radu' }, 'radu')));
    expect(new Set(given).size).toBe(1);
  });

  it('keeps the name where nobody reads it without its key', async () => {
    const eva = await people.pseudonymOf({ by: 'provider', issuer: 'https://id.example', subject: 'eva.kis' }, 'Kis Éva');
    expect(await people.list()).toContainEqual({ person: eva, name: 'Kis Éva', since: ports.clock.now() });
    expect(await stored()).not.toMatch(/Kis|eva|id\.example/);
    expect(await stored()).not.toContain(Buffer.from('Kis Éva').toString('base64'));
  });

  it('forgets who it was: the same person is another one afterwards, and an older copy of the row has no name', async () => {
    const known = { by: 'token', name: 'Vasile' } as const;
    const vasile = await people.pseudonymOf(known, 'Vasile');
    const row = (await ports.operations.people.list()).find(({ person }) => person === vasile);
    if (row === undefined) throw new Error('no row');
    expect([await people.forget(vasile), await people.forget(vasile), await people.forget('p.nobody')]).toEqual([true, false, false]);
    expect(await people.pseudonymOf(known, 'Vasile')).not.toBe(vasile);
    await ports.operations.people.remove(await people.pseudonymOf(known));
    await ports.operations.people.add(row);
    expect((await people.list()).find(({ person }) => person === vasile)).toEqual({ person: vasile, since: row.at });
    // a backup of the rows was put back: at the next start whoever was forgotten is forgotten again, and nobody else
    const others = (await people.list()).length - 1;
    expect([await people.forgetAgain(), await people.forgetAgain(), (await people.list()).length]).toEqual([1, 0, others]);
    expect(await people.pseudonymOf(known, 'Vasile')).not.toBe(vasile);
  });
});
