import * as fc from 'fast-check';
import { parseRegistrationNumber } from '../../../src/domain/request/registering';
import { anyDate } from '../../support/arbitrary-time';
import { holdsFor } from '../../support/holds-for';

/** One of these characters. */
const oneOf = (characters: string) => fc.constantFrom(...Array.from(characters));

describe('A29: registration numbers', () => {
  it.each([
    ['154997', { number: '154997' }],
    ['154.997', { number: '154997' }],
    ['154997/425', { number: '154997', departmentCode: '425' }],
    ['154997/425/04.03.2021', { number: '154997', departmentCode: '425', filedOn: '2021-03-04' }],
    ['369.991/305/3.08.2020', { number: '369991', departmentCode: '305', filedOn: '2020-08-03' }],
    ['  154997 / 425 / 4.3.2021 ', { number: '154997', departmentCode: '425', filedOn: '2021-03-04' }],
    ['1.154.997', { number: '1154997' }],
    ['000154', { number: '154' }],
    ['154 997', { number: '154997' }],
    ['1 154 997/425', { number: '1154997', departmentCode: '425' }],
    ['154\u00a0997', { number: '154997' }],
    ['nr. 154997', { number: '154997' }],
    ['Nr.154997', { number: '154997' }],
    ['NR 154 997', { number: '154997' }],
    ['numărul 154997', { number: '154997' }],
    ['numa\u0306rul: 154997', { number: '154997' }],
    ['Cererea nr. 154997/425', { number: '154997', departmentCode: '425' }],
    ['nr. cererii: 154997', { number: '154997' }],
    ['154997/04.03.2021', { number: '154997', filedOn: '2021-03-04' }],
    ['nr. 154997 din 4.03.2021', { number: '154997', filedOn: '2021-03-04' }],
    ['154.997/425 din 04.03.2021', { number: '154997', departmentCode: '425', filedOn: '2021-03-04' }],
    ['7/1/29.02.2024', { number: '7', departmentCode: '1', filedOn: '2024-02-29' }],
  ])('reads %j', (text, expected) => {
    expect(parseRegistrationNumber(text)).toEqual(expected);
  });
  it.each([
    '',
    '0',
    '000',
    'abc',
    '15.4997',
    '154.99',
    '1544.997',
    '154,997',
    '154997/',
    '/425',
    '154997//04.03.2021',
    '154997/425/31.02.2021',
    '154997/425/29.02.2023',
    '154997/425/04.13.2021',
    '154997/425/04.03.21',
    '154997/425/2021-03-04',
    '154997/425/04.03.2021/1',
    '154997/31.02.2021',
    '154997 04.03.2021',
    '154997din04.03.2021',
    '154997 din',
    '154 99',
    '1544 997',
    '154  997',
    '154 997.123',
    '154.997 123',
    'nr.',
    'nr. nr',
    'nrr. 154997',
    'dosar 154997',
    '154997 nr.',
    '١٥٤٩٩٧',
    '１５４９９７',
    '1e5',
    '-154997',
    '1234567890123',
  ])('refuses %j', (text) => {
    expect(parseRegistrationNumber(text)).toBeUndefined();
  });

  it('reads back every form of every number, and a number read is a number written plainly', () => {
    const anyNumber = fc.integer({ min: 1, max: 999_999_999_999 });
    const anyCode = fc.integer({ min: 1, max: 999_999 }).map(String);
    holdsFor(200, [anyNumber, anyCode, anyDate, fc.constantFrom('', '.', ' ')], (value, departmentCode, filedOn, between) => {
      const number = String(value);
      const written = number.replace(/\B(?=(\d{3})+$)/g, between);
      const [year = '', month = '', day = ''] = filedOn.split('-');
      expect(parseRegistrationNumber(written)).toEqual({ number });
      expect(parseRegistrationNumber(`${written}/${departmentCode}`)).toEqual({ number, departmentCode });
      expect(parseRegistrationNumber(`nr. ${written}/${day}.${month}.${year}`)).toEqual({ number, filedOn });
      expect(parseRegistrationNumber(`${written}/${departmentCode}/${day}.${month}.${year}`)).toEqual({
        number,
        departmentCode,
        filedOn,
      });
    });
  });
  it('answers anything at all, and only digits come out', () => {
    holdsFor(500, [fc.string({ unit: oneOf('0123456789./ a') })], (text) => {
      const parsed = parseRegistrationNumber(text);
      if (parsed !== undefined) expect(parsed.number).toMatch(/^[1-9]\d*$/);
    });
  });
});
