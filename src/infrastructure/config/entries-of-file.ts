import { literalAddressOf, mayBeReached } from '../runtime/private-addresses';

const nameForm = /^[a-z0-9][a-z0-9-]{0,39}$/;

/** Tells a fault; `null` is what could not be read for it. */
export type Say = (ro: string, en: string) => null;
export type Entry = Readonly<Record<string, unknown>>;

export const isEntry = (value: unknown): value is Entry => typeof value === 'object' && value !== null && !Array.isArray(value);
export const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** The address is never repeated in a sentence: it may hold a secret of the receiver. */
export const urlIn = ({ url, private: ours }: Entry, say: Say): string | null => {
  if (!isText(url) || !URL.canParse(url)) return say('„url” nu este o adresă https://….', '"url" is not an address https://….');
  const { protocol, username, password, hash } = new URL(url);
  if (protocol !== 'https:' && !(ours === true && protocol === 'http:'))
    return say(
      '„url” trebuie să înceapă cu https://; http:// numai cu „"private": true”.',
      '"url" must begin with https://; http:// only with "private": true.',
    );
  if (username !== '' || password !== '' || hash !== '')
    return say('„url” nu poate avea utilizator, parolă sau fragment (#).', '"url" must not have a user, a password or a fragment (#).');
  const literal = literalAddressOf(url);
  if (ours !== true && literal !== undefined && !mayBeReached(literal, []))
    return say(
      '„url” duce la o adresă care nu este publică; pentru o țintă din rețeaua proprie: „"private": true”.',
      '"url" leads to an address that is not public; for a target in your own network: "private": true.',
    );
  return url;
};

export const nameIn = ({ name }: Entry, say: Say): string | null =>
  isText(name) && nameForm.test(name)
    ? name
    : say(
        '„name” trebuie să aibă între 1 și 40 de litere mici fără diacritice, cifre sau liniuțe.',
        '"name" must be 1 to 40 lower-case letters, digits or dashes.',
      );

/** `undefined` for what is no JSON. */
export const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
