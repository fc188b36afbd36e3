import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tichetIn } from '../infrastructure/tools/command-line/captured';
import { bookAgain, keptTicket, lostTicket, type losing, now, opening, shortenedLog } from './shortened-log';

export type Told = {
  readonly outcome: string;
  readonly events: number;
  readonly verifier: string;
  readonly behind?: string;
  readonly newVerifier: string;
  readonly gone: readonly { readonly stream: string; readonly revision?: number }[];
  readonly lost: readonly { readonly stream: string }[];
  readonly findings: readonly { readonly check: string }[];
};

/** The way back, with the log in this place. */
export const describeAccepting = (where: keyof typeof losing): void => {
  describe(`tichet accept-log, with the log in ${where}`, () => {
    const here = async () => {
      const log = await shortenedLog(where);
      const run = (...argv: readonly string[]) => tichetIn(log.environment, argv);
      const told = async (...argv: readonly string[]): Promise<readonly [number, Told]> => {
        const { exit, stdout } = await run(...argv, '--json');
        return [exit, JSON.parse(stdout) as Told];
      };
      const tasks = (): Promise<readonly string[]> =>
        opening(log.environment, async ({ ports }) =>
          (await ports.readModels.select<{ readonly kind: string; readonly ticketId: string }>('tasks')).rows
            .filter(({ kind }) => kind === 'facts-lost')
            .map(({ ticketId }) => ticketId),
        );
      const found = async (): Promise<readonly string[]> => (await told('doctor'))[1].findings.map(({ check }) => check);
      return { ...log, run, told, tasks, found };
    };

    it('lists what was acknowledged and is gone, and with --dry-run changes nothing', async () => {
      const { told, folder, sealed, verifier } = await here();
      const files = (): readonly string[] =>
        readdirSync(folder)
          .filter((name) => !/-(wal|shm)$/.test(name))
          .sort();
      const before = files();
      const [exit, { outcome, events, verifier: signedBy, gone, behind }] = await told('accept-log', '--dry-run');
      expect([exit, outcome, events, signedBy]).toEqual([6, 'would-accept', sealed, verifier]);
      // everything that is gone is known by name
      expect(behind).toBeUndefined();
      const revisions = (stream: string) => gone.filter((one) => one.stream === stream).map(({ revision }) => revision);
      expect(revisions(`ticket-${lostTicket}`)).toEqual([0, 1]);
      expect(revisions(`ticket-${keptTicket}`)).toContain(2);
      expect(revisions('request-200_2026-02-10')).toHaveLength(1);
      expect(files()).toEqual(before);
      const [again, same] = await told('accept-log', '--dry-run');
      expect([again, same.verifier, same.gone]).toEqual([6, verifier, gone]);
    });

    it('says by whom and why in the log, brings everything in line with it, and lets nobody forget what is gone', async () => {
      const { run, told, tasks, found, environment, folder, sealed, verifier, note, allOlder } = await here();
      expect((await run('accept-log')).exit).toBe(5);
      const [exit, { outcome, newVerifier }] = await told('accept-log', '--reason', 'discul a pierdut sfârșitul');
      expect([exit, outcome]).toEqual([0, 'accepted']);

      // anybody who has a checkpoint of the tree before sees that this is another
      expect(newVerifier).not.toBe(verifier);
      expect(newVerifier.split('+')[0]).toBe(verifier.split('+')[0]);
      writeFileSync(join(folder, 'witness.txt'), note);
      expect((await run('verify', '--checkpoint', join(folder, 'witness.txt'))).exit).toBe(6);
      const old = await run('verify', '--key', verifier);
      expect([old.exit, old.stdout]).toEqual([6, expect.stringContaining('This key signed until')]);
      expect(await told('verify')).toMatchObject([0, { faultsInAll: 0, accepted: [{ events: sealed, verifier }] }]);
      expect(await told('seal')).toMatchObject([0, { verifier: newVerifier, accepted: [{ events: sealed }] }]);

      await opening(environment, async ({ ports, keys, sealing }) => {
        const { signedLog } = ports;
        // the alarm is over, also for whoever remembers what is gone, and the fact is under the new checkpoint
        expect(await sealing?.acknowledged?.compare()).toBeUndefined();
        expect(sealing?.alarm.standing()).toBeUndefined();
        const upTo = await signedLog?.checkpoint();
        for await (const event of ports.store.read('ops-log.accepted'))
          expect(upTo && (await signedLog?.standing(event, upTo))?.kind).toBe('sealed');
        const { operations, readModels } = ports;
        expect(await readModels.get('ticket-status', lostTicket)).toBeUndefined();
        expect(await readModels.get('ticket-status', keptTicket)).toMatchObject({ status: 'scheduled' });
        expect(await operations.idempotency.answered('key-lost', 'print')).toBeUndefined();
        expect(await operations.idempotency.answered('key-kept', 'print')).toBeUndefined();
        const lateTwin = { commandId: 'another', at: now, ids: [] };
        const remembered = await operations.idempotency.remember('key-kept', 'print', lateTwin);
        expect(remembered).toMatchObject({ command: { commandId: allOlder ? 'another' : `book ${keptTicket}` } });
        expect(await operations.attempts.list()).toEqual([]);
        expect(await operations.outbox.list()).toHaveLength(allOlder ? 0 : 1);
        expect((await keys.find(`contact:ticket-${lostTicket}`)) === undefined).toBe(allOlder);
      });

      expect(await tasks()).toEqual([keptTicket]);
      expect(await found()).toEqual(expect.arrayContaining(['log-accepted']));
      expect(await found()).not.toEqual(expect.arrayContaining(['seal-alarm']));
      const [toDo, { lost }] = await told('accept-log', 'report');
      const streams = lost.map(({ stream }) => stream);
      expect([toDo, streams]).toEqual([6, expect.arrayContaining([`ticket-${lostTicket}`, `ticket-${keptTicket}`])]);
      expect((await run('accept-log', 'settle', 'ticket-none', '--note', 'x')).exit).toBe(3);
      for (const stream of streams) expect((await run('accept-log', 'settle', stream, '--note', 'am vorbit')).exit).toBe(0);
      expect((await run('accept-log', 'report')).exit).toBe(0);
      expect(await tasks()).toEqual([]);
      expect(await found()).not.toEqual(expect.arrayContaining(['log-accepted']));

      // the hour is free, and the request has no ticket
      expect(await opening(environment, bookAgain, now)).toBe(true);
      expect(await told('accept-log', '--reason', 'x')).toEqual([0, { outcome: 'nothing-gone', alarm: false }]);
    });
  });
};
