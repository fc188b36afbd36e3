import { isRefusal } from '../../../src/domain/kernel/refusal';
import {
  acceptLog,
  closedName,
  closeStream,
  forgetPerson,
  namesOfClosing,
  ofDamage,
  ofTheLog,
  ops,
  type OpsFact,
  type OpsState,
  settleLoss,
  skipEvent,
  skipEvents,
} from '../../../src/domain/ops/ops';
import { opsStream } from '@tichet-albastru/kernel/skip';
import type { Decision } from '../../../src/domain/kernel/decider';
import { nothing, oneFact, refused } from '../../support/decided';

const at = '2026-03-02T08:00:00.000Z';
const unseen = ' \u200b';

/** The state after a decision was recorded. */
const after = (decision: Decision<OpsFact>, state: OpsState = ops.initial): OpsState => {
  if (isRefusal(decision)) throw new Error(decision.code);
  return decision.facts.reduce<OpsState>(ops.evolve, state);
};
const reasonOf = (decision: Decision<OpsFact>) =>
  isRefusal(decision) ? decision : decision.facts.map(({ data }) => 'reason' in data && data.reason);

it('what was decided stands in a stream of its own for each table, for the log and for what is damaged of it', () => {
  expect([opsStream('tickets'), opsStream(ofTheLog), opsStream(ofDamage)]).toEqual([
    ...['ops-tickets', 'ops-log.accepted', 'ops-log.damaged'],
  ]);
});

describe('a table that goes on without an event', () => {
  const command = { projection: 'tickets', key: 'ticket-1', eventId: 'e-1', reason: ' the row is parked ', at };

  it('does so for a reason, of which nothing but the words is kept', () => {
    expect(skipEvent(command, ops.initial)).toEqual(
      oneFact('EventSkipped', {
        projection: 'tickets',
        key: 'ticket-1',
        eventId: 'e-1',
        reason: { clear: 'the row is parked', keyKind: 'office' },
        skippedAt: at,
      }),
    );
    expect(skipEvent({ ...command, reason: unseen }, ops.initial)).toMatchObject(refused('invalid', { field: 'reason' }));
  });

  it('does so once for an event and a key, and asks no reason of who asks for it again', () => {
    const both = after(skipEvent({ ...command, eventId: 'e-2' }, ops.initial), after(skipEvent(command, ops.initial)));
    expect(both.skipped).toEqual(['ticket-1 e-1', 'ticket-1 e-2']);
    expect(skipEvent({ ...command, reason: '' }, both)).toEqual(nothing);
    expect(skipEvent({ ...command, key: 'ticket-2', reason: '' }, both)).toMatchObject(refused('invalid'));
  });

  it('does so without several for one reason, a fact for each event and key; all of them or none', () => {
    const several = ['ticket-1', 'ticket-2', 'ticket-2', 'ticket-3'].map((key) => ({ ...command, key }));
    const first = after(skipEvent(command, ops.initial));
    const decision = skipEvents(several, first);
    expect(after(decision, first).skipped).toEqual(['ticket-1 e-1', 'ticket-2 e-1', 'ticket-3 e-1']);
    expect(reasonOf(decision)).toEqual(Array.from({ length: 2 }, () => ({ clear: 'the row is parked', keyKind: 'office' })));
    expect(skipEvents(several, after(decision, first))).toEqual(nothing);
    expect(skipEvents([command, { ...command, key: 'ticket-2', reason: unseen }], ops.initial)).toMatchObject(refused('invalid'));
  });
});

describe('GDPR 17: a person who is erased of the directory', () => {
  it('is so once, and the others stay', () => {
    const first = forgetPerson({ person: 'p-1', at }, ops.initial);
    expect(first).toEqual(oneFact('PersonForgotten', { person: 'p-1', forgottenAt: at }));
    const state = after(forgetPerson({ person: 'p-2', at }, after(first)), after(first));
    expect(state.forgotten).toEqual(['p-1', 'p-2']);
    expect(forgetPerson({ person: 'p-1', at }, state)).toEqual(nothing);
  });
});

