import { dirname, resolve } from 'node:path';
import { outgoingEvents } from '../outside/webhooks/outgoing-events';
import type { WebhookSettings } from '../outside/webhooks/webhook-settings';
import { type Entry, isEntry, isText, jsonOf, nameIn, type Say, urlIn } from './entries-of-file';
import { fault, type SettingFault } from './setting-fault';
import type { Environment } from './single-settings';

const setting = 'TICHET_WEBHOOKS_FILE';
const fields: readonly string[] = ['name', 'url', 'secret', 'secretFile', 'events', 'private', 'from'];
const secretForm = /^whsec_(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
/** Bytes of a secret, as Standard Webhooks wants them. */
const [leastBytes, mostBytes] = [24, 64];

type ReadFile = (path: string) => string;

const isSecret = (text: string): boolean => {
  const length = Buffer.from(text.slice('whsec_'.length), 'base64').length;
  return secretForm.test(text) && length >= leastBytes && length <= mostBytes;
};

const secretsIn = ({ secret, secretFile }: Entry, folder: string, readFile: ReadFile, say: Say): readonly string[] | null => {
  if ((secret === undefined) === (secretFile === undefined))
    return say('Trebuie fie „secret”, fie „secretFile”.', 'Either "secret" or "secretFile" is needed.');
  let text = secret;
  if (isText(secretFile)) {
    try {
      text = readFile(resolve(folder, secretFile));
    } catch {
      return say('Fișierul din „secretFile” nu poate fi citit.', 'The file of "secretFile" cannot be read.');
    }
  }
  const secrets = isText(text) ? text.trim().split(/\s+/) : [];
  if (secrets.length > 0 && secrets.every(isSecret)) return secrets;
  return say(
    `Secretul trebuie să fie whsec_ urmat de ${leastBytes} până la ${mostBytes} de octeți în base64 (într-un fișier, câte unul pe linie).`,
    `The secret must be whsec_ followed by ${leastBytes} to ${mostBytes} bytes in base64 (in a file, one a line).`,
  );
};

const categories = [...new Set([...outgoingEvents.keys()].map((name) => name.replace(/\..*$/, '.*')))];
const isEventName = (name: unknown): name is string =>
  typeof name === 'string' && (name === '*' || categories.includes(name) || outgoingEvents.has(name));

const eventsIn = ({ events }: Entry, say: Say): readonly string[] | null => {
  const names: readonly unknown[] = Array.isArray(events) ? events : [];
  const unknown = names.find((name) => !isEventName(name));
  if (unknown !== undefined)
    return say(
      `„events” conține ${JSON.stringify(unknown)}; pot fi numele din asyncapi.yaml (ticket.Scheduled), ${categories.join(', ')} sau *.`,
      `"events" has ${JSON.stringify(unknown)}; it can be the names of asyncapi.yaml (ticket.Scheduled), ${categories.join(', ')} or *.`,
    );
  const known = names.filter(isEventName);
  return known.length > 0
    ? known
    : say('„events” trebuie să fie o listă cu cel puțin un nume.', '"events" must be a list of at least one name.');
};

const flagsIn = (entry: Entry, say: Say): Pick<WebhookSettings, 'private' | 'fromBeginning'> | null => {
  const { private: ours = false, from = 'now' } = entry;
  const unknown = Object.keys(entry).find((field) => !fields.includes(field));
  if (unknown !== undefined) return say(`Câmp necunoscut: „${unknown}”.`, `Unknown field: "${unknown}".`);
  if (typeof ours !== 'boolean') return say('„private” trebuie să fie true sau false.', '"private" must be true or false.');
  if (from !== 'now' && from !== 'beginning') return say('„from” poate fi now sau beginning.', '"from" can be now or beginning.');
  return { private: ours, fromBeginning: from === 'beginning' };
};

const targetOf = (entry: unknown, number: number, folder: string, readFile: ReadFile, faults: SettingFault[]): WebhookSettings | null => {
  const say: Say = (ro, en) => {
    faults.push(fault(setting, `Ținta ${number}: ${ro}`, `Target ${number}: ${en}`));
    return null;
  };
  if (!isEntry(entry)) return say('Trebuie să fie un obiect JSON.', 'It must be a JSON object.');
  const [name, url, events] = [nameIn(entry, say), urlIn(entry, say), eventsIn(entry, say)];
  const [secrets, flags] = [secretsIn(entry, folder, readFile, say), flagsIn(entry, say)];
  return name && url && events && secrets && flags ? { name, url, events, secrets, ...flags } : null;
};

const targetsIn = (text: string, folder: string, readFile: ReadFile, faults: SettingFault[]): readonly WebhookSettings[] => {
  const content = jsonOf(text);
  if (!Array.isArray(content)) {
    faults.push(
      fault(
        setting,
        'Fișierul trebuie să fie o listă JSON de ținte: [{"name": …, "url": …, "secretFile": …, "events": […]}].',
        'The file must be a JSON list of targets: [{"name": …, "url": …, "secretFile": …, "events": […]}].',
      ),
    );
    return [];
  }
  const entries: readonly unknown[] = content;
  const targets = entries.flatMap((entry, index) => targetOf(entry, index + 1, folder, readFile, faults) ?? []);
  const twice = targets.find(({ name }, index) => targets.findIndex((other) => other.name === name) < index);
  if (twice !== undefined)
    faults.push(fault(setting, `Numele „${twice.name}” apare de două ori.`, `The name "${twice.name}" stands there twice.`));
  return targets;
};

/** Who is told of events. Without the setting nobody is, and the field is left out. */
export const webhookSettings = (
  environment: Environment,
  readFile: ReadFile,
  faults: SettingFault[],
): { readonly webhooks?: readonly WebhookSettings[] } => {
  const file = environment[setting];
  if (file === undefined || file === '') return {};
  const path = resolve(file);
  let text: string;
  try {
    text = readFile(path);
  } catch {
    faults.push(fault(setting, 'Fișierul nu poate fi citit.', 'The file cannot be read.'));
    return {};
  }
  return { webhooks: targetsIn(text, dirname(path), readFile, faults) };
};
