import type { AskedRegister } from '../../application/kernel/ports/document-register';
import type { AutomaticMeetings } from '../../application/kernel/ports/video-meetings';
import type { Provided } from './provided';

type AnyFunction = (...given: never[]) => unknown;
type Names = readonly string[];
/** The functions without which a port is none. */
type FunctionOf<Port> = Extract<{ [Name in keyof Port]-?: Port[Name] extends AnyFunction ? Name : never }[keyof Port], string>;
/** Their names; the compiler refuses a list that lacks one. */
const all =
  <Port>() =>
  <const Given extends readonly FunctionOf<Port>[]>(
    ...names: Given & (Exclude<FunctionOf<Port>, Given[number]> extends never ? unknown : 'a function of the port is missing')
  ): Names =>
    names;
type Port<Name extends keyof Provided> = NonNullable<Provided[Name]>;

type Operations = Provided['operations'];
const registers: { readonly [Name in keyof Operations]: Names } = {
  idempotency: all<Operations['idempotency']>()('remember', 'answered', 'settle', 'refused', 'prune'),
  verification: all<Operations['verification']>()('open', 'takeTry', 'spend'),
  codes: all<Operations['codes']>()('keep', 'get', 'remove', 'prune'),
  places: all<Operations['places']>()('claim', 'release'),
  throttle: all<Operations['throttle']>()('hits', 'take', 'giveBack', 'prune'),
  attempts: all<Operations['attempts']>()('begin', 'failed', 'done', 'get', 'list', 'unfinished', 'reset', 'hasten'),
  outbox: all<Operations['outbox']>()('note', 'get', 'list', 'ofTicket', 'forget'),
  keyValues: all<Operations['keyValues']>()('get', 'put', 'remove'),
  sessions: all<Operations['sessions']>()('put', 'replace', 'get', 'of', 'touch', 'remove', 'end', 'prune'),
  drafts: all<Operations['drafts']>()('put', 'of', 'finish', 'forget', 'prune'),
  openings: all<Operations['openings']>()('ask', 'takeTry', 'spend', 'unsent', 'settle', 'prune'),
  refusals: all<Operations['refusals']>()('note', 'of', 'prune'),
  people: all<Operations['people']>()('add', 'get', 'list', 'remove'),
  tokens: all<Operations['tokens']>()('note', 'revoke', 'isRevoked', 'list', 'prune'),
};

const itself = 'itself';
/** `itself`: the port is a function; nothing: it has none that is needed. */
type Needed = typeof itself | Names;
const neededBy: { readonly [Name in keyof Provided]-?: Needed } = {
  ...{ settings: [], policies: [], cityHall: [], tokenKey: [], retention: [], development: [], bounceSecrets: [], calendarDoor: [] },
  ...{ purposeKeys: itself, lease: itself, leases: itself, webexHints: itself, sealing: [] },
  operations: Object.entries(registers).flatMap(([register, names]) => names.map((name) => `${register}.${name}`)),
  store: all<Port<'store'>>()('append', 'read', 'readAll', 'subscribe', 'end'),
  codec: all<Port<'codec'>>()('encode', 'decode', 'decodeOf'),
  keys: all<Port<'keys'>>()('obtain', 'find', 'destroy', 'destroyed', 'erasedUntil', 'noteErasedUntil'),
  personalData: all<Port<'personalData'>>()(
    ...(['open', 'openUnseen', 'destroy', 'destroyTicket', 'tag', 'formerTags', 'randomCode', 'areSame'] as const),
    ...(['manageToken', 'isManageToken'] as const),
  ),
  readModels: all<Port<'readModels'>>()('get', 'select', 'count', 'position', 'reached', 'parked', 'changes'),
  rows: all<Port<'rows'>>()(
    ...(['prepare', 'builds', 'startBuild', 'dropBuild', 'load', 'page', 'parkedEvents', 'commit'] as const),
    ...(['switchTo', 'findParked'] as const),
  ),
  reporting: all<Port<'reporting'>>()(
    ...(['prepare', 'look', 'load', 'page', 'commit', 'waiting', 'remaining', 'tell', 'freshness', 'parked'] as const),
    ...(['askAgain', 'fillAnew'] as const),
  ),
  storage: all<Port<'storage'>>()('watch', 'heard', 'failing', 'look'),
  clock: all<Port<'clock'>>()('now'),
  identifiers: all<Port<'identifiers'>>()('next', 'derive', 'between'),
  logger: all<Port<'logger'>>()('info', 'warn', 'error'),
  metrics: all<Port<'metrics'>>()(
    ...(['text', 'request', 'watchStore', 'watchMailer', 'watchBounces', 'watchHttp', 'spans', 'watchReading'] as const),
  ),
  traces: all<Port<'traces'>>()('remember', 'contextOf'),
  correspondence: all<Port<'correspondence'>>()('compose', 'calendarEntry'),
  mailer: all<Port<'mailer'>>()('send', 'forget'),
  mailbox: all<Port<'mailbox'>>()('list', 'read'),
  bounceMailbox: all<Port<'bounceMailbox'>>()('read'),
  textMessages: all<Port<'textMessages'>>()('send', 'isReport'),
  video: [],
  documents: all<Port<'documents'>>()('file'),
  requests: [],
  identity: all<Port<'identity'>>()('document', 'accessClaims', 'claims', 'keysKnown', 'greet', 'close'),
  webhooks: all<Port<'webhooks'>>()('deliver'),
  signedLog: all<Port<'signedLog'>>()('checkpoint', 'witnessed', 'timeStamped', 'standing'),
};
/** Ports that are of several kinds, and what one of this kind needs beside `kind`. */
const neededByKind: { readonly video: Kinds<'video'>; readonly requests: Kinds<'requests'> } = {
  video: { manual: [], automatic: all<AutomaticMeetings>()('create', 'move', 'cancel', 'recordings', 'recordingStands') },
  requests: { 'told-to-us': [], asked: all<AskedRegister>()('verify', 'read') },
};
type Kinds<Name extends 'video' | 'requests'> = Readonly<Record<Provided[Name]['kind'], Names>>;
/** Left out by an installation that has nothing of the kind; a host may say so by `undefined`. */
const optional: ReadonlySet<string> = new Set<keyof Provided>([
  ...(['reporting', 'storage', 'sealing', 'identity', 'lease', 'leases', 'webexHints', 'bounceMailbox', 'textMessages'] as const),
  ...(['bounceSecrets', 'calendarDoor', 'retention', 'development', 'mailbox', 'webhooks', 'signedLog'] as const),
]);

const at = (port: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>((found, name) => (typeof found === 'object' && found !== null ? Reflect.get(found, name) : undefined), port);
const isFunction = (port: unknown): boolean => typeof port === 'function';

export const portNames: Names = Object.keys(neededBy);
const isPort = (name: string): name is keyof Provided => name in neededBy;

/** The functions that this port lacks, or `kind` where it is of none; of a port that is not there its name. */
export const lackingIn = (name: string, port: unknown): Names => {
  const needed: Needed = isPort(name) ? neededBy[name] : [];
  if (port === undefined || port === null) return optional.has(name) && port === undefined ? [] : [name];
  if (needed === itself) return isFunction(port) ? [] : [name];
  if (name === 'video' || name === 'requests') {
    const ofKind: Names | undefined = Object.entries(neededByKind[name]).find(([kind]) => kind === at(port, 'kind'))?.[1];
    return ofKind === undefined ? ['kind'] : ofKind.filter((path) => !isFunction(at(port, path)));
  }
  return needed.filter((path) => !isFunction(at(port, path)));
};