describe('a stream that is not whole', () => {
  const damage = { stream: 'ticket-1', revision: 3, how: 'deleted' } as const;
  const close = (deed: Partial<Parameters<typeof closeStream>[0]> = {}, state: OpsState = ops.initial) =>
    closeStream({ ...damage, reason: ' looked after by post ', at, ...deed }, state);

  it('is left behind for a reason, and once', () => {
    expect(close()).toMatchObject(oneFact('StreamClosed', { ...damage, closedAt: at }));
    expect(reasonOf(close())).toEqual([{ clear: 'looked after by post', keyKind: 'office' }]);
    expect(close({ reason: unseen })).toMatchObject(refused('invalid', { field: 'reason' }));
    expect(close({}, after(close()))).toEqual(nothing);
  });

  it('is to be decided anew where something else is done to it, or the same once more', () => {
    const closed = after(close({ since: '0/100' }), after(close({ stream: 'ticket-2' })));
    expect(closed.closed).toEqual(['ticket-2 deleted 3', 'ticket-1 deleted 3 0/100']);
    expect(close({ since: '0/100' }, closed)).toEqual(nothing);
    for (const other of [{ since: '0/200' }, { how: 'cut', since: '0/100' }, { revision: 4, since: '0/100' }, {}])
      expect(close(other, closed)).toMatchObject(oneFact('StreamClosed'));
  });

  it('stays closed, however often the same is done, where it was closed before it was kept where the log says so', () => {
    const dated = { ...damage, since: '0/300' };
    expect(namesOfClosing(dated)).toEqual([closedName(dated), closedName(damage)]);
    expect(close({ since: '0/300' }, after(close()))).toEqual(nothing);
  });
});

describe('what is gone of a log', () => {
  const told = { acceptance: 'a', at, alarm: 'acknowledged-missing', verifier: 'city+1+A', events: 7, reason: ' the disk ' };
  const ofLength = (characters: number) => ({ stream: 'x'.repeat(characters - JSON.stringify({ stream: '' }).length) });

  it('is told in as few parts as fit: another begins with the character that is too much', () => {
    const parts = (...lengths: readonly number[]) => acceptLog({ ...told, gone: lengths.map(ofLength) }).length;
    expect([parts(125_000, 125_000), parts(125_000, 125_001), parts(125_000, 125_000, 1000, 1000)]).toEqual([1, 2, 2]);
  });

  it('is accepted for a reason', () => {
    expect(acceptLog({ ...told, gone: [] }).map(reasonOf)).toEqual([[{ clear: 'the disk', keyKind: 'office' }]]);
    expect(acceptLog({ ...told, reason: unseen, gone: [] })).toMatchObject([refused('invalid', { field: 'reason' })]);
  });

  it('is lost once for each stream, and settled with what came of it', () => {
    const gone = [{ stream: 'ticket-1' }, { stream: 'ticket-1' }, { stream: 'ticket-2' }];
    const lost = acceptLog({ ...told, gone }).reduce<OpsState>((state, part) => after(part, state), ops.initial);
    const twice = acceptLog({ ...told, gone: [{ stream: 'ticket-3' }] }).reduce<OpsState>((state, part) => after(part, state), lost);
    expect([lost.lost, twice.lost]).toEqual([
      ['ticket-1', 'ticket-2'],
      ['ticket-1', 'ticket-2', 'ticket-3'],
    ]);
    expect(settleLoss({ stream: 'ticket-1', note: unseen, at }, lost)).toMatchObject(refused('invalid', { field: 'note' }));
    expect(settleLoss({ stream: 'ticket-1', note: ' called ', at }, lost)).toEqual(
      oneFact('LossSettled', { stream: 'ticket-1', note: { clear: 'called', keyKind: 'office' }, settledAt: at }),
    );
  });
});
