import type { Provided } from './provided';

/** Under `portToken.mailer` the module provides the mailer, and so on: everything that uses a port is given what stands there. */
export const portToken = {
  settings: Symbol('tichet-albastru: settings'),
  store: Symbol('tichet-albastru: event store'),
  codec: Symbol('tichet-albastru: event codec'),
  keys: Symbol('tichet-albastru: key store'),
  purposeKeys: Symbol('tichet-albastru: keys by purpose'),
  personalData: Symbol('tichet-albastru: personal data'),
  readModels: Symbol('tichet-albastru: read models'),
  rows: Symbol('tichet-albastru: projection store'),
  reporting: Symbol('tichet-albastru: reporting tables'),
  operations: Symbol('tichet-albastru: operations'),
  tokenKey: Symbol('tichet-albastru: key of local tokens'),
  lease: Symbol('tichet-albastru: lease'),
  leases: Symbol('tichet-albastru: leases that are held'),
  storage: Symbol('tichet-albastru: storage health'),
  clock: Symbol('tichet-albastru: clock'),
  identifiers: Symbol('tichet-albastru: identifiers'),
  logger: Symbol('tichet-albastru: logger'),
  metrics: Symbol('tichet-albastru: metrics'),
  traces: Symbol('tichet-albastru: traces of events'),
  policies: Symbol('tichet-albastru: policies'),
  cityHall: Symbol('tichet-albastru: city hall'),
  retention: Symbol('tichet-albastru: retention'),
  development: Symbol('tichet-albastru: development'),
  correspondence: Symbol('tichet-albastru: correspondence'),
  mailer: Symbol('tichet-albastru: mailer'),
  mailbox: Symbol('tichet-albastru: letters that are shown'),
  bounceMailbox: Symbol('tichet-albastru: bounce mailbox'),
  bounceSecrets: Symbol('tichet-albastru: bounce secrets'),
  textMessages: Symbol('tichet-albastru: text messages'),
  video: Symbol('tichet-albastru: video meetings'),
  webexHints: Symbol('tichet-albastru: hints of Webex'),
  documents: Symbol('tichet-albastru: document system'),
  requests: Symbol('tichet-albastru: request register'),
  calendarDoor: Symbol('tichet-albastru: calendars of civil servants'),
  identity: Symbol('tichet-albastru: identity provider'),
  webhooks: Symbol('tichet-albastru: webhooks'),
  sealing: Symbol('tichet-albastru: signed log'),
  signedLog: Symbol('tichet-albastru: signed log, for whoever asks'),
} satisfies Record<keyof Provided, symbol>;

/** Under this token stand the tables that are read, ours and the host's; whoever lists, follows, fills or examines tables takes them from there. */
export const projectionsToken = Symbol('tichet-albastru: projections');
/** Under this token stand the processes: their to-dos are tables as well. */
export const processesToken = Symbol('tichet-albastru: processes');
/** Under this token the module provides the ports of the use cases, together. */
export const portsToken = Symbol('tichet-albastru: ports');
/** Under this token the module provides everything, together: what the host brought stands in its place. */
export const openedToken = Symbol('tichet-albastru: everything');
/** Under this token stands what the host declares, before it is looked at. */
export const declaredToken = Symbol('tichet-albastru: declared options');
export const optionsToken = Symbol('tichet-albastru: options');
/** Under this token stands what was chosen before the module was made. */
export const mountingToken = Symbol('tichet-albastru: mounting');
