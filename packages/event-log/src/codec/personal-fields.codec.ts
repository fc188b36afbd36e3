import { randomBytes } from 'node:crypto';
import { isClear, type ClearText, type PersonalText } from '@tichet-albastru/kernel/personal-text';
import type { KeyStore } from '../keys/key-store';
import { sealText } from '../keys/encrypting';

/** Where a fact stands, as far as its seals are bound to it. */
export type EncryptionPlace = { readonly type: string; readonly version: number; readonly stream: string; readonly id: string };

type Fields = Record<string, unknown>;
type Json = Readonly<Fields> | readonly unknown[];

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const isPersonal = (value: Json): value is PersonalText & Json => 'clear' in value || 'sealed' in value;

const boundTo = ({ type, version, stream, id }: EncryptionPlace, path: string): string => [type, version, stream, id, path].join('\u001f');
const below = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);

/** The value with every personal text replaced; the very same value when there is none. */
const replace = (value: unknown, path: string, by: (text: PersonalText, path: string) => unknown): unknown => {
  if (!isJson(value)) return value;
  if (isPersonal(value)) return by(value, path);
  let changed: Fields | undefined;
  for (const [name, before] of Object.entries(value)) {
    const after = replace(before, below(path, name), by);
    if (after === before) continue;
    changed ??= Array.isArray(value) ? ([...(value as readonly unknown[])] as unknown as Fields) : { ...(value as Fields) };
    changed[name] = after;
  }
  return changed ?? value;
};

const holdsPersonal = (value: unknown): boolean => isJson(value) && (isPersonal(value) || Object.values(value).some(holdsPersonal));

const keyNameOf = (text: ClearText, stream: string): string => `${text.keyKind}:${text.keyStream ?? stream}`;

/**
 * Seals every clear text of a fact's data, each bound to the fact's type, version, stream, id and the field's path.
 * Text of an erased person is sealed with a key that is thrown away at once: the fact stands, and no reader can open the text.
 * @throws TypeError for text that is sealed already: it is bound to another event
 */
export const encryptPersonalFields = async (data: object, place: EncryptionPlace, keys: KeyStore): Promise<object> => {
  // most facts hold nothing personal, and a look costs less than a replacement
  if (!holdsPersonal(data)) return data;
  const names = new Set<string>();
  replace(data, '', (text, path) => {
    if (!isClear(text)) throw new TypeError(`${place.type}.${path} is sealed for another event: open it before it goes into this one.`);
    names.add(keyNameOf(text, place.stream));
    return text;
  });
  const ordered = [...names];
  const obtained = await keys.obtain(ordered);
  const keyOf = new Map(ordered.map((name, index) => [name, obtained[index] ?? randomBytes(32)]));
  return replace(data, '', (text, path) => {
    if (!isClear(text)) return text;
    const name = keyNameOf(text, place.stream);
    const key = keyOf.get(name) ?? randomBytes(32);
    const own = text.keyStream === undefined || text.keyStream === place.stream;
    const sealed = sealText(key, text.clear, boundTo(place, path)).toString('base64');
    return { sealed, key: own ? text.keyKind : name };
  }) as object;
};

/**
 * Gives every sealed text its full key name and what it is bound to. It changes the data itself: the caller parsed it a moment ago,
 * no other code holds it, and a rebuild does this a million times.
 */
export const bindEncryptedFields = (data: object, place: EncryptionPlace): object => {
  bindWithin(data as Fields, '', place);
  return data;
};

const bindWithin = (fields: Fields, path: string, place: EncryptionPlace): void => {
  for (const name in fields) {
    const value = fields[name];
    if (!isJson(value)) continue;
    const { sealed, key } = value as Readonly<Fields>;
    const at = below(path, name);
    if ('clear' in value) throw new TypeError(`${place.type}.${at} stands in clear in the log.`);
    if (typeof sealed === 'string' && typeof key === 'string') {
      fields[name] = { sealed, key: key.includes(':') ? key : `${key}:${place.stream}`, bound: boundTo(place, at) };
    } else bindWithin(value as Fields, at, place);
  }
};
