import { dirname, resolve } from 'node:path';
import { outgoingEvents } from '../outside/webhooks/outgoing-events';
import type { WebhookSettings } from '../outside/webhooks/webhook-settings';
import { inBoth } from '../phrasing/sentences';
import { type Entry, isPrivate, isText, listOf, nameIn, type Say, unknownField, urlIn } from './entries-of-file';
import type { Place } from './setting';

const said = inBoth.config.webhooks;
const fields: readonly string[] = ['name', 'url', 'secret', 'secretFile', 'events', 'private', 'from'];
const secretForm = /^whsec_(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
/** Bytes of a secret, as Standard Webhooks wants them. */
const [least, most] = [24, 64];

const isSecret = (text: string): boolean => {
  const length = Buffer.from(text.slice('whsec_'.length), 'base64').length;
  return secretForm.test(text) && length >= least && length <= most;
};

const secretsIn = ({ secret, secretFile }: Entry, say: Say, { readFile }: Place, file: string): readonly string[] | null => {
  if ((secret === undefined) === (secretFile === undefined)) return say(said.oneSecret);
  let text = secret;
  if (isText(secretFile)) {
    try {
      text = readFile(resolve(dirname(resolve(file)), secretFile), 'utf8');
    } catch {
      return say(said.secretFile);
    }
  }
  const secrets = isText(text) ? text.trim().split(/\s+/) : [];
  return secrets.length > 0 && secrets.every(isSecret) ? secrets : say(said.secret({ least, most }));
};

const categories = [...new Set([...outgoingEvents.keys()].map((name) => name.replace(/\..*$/, '.*')))];
const isEventName = (name: unknown): name is string =>
  typeof name === 'string' && (name === '*' || categories.includes(name) || outgoingEvents.has(name));

const eventsIn = ({ events }: Entry, say: Say): readonly string[] | null => {
  const names: readonly unknown[] = Array.isArray(events) ? events : [];
  const unknown = names.find((name) => !isEventName(name));
  if (unknown !== undefined) return say(said.unknownEvent({ event: JSON.stringify(unknown), categories: categories.join(', ') }));
  const known = names.filter(isEventName);
  return known.length > 0 ? known : say(said.noEvents);
};

const flagsIn = (entry: Entry, say: Say): Pick<WebhookSettings, 'private' | 'fromBeginning'> | null => {
  const { from = 'now' } = entry;
  const unknown = unknownField(entry, fields);
  if (unknown !== undefined) return say(unknown);
  const ours = isPrivate(entry, say);
  if (ours === null) return null;
  return from === 'now' || from === 'beginning' ? { private: ours, fromBeginning: from === 'beginning' } : say(said.from);
};

/** Who is told of events. */
export const webhooks = listOf(
  said,
  '[{"name": …, "url": …, "secretFile": …, "events": […]}]',
  (entry, say, place, file): WebhookSettings | null => {
    const [name, url, events] = [nameIn(entry, say), urlIn(entry, say), eventsIn(entry, say)];
    const [secrets, flags] = [secretsIn(entry, say, place, file), flagsIn(entry, say)];
    return name && url && events && secrets && flags ? { name, url, events, secrets, ...flags } : null;
  },
);
