import { validateSync } from 'class-validator';
import { isEmailAddress } from '../../../../src/domain/kernel/email-address';
import { createSmtpMailer } from '../../../../src/infrastructure/outside/mail/smtp-mailer';
import { AnEmail } from '../../../../src/infrastructure/validation/fields';
import { compose, from } from './letter-requests';

class Body {
  @AnEmail()
  readonly email!: string;
}
const isTakenAtTheDoor = (email: string): boolean => validateSync(Object.assign(new Body(), { email })).length === 0;

/** Nothing listens there: what the mailer takes fails later, and is not refused. */
const isTakenByTheMailer = async (to: string): Promise<boolean> => {
  const mailer = createSmtpMailer({ url: 'smtp://127.0.0.1:1', from });
  try {
    return (await mailer.send({ ...compose('code'), to })).kind !== 'refused';
  } catch {
    return true;
  } finally {
    mailer.close();
  }
};

const good = [
  'andrei@exemplu.ro',
  'Andrei.Lacatus+tichet@mail.exemplu.ro',
  'ștefan@poștă.example',
  'a@b.co',
  `${'a'.repeat(64)}@exemplu.ro`,
  '{x}|y@exemplu.ro',
];
const bad = [
  '',
  'andrei',
  'andrei@',
  '@exemplu.ro',
  'andrei@exemplu',
  'andrei@localhost',
  'a@b@exemplu.ro',
  'a b@exemplu.ro',
  ' andrei@exemplu.ro',
  'andrei@exemplu.ro ',
  'andrei@exemplu..ro',
  'andrei@.ro',
  'andrei@exemplu.ro.',
  'a,b@exemplu.ro',
  'a@exemplu.ro,b@exemplu.ro',
  'a@exemplu.ro;b@exemplu.ro',
  'Andrei <a@exemplu.ro>',
  '"a"@exemplu.ro',
  "o'brien@exemplu.ro",
  'a\\b@exemplu.ro',
  'a@[10.0.0.5]',
  'a(b)@exemplu.ro',
  'a:b@exemplu.ro',
  'a@exemplu.ro\r\nBcc: b@exemplu.ro',
  'a\u0000@exemplu.ro',
  'a\u200Bb@exemplu.ro',
  'a\u202Eb@exemplu.ro',
  'a\u00ADb@exemplu.ro',
  'a@exem\u200Dplu.ro',
  'a\u3164@exemplu.ro',
  'a\uFE0F@exemplu.ro',
  'a\u2028@exemplu.ro',
  `${'a'.repeat(65)}@exemplu.ro`,
  `a@${'b'.repeat(260)}.ro`,
];

describe('an e-mail address', () => {
  it.each([...good.map((email) => [email, true] as const), ...bad.map((email) => [email, false] as const)])(
    '%j is taken at the door and by the mailer alike: %s',
    async (email, taken) => {
      expect([isEmailAddress(email), isTakenAtTheDoor(email), await isTakenByTheMailer(email)]).toEqual([taken, taken, taken]);
    },
  );
});
