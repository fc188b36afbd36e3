import { confirmableHere, judgementHere, rowHere } from '../../../src/application/audit/observers';
import type { Ports } from '../../../src/application/kernel/ports/ports';
import { confirmableBy, judge, verdictsOf } from '../../../src/domain/audit/judge';
import { createTestPorts } from '../../../src/infrastructure/testing/test-ports';
import { onlineHistory } from '../../support/histories';
import { emptyVideo } from '../../support/automatic-meetings';
import { settled } from '../../support/judging';

const judgement = judge(onlineHistory(), settled);
const byHand: Pick<Ports, 'video' | 'requests'> = createTestPorts();

describe('who could have confirmed a declared verdict', () => {
  it('is told of the systems that the installation has, and of no other', () => {
    expect(verdictsOf(judgement).observable).toMatchObject({ C13: ['webex'], C14: ['register'] });
    const here = judgementHere(byHand, judgement);
    expect(here.checks.filter(({ observable }) => observable !== undefined)).toEqual([]);
    expect(verdictsOf(here)).toEqual({ ...verdictsOf(judgement), observable: {} });
  });

  it('is found in the table by the words that name such a system, and by no other', () => {
    const withWebex: Pick<Ports, 'video' | 'requests'> = { ...byHand, video: emptyVideo };
    expect(confirmableHere(byHand)).toEqual(['mail', 'mail webex', 'mail register', 'mail register webex']);
    expect(confirmableHere(withWebex)).toContain('webex');
    for (const observable of [{ C13: ['webex'] }, { C14: ['register'] }, { C13: ['webex'], C18: ['mail'] }] as const)
      for (const systems of [byHand, withWebex])
        expect(confirmableHere(systems).includes(confirmableBy(observable) ?? '')).toBe(
          Object.keys(rowHere(systems, { observable }).observable).length > 0,
        );
    expect(confirmableBy({})).toBeNull();
  });

  it('is the same of a row of the list as of the ticket itself', () => {
    expect(rowHere(byHand, verdictsOf(judgement))).toEqual(verdictsOf(judgementHere(byHand, judgement)));
  });
});
