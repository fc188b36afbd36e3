import { isPseudonym } from '../../../../src/application/kernel/access';
import { commandOf } from '../../../../src/application/kernel/execute';
import { operationsOn } from '../../../../src/application/kernel/streams';
import { forgetPerson } from '../../../../src/application/privacy/forget';
import { isRefusal } from '../../../../src/domain/kernel/refusal';
import { dropForgotten, peopleIn } from '../../../../src/infrastructure/outside/identity/people';
import { destroyAgain } from '../../../../src/infrastructure/log/keys/destroy-again';
import { createMemoryKeyStore } from '@tichet-albastru/event-log/keys/memory-key-store';
import { createTestPorts } from '../../../../src/infrastructure/testing/test-ports';

const ports = createTestPorts();
const people = peopleIn(ports);
const stored = async (): Promise<string> => JSON.stringify(await ports.operations.people.list());

const forget = async (person: string): Promise<string | undefined> => {
  const asker = { kind: 'command-line', person: 'p.console' } as const;
  const forgotten = await forgetPerson(ports)(commandOf(asker, ports.identifiers.next(), ports.clock.now()), { person });
  return isRefusal(forgotten) ? forgotten.code : undefined;
};
const factsOf = async (): Promise<readonly object[]> =>
  (await (await operationsOn(ports, 'people')).load()).events.map(({ fact, actor }) => ({ ...fact, by: actor.id }));

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
    const eva = await people.pseudonymOf({ by: 'provider', issuer: 'https://id.example', subject: 'eva.kisfaludy' }, 'Kisfaludy Éva');
    expect(await people.list()).toContainEqual({ person: eva, name: 'Kisfaludy Éva', since: ports.clock.now() });
    expect(await stored()).not.toMatch(/Kisfaludy|eva\.kisfaludy|id\.example/);
    expect(await stored()).not.toContain(Buffer.from('Kisfaludy Éva').toString('base64'));
  });

  it('forgets who it was: the same person is another one afterwards, and an older copy of the row has no name', async () => {
    const known = { by: 'token', name: 'Vasile' } as const;
    const vasile = await people.pseudonymOf(known, 'Vasile');
    const row = (await ports.operations.people.list()).find(({ person }) => person === vasile);
    if (row === undefined) throw new Error('no row');
    expect([await forget(vasile), await forget(vasile), await forget('p.nobody')]).toEqual([undefined, 'not-found', 'not-found']);
    expect(await people.pseudonymOf(known, 'Vasile')).not.toBe(vasile);
    await ports.operations.people.remove(await people.pseudonymOf(known));
    await ports.operations.people.add(row);
    expect((await people.list()).find(({ person }) => person === vasile)).toEqual({ person: vasile, since: row.at });
    // as the next start does with a row that older data have brought back
    await dropForgotten(ports, ports.keys);
    expect((await people.list()).some(({ person }) => person === vasile)).toBe(false);
  });

  it('records who was erased, by whom and when, first; ended before the key is gone, the same command does the rest, and writes it once', async () => {
    const sorin = await people.pseudonymOf({ by: 'token', name: 'Sorin' }, 'Sorin');
    const killed = jest.spyOn(ports.personalData, 'destroy').mockRejectedValueOnce(new Error('killed'));
    await expect(forget(sorin)).rejects.toThrow('killed');
    const recorded = { type: 'PersonForgotten', data: { person: sorin, forgottenAt: ports.clock.now() }, by: 'command-line.p.console' };
    expect(await factsOf()).toContainEqual(recorded);
    expect(await people.list()).toContainEqual(expect.objectContaining({ person: sorin, name: 'Sorin' }));
    expect(await forget(sorin)).toBeUndefined();
    killed.mockRestore();
    expect((await people.list()).some(({ person }) => person === sorin)).toBe(false);
    expect((await factsOf()).filter((fact) => JSON.stringify(fact).includes(sorin))).toEqual([recorded]);
    // and a start whose keys are older destroys it again
    const older = createMemoryKeyStore();
    await older.obtain([`person:${sorin}`]);
    expect(await destroyAgain(ports.store, ports.codec, older)).toContain(`person:${sorin}`);
    expect(await older.find(`person:${sorin}`)).toBeUndefined();
  });

  it('ends their tokens before their name goes, wherever it is cut off', async () => {
    const one = await people.pseudonymOf({ by: 'token', name: 'Duna' }, 'Duna');
    const until = '2027-01-01T00:00:00.000Z';
    await ports.operations.tokens.note({ id: 't-duna', role: 'admin', person: one, at: ports.clock.now(), expiresAt: until });
    const cutOff = { ...ports, personalData: { ...ports.personalData, destroy: () => Promise.reject(new Error('killed')) } };
    const asker = { kind: 'command-line', person: 'p.console' } as const;
    const forgotten = forgetPerson(cutOff)(commandOf(asker, ports.identifiers.next(), ports.clock.now()), { person: one });
    await expect(forgotten).rejects.toThrow('killed');
    expect(await ports.operations.tokens.isRevoked('t-duna')).toBe(true);
  });

  it('erases nobody for whom the console does not ask', async () => {
    const one = await people.pseudonymOf({ by: 'token', name: 'Una' }, 'Una');
    const asker = { kind: 'official', role: 'admin', person: 'p.admin' } as const;
    const asked = forgetPerson(ports)(commandOf(asker, ports.identifiers.next(), ports.clock.now()), { person: one });
    expect(await asked).toMatchObject({ code: 'forbidden' });
    expect((await people.list()).some(({ person }) => person === one)).toBe(true);
  });
});
