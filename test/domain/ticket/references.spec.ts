import { parseReference, referenceOf } from '../../../src/domain/ticket/ticket';

describe('the reference of a ticket', () => {
  it('is the last forty bits of its id in the digits of Crockford, which have no I, L, O and U', () => {
    expect(referenceOf('01890a5d-ac96-774b-bcce-000000000000')).toBe('TA-00000000');
    expect(referenceOf('01890a5d-ac96-774b-bcce-00000000001f')).toBe('TA-0000000Z');
    expect(referenceOf('01890a5d-ac96-774b-bcce-000000000020')).toBe('TA-00000010');
    expect(referenceOf('01890a5d-ac96-774b-bcce-000123456789')).toBe('TA-04HMASW9');
    expect(referenceOf('ffffffff-ffff-ffff-ffff-ffffffffffff')).toBe('TA-ZZZZZZZZ');
  });
  it('says nothing of the bits before them, which are the time', () => {
    expect(referenceOf('01890a5d-ac96-774b-bcce-aa0123456789')).toBe(referenceOf('ffffffff-ffff-7fff-bfff-bb0123456789'));
  });
  it.each([['TA-04HMASW9'], ['ta-04hmasw9'], [' TA 04HM ASW9 '], ['04HMASW9'], ['TA04HMASW9'], ['O4HMASW9'], ['TA-o4hm-asw9']])(
    'is understood as somebody writes it: %j',
    (written) => {
      expect(parseReference(written)).toBe('TA-04HMASW9');
    },
  );
  it('is understood where a letter was taken for a digit, and where it begins as all of them do', () => {
    expect(parseReference('TA-IL0O1234')).toBe('TA-11001234');
    expect(parseReference('TA-TA123456')).toBe('TA-TA123456');
    expect(parseReference('TA123456')).toBe('TA-TA123456');
  });
  it.each([
    [''],
    ['TA-'],
    ['04HMASW'],
    ['04HMASW90'],
    ['TA-04HMASW90'],
    ['XX04HMASW9'],
    ['04HMASWTA9'],
    ['04HMASWU'],
    ['TA-TA-TA-04HMASW9'],
  ])('is none: %j', (written) => {
    expect(parseReference(written)).toBeUndefined();
  });
});
