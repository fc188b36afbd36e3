import { confirmableHere, judgementHere, rowHere } from '../../../src/application/audit/observers';
import type { Ports } from '../../../src/application/kernel/ports/ports';
import { confirmableBy, judge, verdictsOf } from '../../../src/domain/audit/judge';
import { createTestPorts, listingRegister } from '../../../src/infrastructure/testing/test-ports';
import { onlineHistory } from '../../support/histories';
import { emptyVideo } from '../../support/automatic-meetings';
import { settled } from '../../support/judging';

const judgement = judge(onlineHistory(), settled);
type Systems = Pick<Ports, 'video' | 'requests' | 'documents'>;
const byHand: Systems = createTestPorts();
const unasked = (): Promise<never> => Promise.reject(new Error('Nobody asks it here.'));
/** As of a gateway that tells of requests, and does not show their documents. */
const withRequests: Systems = {
  ...byHand,
  requests: { kind: 'asked', freshMinutes: 30, pollMinutes: 15, verify: unasked, read: unasked },
};
const withDocuments: Systems = { ...withRequests, documents: listingRegister(() => '2026-03-05') };

describe('who could have confirmed a declared verdict', () => {
  it('is told of the systems that the installation has, and of no other', () => {
    expect(verdictsOf(judgement).observable).toMatchObject({ C13: ['webex'], C14: ['register-documents'] });
    const here = judgementHere(byHand, judgement);
    expect(here.checks.filter(({ observable }) => observable !== undefined)).toEqual([]);
    expect(verdictsOf(here)).toEqual({ ...verdictsOf(judgement), observable: {} });
  });

  it('Art. 7: is the register of a document only where it shows the documents of a request', () => {
    const declared = { C03: ['register'], C14: ['register-documents'] } as const;
    expect(rowHere(withRequests, { observable: declared }).observable).toEqual({ C03: ['register'] });
    expect(rowHere(withDocuments, { observable: declared }).observable).toEqual(declared);
    for (const systems of [byHand, withRequests]) expect(verdictsOf(judgementHere(systems, judgement)).observable['C14']).toBeUndefined();
    expect(verdictsOf(judgementHere(withDocuments, judgement)).observable['C14']).toEqual(['register-documents']);
    expect(confirmableHere(withRequests)).not.toContain('register-documents');
    expect(confirmableHere(withDocuments)).toContain('register-documents');
  });

  it('is found in the table by the words that name such a system, and by no other', () => {
    const withWebex: Systems = { ...byHand, video: emptyVideo };
    expect(confirmableHere(byHand).every((word) => word.split(' ').includes('mail'))).toBe(true);
    expect(confirmableHere(byHand)).toHaveLength(8);
    expect(confirmableHere(withWebex)).toContain('webex');
    for (const observable of [
      { C13: ['webex'] },
      { C03: ['register'] },
      { C14: ['register-documents'] },
      { C13: ['webex'], C14: ['register-documents'], C18: ['mail'] },
    ] as const)
      for (const systems of [byHand, withWebex, withRequests, withDocuments])
        expect(confirmableHere(systems).includes(confirmableBy(observable) ?? '')).toBe(
          Object.keys(rowHere(systems, { observable }).observable).length > 0,
        );
    expect(confirmableBy({})).toBeNull();
  });

  it('is the same of a row of the list as of the ticket itself', () => {
    expect(rowHere(byHand, verdictsOf(judgement))).toEqual(verdictsOf(judgementHere(byHand, judgement)));
  });
});
