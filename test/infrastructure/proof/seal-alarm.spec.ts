import { setTimeout as sleep } from 'node:timers/promises';
import type { EventStore } from '@tichet-albastru/event-log/ports/event-store';
import { createMemoryEventStore } from '@tichet-albastru/event-log/stores/memory/memory-event-store';
import { createMemoryOperations } from '../../../src/infrastructure/tables/operations/memory-operations';
import {
  LogReadOnly,
  readOnlyWhileAlarmed,
  alarmKey,
  clearedKey,
  createLogAlarm,
  whileCalm,
} from '../../../src/infrastructure/proof/alarm/log-alarm';
import type { SignedLogFault } from '@tichet-albastru/signed-log';
import { fixedClock } from '@tichet-albastru/event-log/testing/fixed-clock';
import { silentLogger } from '../../../src/infrastructure/testing/test-ports';
import { appendSmall } from '../../support/small-events';

const fault: SignedLogFault = { reason: 'other-event', number: 7, eventId: 'e7', stream: 'ticket-1', revision: 2 };

/** Two processes of one installation. */
const two = () => {
  const { keyValues } = createMemoryOperations();
  const lines: unknown[] = [];
  const logger = { ...silentLogger, error: (...line: unknown[]) => lines.push(line), warn: (...line: unknown[]) => lines.push(line) };
  const open = () => createLogAlarm({ keyValues, clock: fixedClock(), logger });
  return { keyValues, lines, open, one: open(), other: open() };
};

describe('the alarm', () => {
  it('stands at once where it is raised, elsewhere with the next look, after a restart as well, and says what is wrong', async () => {
    const { one, other, open, lines } = two();
    await one.raise(fault);
    expect(one.standing()).toMatchObject({ fault });
    expect(one.calm().aborted).toBe(true);
    expect(other.standing()).toBeUndefined();
    await other.look();
    expect(other.standing()).toEqual(one.standing());
    const restarted = open();
    await restarted.look();
    expect(restarted.standing()).toEqual(one.standing());
    expect(lines).toEqual(
      Array(3).fill(['log.not-as-sealed', { reason: 'other-event', position: '7', eventId: 'e7', stream: 'ticket-1' }]),
    );
  });

  it('keeps the first fault, whoever finds another', async () => {
    const { one, other, open } = two();
    await one.raise(fault);
    await other.raise({ reason: 'log-shorter', number: 3 });
    const restarted = open();
    await restarted.look();
    expect(restarted.standing()?.fault).toEqual(fault);
  });

  it('is cleared for all by one, with who and why kept; the reason is in no line of the journal', async () => {
    const { one, other, keyValues, lines } = two();
    await one.raise(fault);
    await other.look();
    await other.clear('command-line', 'Ion a pus copia la loc');
    expect(other.standing()).toBeUndefined();
    expect(one.standing()).toBeDefined();
    await one.look();
    expect([one.standing(), one.calm().aborted]).toEqual([undefined, false]);
    expect(JSON.parse((await keyValues.get(clearedKey)) ?? '')).toMatchObject([
      { fault, by: 'command-line', reason: 'Ion a pus copia la loc', at: expect.any(String), clearedAt: expect.any(String) },
    ]);
    expect(JSON.stringify(lines)).not.toContain('Ion a pus');
  });

  it('stands while it cannot be kept, is kept once it can, and is not taken for cleared meanwhile', async () => {
    const { keyValues, open } = two();
    let full = true;
    const alarm = createLogAlarm({
      keyValues: {
        ...keyValues,
        put: (...put) => (full ? Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' })) : keyValues.put(...put)),
      },
      clock: fixedClock(),
      logger: silentLogger,
    });
    await alarm.raise(fault);
    expect(alarm.standing()).toBeDefined();
    await expect(alarm.look()).rejects.toThrow('full');
    expect(alarm.standing()).toBeDefined();
    full = false;
    await alarm.look();
    const restarted = open();
    await restarted.look();
    expect(restarted.standing()?.fault).toEqual(fault);
  });

  it('stands when what is kept of it cannot be read', async () => {
    const { keyValues, one } = two();
    await keyValues.put(alarmKey, '{"fault":');
    await one.look();
    expect(one.standing()).toBeDefined();
  });
});

describe('a store behind the alarm', () => {
  const appends = async (store: EventStore): Promise<string> => {
    try {
      await appendSmall(store, 1, `stream-${Math.random()}`);
      return 'written';
    } catch (error) {
      return error instanceof LogReadOnly ? 'read-only' : 'failed';
    }
  };

  it('refuses every append while it stands, also of whoever had the store before, and reads on', async () => {
    const { one } = two();
    const before = createMemoryEventStore();
    const store = readOnlyWhileAlarmed(before, one);
    expect(await appends(store)).toBe('written');
    await one.raise(fault);
    expect([await appends(store), await appends(before)]).toEqual(['read-only', 'read-only']);
    const events = [];
    for await (const event of store.readAll()) events.push(event);
    expect(events).toHaveLength(1);
    await one.clear('command-line', 'looked');
    expect([await appends(store), await appends(before)]).toEqual(['written', 'written']);
  });

  it('a copy with a guarded append leaves a way around: the test would see it', async () => {
    const { one } = two();
    const before = createMemoryEventStore();
    readOnlyWhileAlarmed({ ...before }, one);
    await one.raise(fault);
    expect(await appends(before)).toBe('written');
  });
});

describe('work that waits for calm', () => {
  it('stops when the alarm is raised, begins again when it is cleared, and ends with its signal', async () => {
    const { one } = two();
    const over = new AbortController();
    let begun = 0;
    let running = 0;
    const done = whileCalm(one, over.signal, async (signal) => {
      begun += 1;
      running += 1;
      await new Promise((resolve) => {
        signal.addEventListener('abort', resolve, { once: true });
      });
      running -= 1;
    });
    while (running === 0) await sleep(1);
    await one.raise(fault);
    while (running > 0) await sleep(1);
    await one.clear('command-line', 'looked');
    while (running === 0) await sleep(1);
    over.abort();
    await done;
    expect([begun, running]).toEqual([2, 0]);
  });

  it('does not begin while the alarm stands', async () => {
    const { one } = two();
    await one.raise(fault);
    const over = new AbortController();
    let begun = 0;
    const done = whileCalm(one, over.signal, () => Promise.resolve(void (begun += 1)));
    await sleep(20);
    over.abort();
    await done;
    expect(begun).toBe(0);
  });
});
