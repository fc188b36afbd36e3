import { historySteps, replayedStep } from '../../../../src/domain/audit/history';
import { personal } from '../../../../src/domain/kernel/personal-text';
import { factRows, sealsOf, stateRows } from '../../../../src/infrastructure/phrasing/audit/state-rows';
import { createPersonalData } from '../../../../src/infrastructure/log/keys/personal-data';
import { derivedFrom } from '../../../../src/infrastructure/log/keys/purpose-keys';
import { createMemoryKeyStore } from '@tichet-albastru/event-log/keys/memory-key-store';
import { everyHistory, onlineHistory } from '../../../support/histories';
import type { History } from '../../../support/history';
import { adding } from '../../../support/retelling';

const at = '2026-03-02T09:00:00.000Z';
const withTask = adding(
  onlineHistory(),
  [at, { type: 'TaskRaised', data: { taskId: 't-1', kind: 'create-meeting', staffId: 'S-017', raisedAt: at } }],
  ['2026-03-20T09:00:00.000Z', { type: 'TaskDone', data: { taskId: 't-1', doneAt: '2026-03-20T09:00:00.000Z' } }],
  [
    '2026-03-21T09:00:00.000Z',
    { type: 'PersonalDataErased', data: { erasedAt: '2026-03-21T09:00:00.000Z', reason: personal('office', 'la cerere') } },
  ],
);
const personalData = createPersonalData({ keys: createMemoryKeyStore(), purposeKeys: derivedFrom(Buffer.alloc(32, 7)) });
/** What the state does not say; the fact beside it does. */
const saidByTheFact = ['policies', 'calendarVersion', 'matched'];

const stepsOf = async ({ ticket }: History) =>
  Promise.all(
    historySteps(ticket).map(async (step) => {
      const replayed = replayedStep(ticket, step.eventId);
      if (replayed === undefined) throw new Error('no such step');
      const seals = await sealsOf(personalData, replayed.before, replayed.after, replayed.event.fact);
      return {
        step,
        replayed,
        state: stateRows({ ...replayed, changed: step.changed }, seals, 'ro'),
        said: factRows(replayed.event.fact, seals, 'ro'),
        english: {
          state: stateRows({ ...replayed, changed: step.changed }, seals, 'en'),
          said: factRows(replayed.event.fact, seals, 'en'),
        },
      };
    }),
  );

describe.each(Object.entries<History>({ ...everyHistory, 'with a task': withTask }))('a ticket that was %s, step by step', (_, history) => {
  it('shows a row for whatever the history says to have changed', async () => {
    for (const { step, state } of await stepsOf(history)) {
      const hidden = step.changed
        .filter((name) => !saidByTheFact.includes(name))
        .filter((name) => {
          const alone = [name];
          return (
            !state.some(({ name: row }) => row === name) &&
            !marks(
              alone,
              state.map((row) => row.name),
            )
          );
        });
      expect([step.type, hidden]).toEqual([step.type, []]);
    }
  });

  it('marks a row when its words change, and says what stood there before', async () => {
    let before = new Map<string, string>();
    for (const { step, state } of await stepsOf(history)) {
      for (const { name, lines, changed, before: was } of state) {
        const text = lines.join('\n');
        const old = before.get(name);
        if (old !== undefined && old !== text) {
          expect([step.type, name, changed]).toEqual([step.type, name, true]);
          expect(was?.join('\n')).toBe(old);
        }
      }
      before = new Map(state.map(({ name, lines }) => [name, lines.join('\n')]));
    }
  });

  it('never says a personal word, in either language', async () => {
    const told = JSON.stringify((await stepsOf(history)).map(({ state, said, english }) => [state, said, english]));
    expect(told).not.toMatch(/Popescu|@|0740|webex\.example|colega preia|la cerere"/);
    expect(told).toContain('[sigilat]');
    expect(told).toContain('[sealed]');
    expect(told).not.toContain('"sealed":');
    expect(told).not.toContain('undefined');
  });
});

/** Which rows show a name that is not a row's own. */
const rowOf: Readonly<Record<string, string>> = {
  staffId: 'staff',
  department: 'staff',
  departmentCode: 'staff',
  holdId: 'hold',
  reschedulesByCitizen: 'reschedules',
  place: 'slot',
};
const marks = (names: readonly string[], rows: readonly string[]): boolean => names.some((name) => rows.includes(rowOf[name] ?? name));
