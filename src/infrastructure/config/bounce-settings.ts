import { mailboxAddressOf, type MailboxAddress } from '../outside/mail/bounces/mailbox-address';
import { defined } from '../../domain/kernel/defined';
import { fault, type SettingFault } from './setting-fault';
import { mailAddress, type Environment } from './single-settings';
import { textInFile, type ReadFile } from './text-file';

/** Where letters that cannot be delivered come back to, and who tells of them. Nothing of it must be set. */
export type BounceSettings = {
  /** the address to which they come back; the sender's when left out */
  readonly bouncesTo?: string;
  /** the mailbox that is read for them */
  readonly bounceMailbox?: MailboxAddress;
  /** with which a provider signs what it tells; more than one while they are changed */
  readonly bounceSecrets?: readonly string[];
};

const leastSecretBytes = 24;
/** Padded: whoever checks signatures decodes strictly, and a secret that it cannot decode would refuse every report without a word. */
const secretForm = /^(?:whsec_)?(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

const isSecret = (text: string): boolean =>
  secretForm.test(text) && Buffer.from(text.replace(/^whsec_/, ''), 'base64').length >= leastSecretBytes;

const bouncesToOf = (environment: Environment, faults: SettingFault[]): string | undefined => {
  const address = mailAddress(environment, 'TICHET_BOUNCE_ADDRESS', '', faults);
  if (address === '' || !address.includes('<')) return address === '' ? undefined : address;
  faults.push(fault('TICHET_BOUNCE_ADDRESS', 'Trebuie să fie numai adresa, fără nume.', 'It must be the address alone, without a name.'));
  return undefined;
};

const mailboxOf = (environment: Environment, faults: SettingFault[]): MailboxAddress | undefined => {
  const text = environment['TICHET_BOUNCE_IMAP_URL'];
  if (text === undefined || text === '') return undefined;
  try {
    return mailboxAddressOf(text);
  } catch {
    // The value is not repeated: it holds a password.
    faults.push(
      fault(
        'TICHET_BOUNCE_IMAP_URL',
        'Nu este o adresă imaps://utilizator:parola@gazda/INBOX; semnele speciale din parolă se scriu %XX.',
        'This is not an address imaps://user:password@host/INBOX; special characters of the password are written %XX.',
      ),
    );
    return undefined;
  }
};

const secretsOf = (environment: Environment, readFile: ReadFile, faults: SettingFault[]): readonly string[] | undefined => {
  const setting = 'TICHET_BOUNCE_WEBHOOK_SECRET_FILE';
  const text = textInFile(environment, setting, readFile, faults);
  if (text === undefined) return undefined;
  const secrets = text.split(/\s+/);
  if (secrets.every(isSecret)) return secrets;
  faults.push(
    fault(
      setting,
      'Fișierul trebuie să conțină câte un secret pe linie: whsec_ și cel puțin 24 de octeți în base64.',
      'The file must hold one secret a line: whsec_ and at least 24 bytes in base64.',
    ),
  );
  return undefined;
};

export const bounceSettings = (environment: Environment, readFile: ReadFile, faults: SettingFault[]): BounceSettings => {
  const bouncesTo = bouncesToOf(environment, faults);
  const bounceMailbox = mailboxOf(environment, faults);
  const bounceSecrets = secretsOf(environment, readFile, faults);
  return defined({ bouncesTo, bounceMailbox, bounceSecrets });
};
