import { mobileNumber } from '../../src/domain/kernel/mobile-number';

describe('Art. 8: a number that a text message reaches', () => {
  it.each([
    ['0740 123 456', '+40740123456'],
    ['+40 740-123.456', '+40740123456'],
    ['0040740123456', '+40740123456'],
    ['(0740) 123 456', '+40740123456'],
    ['+44 7700 900123', '+447700900123'],
  ])('%s is dialled as %s', (typed, dialled) => {
    expect(mobileNumber(typed)).toBe(dialled);
  });

  it.each([
    '0264 596 030',
    '+40264596030',
    '0740 123 45',
    '07401234567',
    '+407401234567',
    '+40 +40740123456',
    '112',
    '740123456',
    '',
    '+0123456789',
    'interior 12',
    'tel. +44 7700 900123',
    '+44 7700 900123 int. 5',
  ])('%s is none', (typed) => {
    expect(mobileNumber(typed)).toBeUndefined();
  });
});
