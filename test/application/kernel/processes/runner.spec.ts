import { performDue, type Process } from '../../../../src/application/kernel/processes/process';
import { runProcesses } from '../../../../src/application/kernel/processes/runner';
import { allProcesses } from '../../../../src/application/operation/all-processes';
import { createMetrics } from '../../../../src/infrastructure/telemetry/metrics';
import { invitationLetters } from '../../../../src/application/booking/letters';
import { retryLetter } from '../../../../src/application/operation/retry-letter';
import type { Letter } from '../../../../src/application/kernel/ports/mailer';
import type { Ports } from '../../../../src/application/kernel/ports/ports';
import { away, bookedWorld, openWorld } from './world';

const isInvitation = ({ calendar }: Letter): boolean => calendar !== undefined;

/** The server is killed after so many effects on the world: nothing that comes later happens, not even noting the failure. */
const killedAfter = (ports: Ports, effects: number): Ports => {
  let made = 0;
  const guard = <A extends readonly unknown[], R>(act: (...given: A) => Promise<R>) => {
    return (...given: A): Promise<R> => (made < effects ? ((made += 1), act(...given)) : Promise.reject(new Error('killed')));
  };
  const dead = () => Promise.reject(new Error('killed'));
  return {
    ...ports,
    store: { ...ports.store, append: guard(ports.store.append.bind(ports.store)) },
    mailer: { ...ports.mailer, send: guard(ports.mailer.send.bind(ports.mailer)) },
    operations: { ...ports.operations, attempts: { ...ports.operations.attempts, failed: dead, done: dead } },
  };
};

/** Kills the server in the middle of the invitation, starts it again, and says which letters were sent. */
const lettersOfAKill = async (process: Process<never>): Promise<readonly string[]> => {
  const world = await openWorld();
  await world.book();
  await world.project();
  await performDue(killedAfter(world.ports, 1), process, world.clock.now(), { concurrency: 1 });
  await world.project();
  world.clock.advance({ minutes: 1 });
  await performDue(world.ports, process, world.clock.now(), { concurrency: 1 });
  return world.mail.letters.map(({ letterId }) => letterId);
};
const isAtLeastOnce = (ids: readonly string[]): boolean => ids.length > 0 && new Set(ids).size === 1;

it('how long a letter has waited is counted from when it was due, until it is sent', async () => {
  const world = await openWorld();
  await world.book();
  await world.project();
  const waited = async (): Promise<string | undefined> => {
    const metrics = createMetrics();
    metrics.watchReading({ ...world.ports, tables: [], processes: [invitationLetters] });
    return /^tichet_process_waiting_seconds\{process="process-invitation-letters"\} (\d+)$/mu.exec(await metrics.text())?.[1];
  };
  const before = Number(await waited());
  world.clock.advance({ minutes: 5 });
  expect(Number(await waited()) - before).toBe(300);
  await performDue(killedAfter(world.ports, 0), invitationLetters, world.clock.now(), { concurrency: 1 });
  expect(Number(await waited()) - before).toBe(300);
  await performDue(world.ports, invitationLetters, world.clock.now(), { concurrency: 1 });
  expect(await waited()).toBe('0');
});

