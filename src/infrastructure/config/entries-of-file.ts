import { inBoth, type Sentence } from '../phrasing/sentences';
import { isJsonObject, type JsonObject, parsedJson } from '@tichet-albastru/kernel/json.codec';
import { literalAddressOf, mayBeReached } from '../runtime/private-addresses';
import { jsonFile } from './forms';
import type { Form, Place } from './setting';

const said = inBoth.config.entries;
const nameForm = /^[a-z0-9][a-z0-9-]{0,39}$/;

/** Tells a fault; `null` is what could not be read for it. */
export type Say = (sentence: Sentence) => null;
export type Entry = JsonObject;

export const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

export const unknownField = (entry: Entry, fields: readonly string[]): Sentence | undefined => {
  const field = Object.keys(entry).find((name) => !fields.includes(name));
  return field === undefined ? undefined : said.field({ field });
};

export const isPrivate = ({ private: ours = false }: Entry, say: Say): boolean | null =>
  typeof ours === 'boolean' ? ours : say(said.private);

/** The address is never repeated in a sentence: it may hold a secret of the receiver. */
export const urlIn = ({ url, private: ours }: Entry, say: Say): string | null => {
  if (!isText(url) || !URL.canParse(url)) return say(said.url);
  const { protocol, username, password, hash } = new URL(url);
  if (protocol !== 'https:' && !(ours === true && protocol === 'http:')) return say(said.urlInClear);
  if (username !== '' || password !== '' || hash !== '') return say(said.urlWithMore);
  const literal = literalAddressOf(url);
  return ours !== true && literal !== undefined && !mayBeReached(literal, []) ? say(said.urlInside) : url;
};

export const nameIn = ({ name }: Entry, say: Say): string | null => (isText(name) && nameForm.test(name) ? name : say(said.name));

type Listing = {
  readonly notList: (values: { readonly form: string }) => Sentence;
  readonly at: (values: { readonly place: number; readonly fault: Sentence }) => Sentence;
};

/** A file with a JSON list of systems outside, each with a name of its own. `form` shows how an entry is written. */
export const listOf = <T extends { readonly name: string }>(
  { notList, at }: Listing,
  form: string,
  read: (entry: Entry, say: Say, place: Place, path: string) => T | null,
): Form<readonly T[]> => {
  const entryOf = (entry: unknown, number: number, place: Place, path: string): T | null => {
    const say: Say = (fault) => {
      place.wrong(at({ place: number, fault }));
      return null;
    };
    return isJsonObject(entry) ? read(entry, say, place, path) : say(said.notObject);
  };
  return (path, place) => {
    const content = jsonFile(path, place);
    const list = content === null ? [] : parsedJson(content);
    if (!Array.isArray(list)) return place.wrong(notList({ form }));
    const entries = list.flatMap((entry: unknown, index) => entryOf(entry, index + 1, place, path) ?? []);
    const twice = entries.find(({ name }, index) => entries.findIndex((other) => other.name === name) < index);
    if (twice !== undefined) place.wrong(said.twice({ name: twice.name }));
    return entries;
  };
};