describe('the runner', () => {
  it('sends again, under the same letter id, what was sent when the server was killed before it could say so', async () => {
    const ids = await lettersOfAKill(invitationLetters as Process<never>);
    expect(ids).toHaveLength(2);
    expect(isAtLeastOnce(ids)).toBe(true);
  });

  it('is caught when it notes the outcome before the effect: the letter is lost', async () => {
    const outcomeFirst: typeof invitationLetters = {
      ...invitationLetters,
      perform: async (ports, todo, at) => {
        const letters: Letter[] = [];
        const later = { ...ports.mailer, send: (letter: Letter) => (letters.push(letter), Promise.resolve({ kind: 'accepted' } as const)) };
        await invitationLetters.perform({ ...ports, mailer: later }, todo, at);
        for (const letter of letters) await ports.mailer.send(letter);
      },
    };
    expect(isAtLeastOnce(await lettersOfAKill(outcomeFirst as Process<never>))).toBe(false);
  });

  it('is caught when each attempt makes another letter', async () => {
    let drawn = 0;
    const freshId: typeof invitationLetters = {
      ...invitationLetters,
      perform: async (ports, todo, at) => {
        const send = (letter: Letter) => ports.mailer.send({ ...letter, letterId: `fresh-${String((drawn += 1))}` });
        await invitationLetters.perform({ ...ports, mailer: { ...ports.mailer, send } }, todo, at);
      },
    };
    expect(isAtLeastOnce(await lettersOfAKill(freshId as Process<never>))).toBe(false);
  });

  it('tries a letter again with growing waits, then asks a person, and sends it when it is told to retry', async () => {
    const world = await openWorld();
    const ticketId = await world.book();
    world.mail.behave = (letter) => {
      if (isInvitation(letter)) throw new Error('connection refused');
      return { kind: 'accepted' };
    };
    const callsAt: number[] = [];
    let seconds = 0;
    while (!(await world.openTasks(ticketId)).includes('send-letter') && seconds < 3600 * 26) {
      const before = world.mail.calls;
      await world.drain();
      if (world.mail.calls > before) callsAt.push(seconds);
      const next = seconds < 60 ? 1 : seconds < 3600 * 2 ? 60 : 600;
      seconds += next;
      world.clock.advance({ seconds: next });
    }
    // the first drain sends twice: at `Scheduled`, then once more because the link has come
    expect(callsAt.length).toBeGreaterThanOrEqual(8);
    const waits = callsAt.slice(1).map((at, index) => at - (callsAt[index] ?? 0));
    expect(waits.every((wait, index) => index === 0 || wait >= (waits[index - 1] ?? 0) || wait >= 600)).toBe(true);
    expect([...(await world.openTasks(ticketId))].sort()).toEqual(['send-letter']);

    world.mail.behave = () => ({ kind: 'accepted' });
    await world.drainAfter({ hours: 5 });
    expect(world.mail.letters).toHaveLength(0);
    const [letter] = (await world.ports.operations.outbox.list()).filter(({ kind }) => kind === 'invitation').slice(-1);
    expect(await retryLetter(world.ports, letter?.letterId ?? '')).toEqual({ again: 1, underWay: 0 });
    await world.drain();
    expect(world.mail.letters.filter(isInvitation)).toHaveLength(1);
    expect(await world.openTasks(ticketId)).toEqual([]);
  });

  it('lets one failing effect stop nothing else', async () => {
    const world = await openWorld();
    world.mail.behave = away;
    const ticketId = await world.book();
    await world.drain();
    expect(await world.types(ticketId)).toContain('MeetingLinkAttached');
    await world.conclude(ticketId);
    await world.drain();
    expect(await world.types(ticketId)).toContain('ResolutionFiled');
  });

  it('counts an attempt that kills the server, so that it cannot kill it for ever', async () => {
    const world = await openWorld();
    const ticketId = await world.book();
    await world.project();
    const poison: Ports = {
      ...world.ports,
      mailer: { ...world.ports.mailer, send: () => Promise.reject(new Error('killed')) },
      operations: {
        ...world.ports.operations,
        attempts: { ...world.ports.operations.attempts, failed: () => Promise.reject(new Error('killed')) },
      },
    };
    for (let start = 0; start <= invitationLetters.attempts; start += 1) {
      await performDue(poison, invitationLetters, world.clock.now(), { concurrency: 1 });
    }
    expect(await world.openTasks(ticketId)).toContain('send-letter');
  });

  it('gives the same facts when two runners work at once', async () => {
    const world = await openWorld();
    const ticketId = await world.book();
    await world.project();
    const at = world.clock.now();
    for (let round = 0; round < 4; round += 1) {
      await Promise.all([1, 2].flatMap(() => allProcesses.map((process) => performDue(world.ports, process, at, { concurrency: 4 }))));
      await world.project();
    }
    const types = await world.types(ticketId);
    expect(types.filter((type) => type === 'MeetingLinkAttached')).toHaveLength(1);
    const letters = (await world.facts(ticketId)).flatMap((fact) => (fact.type === 'InvitationSent' ? [fact.data.letterId] : []));
    expect(new Set(letters).size).toBe(letters.length);
  });

  it('stops when it is told to, though an effect hangs, and begins nothing new', async () => {
    const world = await openWorld();
    await world.ask('online', { email: 'ion@example.org', phone: '0740123456' });
    await world.project();
    const stop = new AbortController();
    let begun = 0;
    const hanging: Ports = {
      ...world.ports,
      mailer: {
        ...world.ports.mailer,
        send: () => {
          begun += 1;
          setImmediate(() => {
            stop.abort();
          });
          return new Promise(() => undefined);
        },
      },
    };
    await runProcesses(hanging, allProcesses, { signal: stop.signal, intervalMilliseconds: 5, graceMilliseconds: 20 });
    expect(begun).toBe(1);
  });

  it('works while it runs: what becomes due is performed without anybody asking', async () => {
    const world = await openWorld();
    await world.ask('online', { email: 'ion@example.org', phone: '0740123456' });
    await world.project();
    const stop = new AbortController();
    world.mail.behave = () => {
      setImmediate(() => {
        stop.abort();
      });
      return { kind: 'accepted' };
    };
    await runProcesses(world.ports, allProcesses, { signal: stop.signal, intervalMilliseconds: 5 });
    expect(world.mail.letters).toHaveLength(1);
  });

  it('raises no task whose duty was fulfilled while it was about to be raised: nothing would ever end it', async () => {
    const { world, ticketId } = await bookedWorld();
    await world.hold(ticketId);
    const append = world.store.append.bind(world.store);
    let fulfilled = false;
    world.store.append = async (stream, expected, events) => {
      if (!fulfilled && events.some(({ type }) => type.includes('TaskRaised'))) {
        fulfilled = true;
        await world.issue(ticketId);
      }
      return append(stream, expected, events);
    };
    await world.drain();
    expect(fulfilled).toBe(true);
    expect(await world.openTasks(ticketId)).not.toContain('write-resolution');
  });
});
